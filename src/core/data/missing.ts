/** Spellings under which exports say "no value here", in lower case. */
const spellings = new Set([
  ...[
    '',
    'na',
    'n/a',
    '#n/a',
    'n.a.',
    'n.a',
    '<na>',
    'nan',
    '#nan',
    '-nan',
    'nat',
    'null',
    '(null)',
    '\\n',
    'none',
    'nil',
  ],
  ...[
    'missing',
    'unknown',
    'undefined',
    'n.d.',
    'nd',
    'n.v.',
    'k.a.',
    's/d',
    '#value!',
    '#ref!',
    '#div/0!',
    '#num!',
    '#name?',
    '#null!',
  ],
  ...[
    '-',
    '--',
    '---',
    '–',
    '—',
    '－',
    '.',
    '..',
    '...',
    '?',
    '*',
    'x',
    '없음',
    '결측',
    '결측치',
    '미제공',
    '해당없음',
    '無',
    '空',
    '－－',
  ],
]);

/** Whether a cell says that there is no value. */
export function isMissing(cell: string): boolean {
  if (cell === '') return true;
  if (cell.length > 12) return cell.trim() === '';
  return spellings.has(cell) || spellings.has(cell.trim().toLowerCase());
}
