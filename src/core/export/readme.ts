import { rowsRead } from '../forecast/apply';
import { gates } from '../nn/model';
import type { RunRecord } from '../run';
import { fileName, severalTargets } from './description';

/** What lies beside an exported model, in words: what it is, what it reads, how to run it. */
export function readmeFor(record: RunRecord, code: boolean): string {
  const { model, settings, dataset, metrics, name, preparation, split } = record;
  const columns = preparation.columns.map((column) => `\`${plain(column.name)}\``).join(', ');
  const naive = record.baselines.find((baseline) => baseline.name === 'naive')?.metrics.test.mae;
  return `# ${plain(settings.target)} by ${plain(name)}

A recurrent network (${model.cell.toUpperCase()}, ${model.L} × ${model.H} units) trained with Unroll.

- Task: ${settings.task}. Reads ${settings.lookback} rows of ${columns}, forecasts ${settings.horizon} ahead.${settings.also.length > 0 ? `\n- ${plain(severalTargets(settings))}` : ''}
- Needs the last ${rowsRead(record)} rows of a file; twenty-one or more for bands as wide as in the lab.
- Trained on ${split.train.rows} rows${split.train.start ? ` (${split.train.start} to ${split.train.end})` : ''}, one per ${dataset.frequency.every > 1 ? `${dataset.frequency.every} × ` : ''}${dataset.frequency.step}.
- Mean absolute error on the test part ${figure(metrics.test.mae)}; of repeating the last value ${figure(naive ?? null)}.
- Data: \`${plain(fileName(dataset.file))}\`, sha256 \`${dataset.sha256}\`. Run: \`${record.id}\`.

## Files
All bear the name of this one.

- \`.safetensors\`: the weights, 32-bit, by PyTorch's names and in its order of gates${model.cell === 'rnn' ? '' : ` (${gates[model.cell]} blocks of rows: ${model.cell === 'lstm' ? 'i, f, g, o' : 'r, z, n'})`}.
- \`.json\`: everything else: \`model\`, \`preparation\` (x = (u − offset) / factor, u a value, its logarithm or a difference
  over \`lag\` rows), \`bands\`, \`settings\`, \`dataset\`, \`metrics\`.
${
  code
    ? `- \`.py\`, \`.mjs\`: programs of a few lines that forecast from a CSV.

## Run
    python3 NAME.py FILE.csv      # needs NumPy
    node NAME.mjs FILE.csv        # needs nothing more
`
    : `
## Run
    unroll predict NAME.safetensors FILE.csv

This kind of model has no short program beside it; \`unroll export … --format html\` gives one that runs in any browser.
`
}${
  code
    ? `
In PyTorch (the same file holds the head, which is a layer of its own):

    import torch
    from safetensors.torch import load_file
    weights = load_file("NAME.safetensors")
    layers = torch.nn.${model.cell.toUpperCase()}(${model.D}, ${model.H}, num_layers=${model.L}${model.cell === 'rnn' && model.activation === 'relu' ? ', nonlinearity="relu"' : ''})
    layers.load_state_dict({k: v for k, v in weights.items() if not k.startswith("head.")})
    head = torch.nn.Linear(${model.H}, ${model.O})
    head.load_state_dict({k[5:]: v for k, v in weights.items() if k.startswith("head.")})
`
    : ''
}`;
}

/** Names come from files: one line, nothing that Markdown would take for its own. */
const plain = (text: string): string => text.replaceAll(/[\s`<>|[\]]+/g, ' ').slice(0, 200);
const figure = (value: number | null): string => (value === null ? '–' : String(Number(value.toPrecision(5))));
