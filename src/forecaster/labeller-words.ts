import type { LabelledKind } from '../core/text/labelled/record';

/** What the page that labels texts says, in the reader's language. */
export interface LabellerWords {
  title(kind: LabelledKind, file: string): string;
  trained(cell: string, layers: string, hidden: string, texts: string): string;
  judged(right: string, better: string, labels: string): string;
  paste: Record<LabelledKind, string>;
  answer: string;
  sentence(place: string): string;
  word: string;
  text: string;
  label: Record<LabelledKind, string>;
  probability: string;
  next: string;
  cut(length: string): string;
  many(most: string): string;
  choose: string;
  drop: Record<LabelledKind, string>;
  read(file: string, texts: string): string;
  save: string;
  offline: string;
  broken: string;
}

const en: LabellerWords = {
  title: (kind, file) => (kind === 'tagging' ? `Tags words like ${file}` : `Classifies texts like ${file}`),
  trained: (cell, layers, hidden, texts) =>
    `A network (${cell}, ${layers} × ${hidden} units) that learned ${texts} texts.`,
  judged: (right, better, labels) =>
    `Of ${labels} unseen labels ${right} were right; the better of what counting alone says reaches ${better}.`,
  paste: { tagging: 'Sentences, one a line', classification: 'Texts, one a line' },
  answer: 'What the model says',
  sentence: (place) => `Sentence ${place}`,
  word: 'Word',
  text: 'Text',
  label: { tagging: 'Tag', classification: 'Class' },
  probability: 'Probability',
  next: 'Next likeliest',
  cut: (length) => `Of longer texts the first ${length} words or characters are read.`,
  many: (most) => `The first ${most} are shown; all of them are saved.`,
  choose: 'Choose a file',
  drop: {
    tagging: 'or drop one anywhere on this page: sentences one a line, or one word a line',
    classification: 'or drop one anywhere on this page: texts one a line, or a CSV',
  },
  read: (file, texts) => `${file}: ${texts} ${texts === '1' ? 'text' : 'texts'}`,
  save: 'Save as CSV',
  offline: 'This page works without a network and sends nothing anywhere. Made with Unroll.',
  broken: 'The model in this page is damaged',
};
const ko: LabellerWords = {
  title: (kind, file) => (kind === 'tagging' ? `${file}처럼 단어에 태그 달기` : `${file}처럼 텍스트 분류하기`),
  trained: (cell, layers, hidden, texts) =>
    `텍스트 ${texts}개를 학습한 신경망입니다(${cell}, ${layers} × ${hidden} 유닛).`,
  judged: (right, better, labels) =>
    `학습에 쓰지 않은 레이블 ${labels}개 중 ${right}를 맞혔습니다. 빈도만 세는 기준선 중 나은 쪽은 ${better}입니다.`,
  paste: { tagging: '문장(한 줄에 하나)', classification: '텍스트(한 줄에 하나)' },
  answer: '모델의 답',
  sentence: (place) => `문장 ${place}`,
  word: '단어',
  text: '텍스트',
  label: { tagging: '태그', classification: '클래스' },
  probability: '확률',
  next: '그다음 후보',
  cut: (length) => `긴 텍스트는 앞에서부터 단어나 글자 ${length}개까지만 읽습니다.`,
  many: (most) => `앞의 ${most}개만 보여 줍니다. 저장하면 모두 담깁니다.`,
  choose: '파일 선택',
  drop: {
    tagging: '또는 이 페이지에 끌어 놓으세요(한 줄에 문장 하나, 또는 한 줄에 단어 하나)',
    classification: '또는 이 페이지에 끌어 놓으세요(한 줄에 텍스트 하나, 또는 CSV)',
  },
  read: (file, texts) => `${file}: 텍스트 ${texts}개`,
  save: 'CSV로 저장',
  offline: '이 페이지는 네트워크 없이 동작하며 아무것도 보내지 않습니다. Unroll로 만들었습니다.',
  broken: '이 페이지의 모델이 손상되었습니다',
};
export const labellerWords = (language: 'en' | 'ko'): LabellerWords => (language === 'ko' ? ko : en);
