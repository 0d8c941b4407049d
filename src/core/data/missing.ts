/** Spellings under which exports say "no value here", in lower case. */
const words = 'na n/a #n/a n.a. n.a <na> nan #nan -nan nat null (null) \\n none nil missing unknown undefined';
const abbreviations = 'n.d. nd n.v. k.a. s/d n/e n/v #value! #ref! #div/0! #num! #name? #null!';
const marks = '- -- --- – — － . .. ... … : ? ***';
const korean = '없음 결측 결측치 미제공 해당없음 無 空';
const spellings = new Set([words, abbreviations, marks, korean].flatMap((list) => list.split(' ')));

const longest = 12;

/** Whether a cell says that there is no value. */
export function isMissing(cell: string): boolean {
  const text = cell.trim();
  return text === '' || (text.length <= longest && spellings.has(text.toLowerCase()));
}
