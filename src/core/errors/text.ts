import { zerosOf } from './data';
import type { Entry } from './entry';

/** What can be wrong with a text that is to be learned, and with how. */
export const textMessages = {
  'text.empty': {
    en: () => ({ message: 'The file holds no text.', remedy: 'Choose a file with some text in it.' }),
    ko: () => ({ message: '파일에 텍스트가 없습니다.', remedy: '내용이 있는 텍스트 파일을 선택하세요.' }),
  },
  'text.binary': {
    en: (f) => ({
      message: f.format
        ? `This is no text but a file of another kind (${f.format}).`
        : `This is a binary file, not text${zerosOf(f)[0]}.`,
      remedy: 'Choose a text file, such as .txt, .md or the source of a program.',
    }),
    ko: (f) => ({
      message: f.format
        ? `텍스트가 아니라 다른 종류의 파일입니다(${f.format}).`
        : `텍스트가 아닌 이진 파일입니다${zerosOf(f)[1]}.`,
      remedy: '.txt, .md, 프로그램 소스 같은 텍스트 파일을 선택하세요.',
    }),
  },
  'text.one-character': {
    en: (f) => ({
      message: `The text is one character over and over (${f.character}), so that there is nothing to learn.`,
      remedy: 'Choose a text with at least two different characters.',
    }),
    ko: (f) => ({
      message: `텍스트가 한 문자(${f.character})의 반복이어서 배울 것이 없습니다.`,
      remedy: '서로 다른 문자가 둘 이상 있는 텍스트를 선택하세요.',
    }),
  },
  'text.too-large': {
    en: (f) => ({
      message: `The file has ${f.megabytes} MB; a text may have ${f.limit} MB.`,
      remedy: 'Train on a part of it.',
    }),
    ko: (f) => ({
      message: `파일 크기가 ${f.megabytes} MB입니다. 텍스트는 ${f.limit} MB까지 읽을 수 있습니다.`,
      remedy: '일부만 잘라 학습하세요.',
    }),
  },
  'text.mixed-encoding': {
    en: (f) => ({
      message: `The text is not in one encoding: read as ${f.encoding}, ${f.broken === 1 ? 'one place is broken' : `${f.broken} places are broken, the first`} in line ${f.line}.`,
      remedy: 'Save the file as UTF-8, or name its encoding.',
    }),
    ko: (f) => ({
      message: `텍스트의 인코딩이 한 가지가 아닙니다. ${f.encoding}(으)로 읽으면 ${f.broken === 1 ? `${f.line}행 한 곳이 깨집니다.` : `${f.broken}곳이 깨지며, 처음은 ${f.line}행입니다.`}`,
      remedy: '파일을 UTF-8로 저장하거나 인코딩을 지정하세요.',
    }),
  },
  'text.cut': {
    en: (f) => ({
      message: `The file ends in the middle of a character of ${f.encoding}: its last bytes are missing.`,
      remedy: 'Copy or download it again, or save it as UTF-8.',
    }),
    ko: (f) => ({
      message: `파일이 ${f.encoding} 문자 하나의 중간에서 끝납니다. 마지막 바이트가 없습니다.`,
      remedy: '다시 복사하거나 내려받거나 UTF-8로 저장하세요.',
    }),
  },
  'text.zero-bytes': {
    en: (f) => ({
      message: `The text has ${f.zeros === 1 ? 'a zero byte' : `${f.zeros} zero bytes, the first`} in line ${f.line}, where a text has none: it was cut off while it was written, or is partly binary.`,
      remedy: 'Save it anew as UTF-8 text.',
    }),
    ko: (f) => ({
      message: `텍스트에 0 바이트가 ${f.zeros}개 있습니다(첫 위치 ${f.line}행). 저장하다가 끊겼거나 일부가 이진 데이터입니다.`,
      remedy: 'UTF-8 텍스트로 다시 저장하세요.',
    }),
  },
  'text.two-encodings': {
    en: (f) => ({
      message: `The text is in two encodings: what stands in line ${f.line} is UTF-8, and what stands in line ${f.other} is not.`,
      remedy: 'Save the whole file as UTF-8, or name its encoding.',
    }),
    ko: (f) => ({
      message: `텍스트에 두 가지 인코딩이 섞여 있습니다. ${f.line}행은 UTF-8이고 ${f.other}행은 UTF-8이 아닙니다.`,
      remedy: '파일 전체를 UTF-8로 저장하거나 인코딩을 지정하세요.',
    }),
  },
  'text.vocabulary': {
    en: (f) => ({
      message: `The text has ${f.characters} different characters; a model of characters may have ${f.most}.`,
      remedy: 'Choose a text in one language, or check its encoding.',
    }),
    ko: (f) => ({
      message: `텍스트에 서로 다른 문자가 ${f.characters}개 있습니다. 문자 모델은 ${f.most}개까지 다룰 수 있습니다.`,
      remedy: '한 언어로 된 텍스트를 선택하거나 인코딩을 확인하세요.',
    }),
  },
  'text.too-short': {
    en: (f) => ({
      message: `The text is too short: of its ${f.characters} characters ${f.train} are for training and ${f.validation} for validation, but ${f.streams === 1 ? 'one stream' : `${f.streams} streams`} in chunks of ${f.tbptt} ${f.streams === 1 ? 'needs' : 'need'} ${f.need} in each.`,
      remedy:
        f.streams === 1 && f.tbptt === 1 ? 'Use a longer text.' : 'Use a longer text, fewer streams or shorter chunks.',
    }),
    ko: (f) => ({
      message: `텍스트가 너무 짧습니다. 문자 ${f.characters}개 중 학습에 ${f.train}개, 검증에 ${f.validation}개가 쓰이는데, 길이 ${f.tbptt}의 묶음을 ${f.streams}줄기로 읽으려면 각각 ${f.need}개가 필요합니다.`,
      remedy:
        f.streams === 1 && f.tbptt === 1
          ? '더 긴 텍스트를 쓰세요.'
          : '더 긴 텍스트를 쓰거나 줄기 수나 묶음 길이를 줄이세요.',
    }),
  },
  'text.split': {
    en: () => ({
      message: 'A language model needs characters for training, validation and test.',
      remedy: 'Give three shares above 0, such as 0.85,0.05,0.1.',
    }),
    ko: () => ({
      message: '언어 모델에는 학습, 검증, 시험에 쓸 문자가 모두 필요합니다.',
      remedy: '0.85,0.05,0.1처럼 0보다 큰 비율 세 개를 지정하세요.',
    }),
  },
  'text.bad-option': {
    en: (f) => ({
      message: `${f.option} cannot be ${f.value}.`,
      remedy: `Give another value (${f.problem}).`,
    }),
    ko: (f) => ({
      message: `${f.option} 값으로 ${f.value}을(를) 쓸 수 없습니다.`,
      remedy: `다른 값을 지정하세요 (${f.problem}).`,
    }),
  },
  'text.stranger': {
    en: (f) => ({
      message: `The model has never seen the character "${f.character}".`,
      remedy: 'Begin with characters of the text it learned.',
    }),
    ko: (f) => ({
      message: `모델이 본 적 없는 문자 "${f.character}"가 있습니다.`,
      remedy: '학습한 텍스트에 나오는 문자로 시작하세요.',
    }),
  },
  'text.never-stops': {
    en: (f) => ({
      message: `The model has never seen the character "${f.character}", so it would never stop there.`,
      remedy: 'Stop at characters of the text it learned.',
    }),
    ko: (f) => ({
      message: `모델이 본 적 없는 문자 "${f.character}"에서는 멈출 수 없습니다.`,
      remedy: '학습한 텍스트에 나오는 문자에서 멈추게 하세요.',
    }),
  },
  'text.no-forecast': {
    en: (f) => ({
      message: `Run ${f.run} is a language model and forecasts no series.`,
      remedy: 'Let it write with sample, or choose a run made by forecast.',
    }),
    ko: (f) => ({
      message: `실행 ${f.run}은(는) 언어 모델이어서 시계열을 예측하지 않습니다.`,
      remedy: 'sample로 글을 쓰게 하거나 forecast로 만든 실행을 선택하세요.',
    }),
  },
  'text.not-language': {
    en: (f) => ({
      message: `Run ${f.run} is not a language model and writes no text.`,
      remedy: 'Choose a run made by train-text.',
    }),
    ko: (f) => ({
      message: `실행 ${f.run}은(는) 언어 모델이 아니어서 글을 쓸 수 없습니다.`,
      remedy: 'train-text로 만든 실행을 선택하세요.',
    }),
  },
  'text.no-text': {
    en: (f) => ({
      message: `The text that run ${f.run} learned, "${f.file}", is not there any more or has changed.`,
      remedy: 'Open it again, or give characters of your own with --text.',
      inWindow: 'Open it again, or type characters of your own.',
    }),
    ko: (f) => ({
      message: `실행 ${f.run}이(가) 학습한 텍스트 "${f.file}"이(가) 없거나 바뀌었습니다.`,
      remedy: '파일을 다시 열거나 --text로 글을 직접 입력하세요.',
      inWindow: '파일을 다시 열거나 글을 직접 입력하세요.',
    }),
  },
  'text.outside': {
    en: (f) => ({
      message: `Character ${f.at} is not in the text, which has ${f.characters}.`,
      remedy: `Choose one from 0 to ${Number(f.characters) - 1}.`,
    }),
    ko: (f) => ({
      message: `텍스트의 문자는 ${f.characters}개여서 ${f.at}번째 위치는 없습니다.`,
      remedy: `0에서 ${Number(f.characters) - 1} 사이에서 선택하세요.`,
    }),
  },
  'text.stretch': {
    en: (f) => ({
      message: `${f.characters} characters are too many to look at together in a model of this size; ${f.most} may be.`,
      remedy: 'Choose fewer.',
    }),
    ko: (f) => ({
      message: `이 크기의 모델에서는 문자 ${f.characters}개를 한꺼번에 살펴볼 수 없습니다. ${f.most}개까지 가능합니다.`,
      remedy: '더 짧게 지정하세요.',
    }),
  },
  'text.few-for-units': {
    en: (f) => ({
      message: `${f.characters} characters are too few to tell what units follow; ${f.need} are needed.`,
      remedy: 'Give more text.',
    }),
    ko: (f) => ({
      message: `문자 ${f.characters}개로는 유닛이 무엇을 따르는지 알 수 없습니다. ${f.need}개가 필요합니다.`,
      remedy: '글을 더 길게 입력하세요.',
    }),
  },
} satisfies Record<string, Entry>;
