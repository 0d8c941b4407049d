import { codeFor } from '../../core/export/code';
import { describe } from '../../core/export/description';
import type { Exported } from '../../core/export/formats';
import { readmeFor } from '../../core/export/readme';
import type { ExportSource } from '.';

/** The weights by PyTorch's names, beside them everything else a forecast needs, and short programs that use both. */
export function safetensorsExport({ record, weights }: Pick<ExportSource, 'record' | 'weights'>): Exported {
  const text = (ending: string, content: string) => ({ ending, bytes: new TextEncoder().encode(content) });
  const code = codeFor(record);
  return {
    files: [
      { ending: '.safetensors', bytes: weights },
      text('.json', `${JSON.stringify(describe(record), null, 1)}\n`),
      text('.md', readmeFor(record, code !== null)),
      ...(code ? [text('.py', code.python), text('.mjs', code.javascript)] : []),
    ],
    checked: null,
  };
}
