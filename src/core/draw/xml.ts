/** Text as XML and HTML take it, in content and in quoted attributes. Control characters, which XML has not, are left out. */
export function escaped(text: string): string {
  return (
    text
      // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what is looked for
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
      .replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`)
  );
}

/** A tenth of a pixel is finer than any screen. */
export const round = (value: number): number => Math.round(value * 10) / 10;
