/** Labels that are the same but for capitals and blanks within, two by two. */
export function alikeIn(labels: readonly string[]): string[] {
  const first = new Map<string, string>();
  return labels.flatMap((label) => {
    const plain = label.toLowerCase().replace(/\s+/g, '');
    const before = first.get(plain);
    if (before === undefined) first.set(plain, label);
    return before === undefined ? [] : [`${before}, ${label}`];
  });
}
