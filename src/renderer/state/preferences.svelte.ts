import type { Language } from '../../core/errors';
import { Formatter } from '../format';
import { messages } from '../messages';

export const themes = ['auto', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

interface Kept {
  language: Language;
  theme: Theme;
  leftWidth: number;
  bottomShare: number;
}

const place = 'unroll';

/** How this person likes the window: kept in the browser's own storage, of which nothing else depends. */
export class Preferences {
  language = $state<Language>('en');
  theme = $state<Theme>('auto');
  /** Pixels of the left panel. */
  leftWidth = $state(300);
  /** Height of the lower panel as a share of the bench. */
  bottomShare = $state(0.32);

  readonly t = $derived(messages[this.language]);
  readonly format = $derived(new Formatter(localeFor(this.language, navigator.language)));

  /** Whether this browser had been told before. */
  readonly known: boolean;

  constructor() {
    const kept = read();
    this.known = kept.language !== undefined;
    this.language = kept.language ?? (navigator.language.startsWith('ko') ? 'ko' : 'en');
    this.theme = kept.theme ?? 'auto';
    this.leftWidth = kept.leftWidth ?? 300;
    this.bottomShare = kept.bottomShare ?? 0.32;
  }

  nextTheme(): void {
    this.theme = this.theme === 'auto' ? 'light' : this.theme === 'light' ? 'dark' : 'auto';
  }

  /** To be called in an effect: keeps what changed and tells the page. */
  apply(): void {
    const { language, theme, leftWidth, bottomShare } = this;
    document.documentElement.lang = language;
    document.documentElement.dataset.theme = theme;
    localStorage.setItem(place, JSON.stringify({ language, theme, leftWidth, bottomShare } satisfies Kept));
  }
}

/** Numbers and dates as this reader writes them, as long as that is the window's language. */
export function localeFor(language: Language, readers: string): string {
  if (readers.startsWith(language)) return readers;
  return language === 'ko' ? 'ko-KR' : 'en-GB';
}

function read(): Partial<Kept> {
  try {
    return JSON.parse(localStorage.getItem(place) ?? '{}') as Partial<Kept>;
  } catch {
    return {};
  }
}
