/** What a run can be taken away as; each has its writer in src/main/exports. */
export const exportFormats = ['safetensors', 'html', 'csv', 'report'] as const;
export type ExportFormat = (typeof exportFormats)[number];

/** One file of an export; the first of an export is the one that was asked for, the others lie beside it. */
export interface ExportedFile {
  /** Follows the name the person gives, with the dot: `.safetensors`. */
  ending: string;
  bytes: Uint8Array;
}

export interface Exported {
  files: ExportedFile[];
  /** Largest relative difference between the file's forecasts and the lab's own, over so many windows; null: not compared. */
  checked: { difference: number; windows: number } | null;
}
