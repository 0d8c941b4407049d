/** Lines looked at, and the share of them that has to look like rows. */
const looked = 30;
const most = 0.8;

/**
 * Whether a text file is a table, by its first lines: most of them have equally many of one delimiter, or are nothing but
 * numbers and dates. Prose and programs are neither. What begins with such lines is left to the reader of tables, which says
 * what is wrong with it.
 */
export function looksLikeTable(begins: string): boolean {
  // JSON and markup: more likely data in the wrong form than something to learn to write
  if (/^\ufeff?\s*(\{\s*"|\[\s*[[{]|<(!doctype|html|\?xml))/i.test(begins)) return true;
  const lines = begins.split('\n');
  // the last line may be cut off
  const whole = lines.length > 1 ? lines.slice(0, -1) : lines;
  const rows = whole.filter((line) => line.trim() !== '').slice(0, looked);
  if (rows.length === 0) return true;
  const enough = (count: number) => count >= most * rows.length;
  // one header line more, so that a short column of numbers is still one
  if (enough(rows.filter((row) => /^[\d\s.,:;/+\-eE]*\d[\d\s.,:;/+\-eE]*$/.test(row)).length + 1) && rows.length > 2)
    return true;
  return [',', ';', '\t', '|'].some((delimiter) => {
    const times = rows.map((row) => row.split(delimiter).length - 1).filter((count) => count > 0);
    return times.some((count) => rows.length > 2 && enough(times.filter((other) => other === count).length));
  });
}
