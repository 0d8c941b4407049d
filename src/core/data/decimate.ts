/**
 * Rows worth drawing of `values` between `from` and `to` (end excluded): of each of about `points / 2` equal buckets the
 * rows with the smallest and the largest value, so that no peak is lost, ascending. Missing values (NaN) are skipped, but
 * a bucket that has nothing else gives one of them, so that the line is broken where the data are.
 */
export function decimate(values: Float64Array, from: number, to: number, points: number): number[] {
  const start = Math.max(0, Math.floor(from));
  const end = Math.min(values.length, Math.ceil(to));
  const rows = end - start;
  if (rows <= 0) return [];
  if (rows <= points) return Array.from({ length: rows }, (_, i) => start + i);
  const buckets = Math.max(1, Math.floor(points / 2));
  const chosen: number[] = [];
  for (let bucket = 0; bucket < buckets; bucket++) {
    const first = start + Math.floor((rows * bucket) / buckets);
    const after = start + Math.floor((rows * (bucket + 1)) / buckets);
    let low = -1;
    let high = -1;
    for (let row = first; row < after; row++) {
      const value = values[row]!;
      if (Number.isNaN(value)) continue;
      if (low < 0 || value < values[low]!) low = row;
      if (high < 0 || value > values[high]!) high = row;
    }
    if (low < 0) chosen.push(first);
    else if (low === high) chosen.push(low);
    else chosen.push(Math.min(low, high), Math.max(low, high));
  }
  return chosen;
}
