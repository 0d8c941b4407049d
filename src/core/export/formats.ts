/** What a run can be taken away as; each has its writer in src/main/exports. */
export const exportFormats = ['onnx', 'safetensors', 'html', 'csv', 'report'] as const;
/** What a model of texts can be taken away as, whether it writes or labels. */
export const textFormats = ['onnx', 'safetensors', 'html'] as const satisfies ExportFormat[];
export type ExportFormat = (typeof exportFormats)[number];

/** One file of an export; the first of an export is the one that was asked for, the others lie beside it. */
export interface ExportedFile {
  /** Follows the name the person gives, with the dot: `.safetensors`. */
  ending: string;
  bytes: Uint8Array;
}

export interface Exported {
  files: ExportedFile[];
  /** null: not compared. */
  checked: Checked | null;
}

/** The largest relative difference between a file's forecasts and the lab's own, over so many windows. */
export interface Checked {
  difference: number;
  windows: number;
  /** Windows of the test part, or made up where the file the run was made from is not there. */
  of: 'test' | 'made-up';
}
