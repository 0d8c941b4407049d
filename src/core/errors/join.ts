import type { Entry } from './entry';

/** Several files as one table. */
export const joinMessages = {
  'data.join-no-dates': {
    en: () => ({
      message: 'Files are put together by their dates, and this one has none.',
      remedy: 'Name its date column (--date), or put its columns into one file with the others.',
      inWindow:
        'Give it a column of dates (that of the open file is chosen under “Rows and reading…”), or put its columns into one file with the others.',
    }),
    ko: () => ({
      message: '여러 파일은 날짜로 합치는데 이 파일에는 날짜가 없습니다.',
      remedy: '날짜 열을 지정하거나(--date) 열을 한 파일로 합치세요.',
      inWindow: '날짜 열을 넣거나(열려 있는 파일이라면 “행과 읽기 방식…”에서 지정합니다) 열을 한 파일로 합치세요.',
    }),
  },
  'data.join-frequency': {
    en: (f) => ({
      message: `Rows of ${f.first} are ${apart(f.every, f.step)} apart and those of ${f.other} ${apart(f.otherEvery, f.otherStep)}: they cannot be forecast together.`,
      remedy: 'Bring both to the same frequency first.',
    }),
    ko: (f) => ({
      message: `${f.first}의 간격(${apart(f.every, f.step)})과 ${f.other}의 간격(${apart(f.otherEvery, f.otherStep)})이 달라 함께 예측할 수 없습니다.`,
      remedy: '두 파일의 간격을 먼저 같게 맞추세요.',
    }),
  },
  'data.join-no-overlap': {
    en: (f) => ({
      message: `No time stands in all of the files: ${f.spans}.`,
      remedy: 'Give files that cover the same time.',
    }),
    ko: (f) => ({
      message: `모든 파일에 함께 있는 시점이 없습니다: ${f.spans}.`,
      remedy: '같은 기간을 다루는 파일을 지정하세요.',
    }),
  },
  'data.join-unknown-target': {
    en: (f) => ({
      message: `There is no numeric column "${f.column}"${f.file ? ` in ${f.file}` : ''} to forecast; there are: ${f.columns}.`,
      remedy: 'Name one target of each file, as COLUMN or FILE:COLUMN.',
    }),
    ko: (f) => ({
      message: `예측할 숫자 열 "${f.column}"이(가) ${f.file ? `${f.file}에 ` : ''}없습니다. 있는 열: ${f.columns}.`,
      remedy: '파일마다 대상 하나를 열 이름 또는 파일:열로 지정하세요.',
    }),
  },
} satisfies Record<string, Entry>;

const apart = (every: unknown, step: unknown) => (every === 1 ? `one ${step}` : `${every} × ${step}`);
