import type { Language } from './errors';

/** What bundled examples are called before a person, by their names. */
export const exampleNames: Record<Language, Record<string, string>> = {
  en: {
    sp500: 'S&P 500, daily, 2000 to 2020',
    hello: '“hello”, over and over: the smallest text',
    activity: 'Rest, walk, run and climb, every second',
    dayload: 'Load of a small town, 24 hours a day in a row',
    sentences: 'Sentences with a tag for every word',
    reviews: 'Short reviews, positive and negative',
    related: 'Three gauges of one river, daily',
    unrelated: 'Three series that have nothing to do with each other, daily',
  },
  ko: {
    sp500: 'S&P 500, 일별, 2000–2020년',
    hello: '“hello”의 반복: 가장 작은 텍스트',
    activity: '휴식, 걷기, 달리기, 오르기, 1초 간격',
    dayload: '작은 도시의 전력 부하, 하루 24시간이 한 행',
    sentences: '단어마다 품사가 달린 문장',
    reviews: '긍정과 부정의 짧은 후기',
    related: '한 강의 수위 관측소 세 곳, 일별',
    unrelated: '서로 관계없는 시계열 세 개, 일별',
  },
};

const marked = 'example:';

/** What a file is called before a person: a bundled example by its title, any other by its own name. */
export function fileTitled(file: string, language: Language): string {
  const name = file.startsWith(marked) ? file.slice(marked.length) : '';
  return Object.hasOwn(exampleNames[language], name) ? exampleNames[language][name]! : file;
}
