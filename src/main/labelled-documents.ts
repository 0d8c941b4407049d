import type { LabErrorView } from '../core/errors';
import type { AppliedLabels } from '../core/text/labelled/contract';
import type { LabelledRecord } from '../core/text/labelled/record';
import { judgeLabels } from '../core/text/labelled/verdict';

/** JSON of models that tag or classify texts (docs/text.md). */

/** One run as `tag --json` and `classify --json` show it. */
export function labelledModel(record: LabelledRecord) {
  const { id, name, cell, seed, parameters, epochs, bestEpoch, seconds, tokensPerSecond, stopped, trouble } = record;
  const { kernels, loss, metrics, evidence, examples } = record;
  return {
    ...{ run: id, name, cell, seed, parameters, epochs, bestEpoch, seconds, tokensPerSecond, stopped, trouble },
    ...{ kernels, loss, metrics, evidence, examples },
  };
}

/** What goes in and comes out of the network of a run. */
export const labelledAbout = ({ model, lexicon, labels, read }: LabelledRecord) => ({ model, lexicon, labels, read });

export function labelledDocument(records: LabelledRecord[], failures: { run: string; error: LabErrorView }[]) {
  const [first] = records as [LabelledRecord];
  const { kind, dataset, settings, split, balance, read, lexicon, labels, baselines } = first;
  const { path: _, ...file } = dataset;
  const { best, beatsNaive, sentence, code, facts } = judgeLabels(records);
  return {
    ...{ version: 1, task: kind, dataset: file, settings, labels, split, balance },
    vocabulary: { size: first.model.tokens!.V, words: lexicon.words.length, shapes: lexicon.shapes.length, ...read },
    models: records.map(labelledModel),
    baselines,
    verdict: { best, beatsBaselines: beatsNaive, sentence, code, facts },
    failures: failures.map(({ run, error: { code, message, remedy } }) => ({ run, error: { code, message, remedy } })),
  };
}

/** `predict RUN FILE --json` of such a model. */
export function appliedDocument({ file, sha256, record, texts, metrics }: AppliedLabels) {
  const { id, name, cell, kind, labels } = record;
  return {
    version: 1,
    model: { run: id, name, cell, task: kind, labels },
    dataset: { file, sha256, texts: texts.length, labelled: metrics !== null },
    metrics,
    texts: texts.map(({ tokens, told, probabilities, all, labels: own }) => ({
      ...(kind === 'tagging' ? { tokens, tags: told, probabilities } : classOf(tokens, told, all, labels)),
      ...(own && { labels: own }),
    })),
  };
}

function classOf(tokens: string[], [label = '']: string[], [all = []]: number[][], labels: string[]) {
  return { tokens: tokens.length, label, probabilities: Object.fromEntries(labels.map((name, v) => [name, all[v]!])) };
}
