import { escaped } from '../../draw/xml';

/** A piece of HTML that is safe as it stands. Only `html` and `raw` make one. */
export class Html {
  constructor(readonly text: string) {}
}

type Content = Html | string | number | null | undefined | false | Content[];

/** A template whose every insertion is escaped unless it is HTML already: what a file or a person names is text, whatever it looks like. */
export function html(parts: TemplateStringsArray, ...inserted: Content[]): Html {
  return new Html(parts.reduce((text, part, i) => text + written(inserted[i - 1]) + part));
}

/** What this program wrote itself. */
export const raw = (text: string): Html => new Html(text);

function written(content: Content): string {
  if (content === null || content === undefined || content === false) return '';
  if (content instanceof Html) return content.text;
  if (Array.isArray(content)) return content.map(written).join('');
  return escaped(String(content));
}
