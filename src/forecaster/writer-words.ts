/** What the page that writes says, in the reader's language. */
export interface WriterWords {
  title(text: string): string;
  trained(cell: string, layers: string, hidden: string, characters: string): string;
  judged(nats: string, pairs: string, characters: string): string;
  prime: string;
  length: string;
  temperature: string;
  seed: string;
  stop: string;
  write: string;
  again: string;
  written: string;
  stranger(character: string): string;
  number(label: string, low: string, high: string): string;
  offline: string;
  broken: string;
}

const en: WriterWords = {
  title: (text) => `Writes like ${text}`,
  trained: (cell, layers, hidden, characters) =>
    `A language model (${cell}, ${layers} × ${hidden} units) that learned ${characters} characters.`,
  judged: (nats, pairs, characters) =>
    `On ${characters} unseen characters its loss is ${nats} nats each; counting pairs of characters reaches ${pairs}.`,
  prime: 'Begins with',
  length: 'Length',
  temperature: 'Temperature',
  seed: 'Seed',
  stop: 'Stops at',
  write: 'Write',
  again: 'Another one',
  written: 'What it wrote',
  stranger: (character) =>
    `The model has never seen the character “${character}”. Begin with characters of the text it learned.`,
  number: (label, low, high) => `${label} has to be from ${low} to ${high}.`,
  offline: 'This page works without a network and sends nothing anywhere. Made with Unroll.',
  broken: 'The model in this page is damaged',
};
const ko: WriterWords = {
  title: (text) => `${text}처럼 쓰기`,
  trained: (cell, layers, hidden, characters) =>
    `글자 ${characters}개를 학습한 언어 모델입니다(${cell}, ${layers} × ${hidden} 유닛).`,
  judged: (nats, pairs, characters) =>
    `학습에 쓰지 않은 글자 ${characters}개에서 손실이 글자당 ${nats}내트입니다. 글자 쌍의 빈도만 세면 ${pairs}내트입니다.`,
  prime: '시작 글',
  length: '길이',
  temperature: '온도',
  seed: '시드',
  stop: '멈출 글자',
  write: '쓰기',
  again: '하나 더',
  written: '모델이 쓴 글',
  stranger: (character) =>
    `모델이 본 적 없는 글자 “${character}”가 있습니다. 학습한 텍스트에 나오는 글자로 시작하세요.`,
  number: (label, low, high) => `${label}은(는) ${low}에서 ${high} 사이여야 합니다.`,
  offline: '이 페이지는 네트워크 없이 동작하며 아무것도 보내지 않습니다. Unroll로 만들었습니다.',
  broken: '이 페이지의 모델이 손상되었습니다',
};
export const writerWords = (language: 'en' | 'ko'): WriterWords => (language === 'ko' ? ko : en);
