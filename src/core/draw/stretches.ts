/** Neighbouring rows of one class as one piece: far fewer shapes than rows. */
export function stretches(codes: readonly number[]): { from: number; length: number; code: number }[] {
  const found: { from: number; length: number; code: number }[] = [];
  for (const [row, code] of codes.entries()) {
    const last = found.at(-1);
    if (last?.code === code) last.length++;
    else found.push({ from: row, length: 1, code });
  }
  return found;
}
