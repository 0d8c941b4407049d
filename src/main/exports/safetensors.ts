import { describe } from '../../core/export/description';
import type { Exported } from '../../core/export/formats';
import type { ExportSource } from '.';

/** The weights by PyTorch's names, and beside them everything else a forecast needs. */
export function safetensorsExport({ record, weights }: ExportSource): Exported {
  const json = new TextEncoder().encode(`${JSON.stringify(describe(record), null, 1)}\n`);
  return {
    files: [
      { ending: '.safetensors', bytes: weights },
      { ending: '.json', bytes: json },
    ],
    checked: null,
  };
}
