/** What the command line writes: answers to stdout, progress to stderr. */

/** Columns under their headings; numbers to the right. */
export function table(head: string[], rows: string[][]): string {
  const widths = head.map((title, i) => Math.max(...[title, ...rows.map((row) => row[i] ?? '')].map(widthOf)));
  const numeric = head.map((_, i) => rows.every((row) => /^[-+]?[\d.,]*\s?%?$|^–$/.test(row[i] ?? '')));
  const line = (cells: string[]) =>
    cells
      .map((cell, i) => {
        const space = ' '.repeat(Math.max(0, widths[i]! - widthOf(cell)));
        return numeric[i] ? space + cell : cell + space;
      })
      .join('  ')
      .trimEnd();
  return [line(head), widths.map((width) => '─'.repeat(width)).join('  '), ...rows.map(line)].join('\n');
}

/** Columns of a terminal: Hangul, kana and ideographs take two. */
const widthOf = (text: string): number => {
  let width = 0;
  for (const letter of text)
    width += /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60]/.test(letter) ? 2 : 1;
  return width;
};

/** Four significant digits, and an en dash for what is not defined. */
export function figure(value: number | null | undefined): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return '–';
  const size = Math.abs(value);
  if (size !== 0 && (size >= 1e9 || size < 1e-4)) return value.toExponential(3);
  return value.toLocaleString('en', { maximumSignificantDigits: size >= 1e4 ? 7 : 4, useGrouping: true });
}

export function duration(seconds: number): string {
  if (!Number.isFinite(seconds)) return '–';
  const whole = Math.max(0, Math.round(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}

export interface ProgressLine {
  /** `done` is 0–1 of everything. */
  show(done: number, what: string): void;
  /** A line that stays. */
  say(text: string): void;
  end(): void;
}

const barCells = 24;

/** A bar that is drawn over itself on a terminal, a line per 10 % elsewhere, nothing when quiet. */
export function progressOn(stream: NodeJS.WriteStream, quiet: boolean): ProgressLine {
  if (quiet) return { show() {}, say() {}, end() {} };
  return stream.isTTY ? bar(stream) : lines(stream);
}

function bar(stream: NodeJS.WriteStream): ProgressLine {
  const clear = '\r\x1b[K';
  let last = '';
  return {
    show(done, what) {
      const full = Math.round(Math.min(1, done) * barCells);
      const percent = `${Math.floor(Math.min(1, done) * 100)}`.padStart(3);
      last = `▕${'█'.repeat(full)}${' '.repeat(barCells - full)}▏${percent}% · ${what}`.slice(
        0,
        (stream.columns || 80) - 1,
      );
      stream.write(clear + last);
    },
    say: (text) => void stream.write(`${clear}${text}\n${last}`),
    end: () => void stream.write(clear),
  };
}

function lines(stream: NodeJS.WriteStream): ProgressLine {
  let told = 0;
  return {
    show(done, what) {
      const tenth = Math.floor(Math.min(1, done) * 10 + 1e-9);
      if (tenth > told) stream.write(`${tenth * 10}% · ${what}\n`);
      told = Math.max(told, tenth);
    },
    say: (text) => void stream.write(`${text}\n`),
    end() {},
  };
}
