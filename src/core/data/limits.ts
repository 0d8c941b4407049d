/** Sizes past which a file is refused by name rather than read until the machine gives out. */
export const limits = {
  /** Bytes of a file, and of what a compressed one unpacks to. */
  fileBytes: 1024 ** 3,
  /** Cells kept, eight bytes each. */
  cells: 2 ** 27,
  /** Columns of one table. */
  columns: 4096,
  /** Characters of one row, quoted line breaks included. */
  rowCharacters: 4_000_000,
  /** Zero bytes left out of a text before it is called a binary file. */
  zeroBytes: 1024 ** 2,
  /** Different spellings kept of one text column; the rest share a label. */
  labels: 100_000,
  /** Bytes read before anything is decided about a file. */
  sampleBytes: 1024 ** 2,
  /** Bytes decoded and parsed at a stretch: little enough that its cells die young. */
  pieceBytes: 64 * 1024,
  /** Bytes between two breaths. */
  breathBytes: 1024 ** 2,
  /** What the engine can hold: the largest finite float32. */
  largestValue: 3.4028234663852886e38,
} as const;
