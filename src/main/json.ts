/** Levels of a document from elsewhere; ours have ten. */
const mostLevels = 64;

/**
 * JSON from elsewhere. Gives a reason where it is none, or nested so deep that writing it again would exhaust the stack.
 * @throws SyntaxError
 */
export function parseJson(text: string): unknown {
  let level = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const letter = text.charCodeAt(at);
    if (quoted) {
      if (letter === backslash) at++;
      else if (letter === quote) quoted = false;
    } else if (letter === quote) quoted = true;
    else if (letter === brace || letter === bracket) {
      if (++level > mostLevels) throw new SyntaxError(`nested deeper than ${mostLevels} levels`);
    } else if (letter === brace + 2 || letter === bracket + 2) level--;
  }
  return JSON.parse(text);
}
const [quote, backslash, brace, bracket] = Array.from('"\\{[', (letter) => letter.charCodeAt(0)) as Four;
type Four = [number, number, number, number];
