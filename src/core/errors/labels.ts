import type { Entry, Facts } from './entry';

/** What can be wrong with labelled texts and how they are to be learned, and what is said of them. Facts: `kind` tagging or classification. */
const only = (message: string) => ({ message, remedy: '' });
const isTagging = ({ kind }: Facts) => kind === 'tagging';
const english = (f: Facts) => (isTagging(f) ? 'tag' : 'label');
const korean = (f: Facts) => (isTagging(f) ? '태그' : '레이블');
const unit = (f: Facts) => (f.input === 'character' ? 'characters' : 'words');
const unitKorean = (f: Facts) => (f.input === 'character' ? '문자' : '단어');

export const labelMessages = {
  'labels.one-column': {
    en: (f) => ({
      message: `Line ${f.line} has one column ("${f.content}"): a token without a tag.`,
      remedy: 'Give every token a tag after a tab or blank, and put an empty line between sentences.',
    }),
    ko: (f) => ({
      message: `${f.line}행에 열이 하나뿐입니다("${f.content}"). 토큰에 태그가 없습니다.`,
      remedy: '모든 토큰 뒤에 탭이나 공백으로 태그를 적고 문장 사이에는 빈 줄을 두세요.',
    }),
  },
  'labels.no-blank-line': {
    en: (f) => ({
      message: `The file is one sentence of ${f.words} words: no empty line parts one sentence from the next.`,
      remedy: 'Put an empty line after each sentence.',
    }),
    ko: (f) => ({
      message: `파일 전체가 단어 ${f.words}개짜리 문장 하나입니다. 문장을 나누는 빈 줄이 없습니다.`,
      remedy: '문장마다 뒤에 빈 줄을 넣으세요.',
    }),
  },
  'labels.column': {
    en: (f) => ({ message: `There is no column ${f.column}.`, remedy: `Choose one of: ${f.columns}.` }),
    ko: (f) => ({ message: `${f.column} 열이 없습니다.`, remedy: `다음 중에서 선택하세요: ${f.columns}.` }),
  },
  /** Facts: `what` text or label. */
  'labels.no-column': {
    en: (f) => ({
      message:
        f.what === 'text'
          ? 'No column of the file holds texts of some words.'
          : 'No column of the file holds labels that come again.',
      remedy: `Name it with --${f.what}; the columns are: ${f.columns}.`,
      inWindow: `The columns are: ${f.columns}. See whether the file is whole and its cells are parted as they should be.`,
    }),
    ko: (f) => ({
      message: f.what === 'text' ? '여러 단어로 된 텍스트 열이 없습니다.' : '되풀이되는 레이블 열이 없습니다.',
      remedy: `--${f.what}(으)로 열을 지정하세요. 열 목록: ${f.columns}.`,
      inWindow: `열 목록: ${f.columns}. 파일이 온전한지, 칸이 제대로 나뉘었는지 확인하세요.`,
    }),
  },
  'labels.no-texts': {
    en: (f) => ({
      message: isTagging(f) ? 'The file holds no sentence.' : 'No row of the file has both a text and a label.',
      remedy: isTagging(f)
        ? 'Give one token and its tag a line, and an empty line between sentences.'
        : 'Check which columns hold text and label (--text, --label).',
      inWindow: isTagging(f)
        ? 'Give one token and its tag a line, and an empty line between sentences.'
        : 'Check which columns hold text and label.',
    }),
    ko: (f) => ({
      message: isTagging(f) ? '파일에 문장이 없습니다.' : '텍스트와 레이블이 모두 있는 행이 없습니다.',
      remedy: isTagging(f)
        ? '한 줄에 토큰과 태그를 하나씩 적고 문장 사이에 빈 줄을 두세요.'
        : '텍스트 열과 레이블 열(--text, --label)을 확인하세요.',
      inWindow: isTagging(f)
        ? '한 줄에 토큰과 태그를 하나씩 적고 문장 사이에 빈 줄을 두세요.'
        : '텍스트 열과 레이블 열을 확인하세요.',
    }),
  },
  'labels.one-class': {
    en: (f) => ({
      message: `There is only one ${english(f)} to learn from: "${f.label}".`,
      remedy: `Choose the column of ${english(f)}s, or a file with at least two different ones.`,
    }),
    ko: (f) => ({
      message: `학습할 ${korean(f)}이(가) "${f.label}" 한 가지뿐입니다.`,
      remedy: `${korean(f)} 열을 지정하거나 두 가지 이상의 ${korean(f)}이(가) 있는 파일을 선택하세요.`,
    }),
  },
  'labels.never-repeat': {
    en: (f) => ({
      message: `Hardly any ${english(f)} comes again: ${f.different} different ones among ${f.labels}.`,
      remedy: `Check which column holds the ${english(f)}s; nothing can be learned of one seen once.`,
    }),
    ko: (f) => ({
      message: `되풀이되는 ${korean(f)}이(가) 거의 없습니다. ${f.labels}개 중 서로 다른 것이 ${f.different}개입니다.`,
      remedy: `어느 열이 ${korean(f)}인지 확인하세요. 한 번만 나온 것은 배울 수 없습니다.`,
    }),
  },
  'labels.too-many': {
    en: (f) => ({
      message: `There are ${f.different} different ${english(f)}s; at most ${f.most} are learned.`,
      remedy: `Choose a column with coarser ${english(f)}s.`,
    }),
    ko: (f) => ({
      message: `서로 다른 ${korean(f)}이(가) ${f.different}개입니다. 최대 ${f.most}개까지 배울 수 있습니다.`,
      remedy: `더 큰 단위로 묶은 ${korean(f)} 열을 선택하세요.`,
    }),
  },
  'labels.too-few': {
    en: (f) => ({
      message: `Of ${f.texts} ${isTagging(f) ? 'sentences' : 'texts'} ${f.train} are for training, ${f.validation} for validation and ${f.test} for the test; each part needs at least one, and equal ones stay together.`,
      remedy: 'Use more of them, or other shares (--split).',
      inWindow: 'Use a file with more of them.',
    }),
    ko: (f) => ({
      message: `${isTagging(f) ? '문장' : '텍스트'} ${f.texts}개가 학습 ${f.train}개, 검증 ${f.validation}개, 시험 ${f.test}개로 나뉩니다. 구간마다 하나 이상 필요하며 같은 것은 한 구간에 둡니다.`,
      remedy: '더 많은 자료를 쓰거나 비율(--split)을 바꾸세요.',
      inWindow: '자료가 더 많은 파일을 쓰세요.',
    }),
  },
  'labels.split': {
    en: () => ({
      message: 'Texts are needed for training, validation and test.',
      remedy: 'Give three shares above 0, such as 0.8,0.1,0.1.',
    }),
    ko: () => ({
      message: '학습, 검증, 시험에 쓸 텍스트가 모두 필요합니다.',
      remedy: '0.8,0.1,0.1처럼 0보다 큰 비율 세 개를 지정하세요.',
    }),
  },
  'labels.characters': {
    en: () => ({
      message: 'Sentences are tagged word by word, not by characters.',
      remedy: 'Leave out --input, or use classify.',
      inWindow: 'Choose words, or a table of texts with labels.',
    }),
    ko: () => ({
      message: '문장은 문자가 아니라 단어마다 태그를 답니다.',
      remedy: '--input을 빼거나 classify를 사용하세요.',
      inWindow: '단어를 고르거나 텍스트와 레이블 표를 여세요.',
    }),
  },
  'labels.not-labelled': {
    en: (f) => ({
      message: `Run ${f.run} neither tags nor classifies texts.`,
      remedy: 'Choose a run made by tag or classify.',
    }),
    ko: (f) => ({
      message: `실행 ${f.run}은(는) 텍스트에 태그를 달거나 분류하는 모델이 아닙니다.`,
      remedy: 'tag나 classify로 만든 실행을 선택하세요.',
    }),
  },
  'labels.no-example': {
    en: (f) => ({
      message: `Run ${f.run} keeps ${f.examples} texts to look at; there is no text ${f.example}, counted from 0.`,
      remedy: 'Choose another with --at, or give one with --text.',
      inWindow: 'Choose another, or type one of your own.',
    }),
    ko: (f) => ({
      message: `실행 ${f.run}이(가) 보관하는 텍스트는 ${f.examples}개여서 ${f.example}번(0부터 셈) 텍스트가 없습니다.`,
      remedy: '--at으로 다른 텍스트를 고르거나 --text로 직접 입력하세요.',
      inWindow: '다른 텍스트를 고르거나 직접 입력하세요.',
    }),
  },
  'labels.nothing-given': {
    en: () => ({
      message: 'The text that was given has no word in it.',
      remedy: 'Give a text of at least one word.',
    }),
    ko: () => ({
      message: '입력한 텍스트에 단어가 없습니다.',
      remedy: '단어가 하나 이상 있는 텍스트를 입력하세요.',
    }),
  },
  'labels.no-export': {
    en: (f) => ({
      message: `Run ${f.run} labels texts, and is not written as ${f.format}.`,
      remedy: `Choose one of: ${f.formats}.`,
    }),
    ko: (f) => ({
      message: `실행 ${f.run}은(는) 텍스트에 레이블을 다는 모델이어서 ${f.format}(으)로 내보낼 수 없습니다.`,
      remedy: `다음 중 하나를 선택하세요: ${f.formats}.`,
    }),
  },
  'labels.no-forecast': {
    en: (f) => ({
      message: `Run ${f.run} ${isTagging(f) ? 'tags sentences' : 'classifies texts'} and forecasts no series.`,
      remedy: 'Give it texts with predict, or choose a run made by forecast.',
    }),
    ko: (f) => ({
      message: `실행 ${f.run}은(는) ${isTagging(f) ? '문장에 태그를 다는' : '텍스트를 분류하는'} 모델이어서 시계열을 예측하지 않습니다.`,
      remedy: 'predict로 텍스트를 주거나 forecast로 만든 실행을 선택하세요.',
    }),
  },
  /** A file is of another kind than the command takes. Facts: `file`, `kind` text, tagging, classification or table. */
  'labels.other-kind': {
    en: (f) => ({
      message: `${f.file} looks like ${kindOf(f)[0]}.`,
      remedy: `Use \`unroll ${kindOf(f)[2]} ${f.file}\`.`,
      inWindow: 'Open it by itself.',
    }),
    ko: (f) => ({
      message: `${f.file}은(는) ${kindOf(f)[1]}(으)로 보입니다.`,
      remedy: `\`unroll ${kindOf(f)[2]} ${f.file}\` 명령을 사용하세요.`,
      inWindow: '그 파일을 따로 여세요.',
    }),
  },
  'labels.empty-texts': {
    en: (f) => only(`${f.count} rows without a text are left out.`),
    ko: (f) => only(`텍스트가 없는 행 ${f.count}개는 제외합니다.`),
  },
  'labels.without-label': {
    en: (f) => only(`${f.count} rows without a label are left out.`),
    ko: (f) => only(`레이블이 없는 행 ${f.count}개는 제외합니다.`),
  },
  'labels.repeated': {
    en: (f) =>
      only(`${f.count} ${isTagging(f) ? 'sentences' : 'texts'} repeat an earlier one; equal ones stay in one part.`),
    ko: (f) =>
      only(`${isTagging(f) ? '문장' : '텍스트'} ${f.count}개는 앞의 것과 같습니다. 같은 것은 한 구간에 둡니다.`),
  },
  'labels.alike': {
    en: (f) =>
      only(`Some ${english(f)}s differ by capitals or blanks alone (${f.pairs}), and are learned as different ones.`),
    ko: (f) => only(`대소문자나 공백만 다른 ${korean(f)}이(가) 있습니다(${f.pairs}). 서로 다른 것으로 학습합니다.`),
  },
  'labels.vocabulary': {
    en: (f) =>
      only(`The ${f.kept} commonest of ${f.different} different ${unit(f)} are known; the others count as unknown.`),
    ko: (f) =>
      only(
        `서로 다른 ${unitKorean(f)} ${f.different}개 중 자주 나오는 ${f.kept}개만 알고, 나머지는 모르는 것으로 봅니다.`,
      ),
  },
  'labels.long': {
    en: (f) =>
      only(
        isTagging(f)
          ? `${f.texts} sentences of training are longer than ${f.length} words and are read in pieces.`
          : `${f.texts} texts of training are longer than ${f.length} ${unit(f)}; what comes after is not read.`,
      ),
    ko: (f) =>
      only(
        isTagging(f)
          ? `학습 문장 ${f.texts}개가 단어 ${f.length}개보다 길어 나누어 읽습니다.`
          : `학습 텍스트 ${f.texts}개가 ${unitKorean(f)} ${f.length}개보다 길어 뒷부분은 읽지 않습니다.`,
      ),
  },
  'labels.unseen': {
    en: (f) => only(`${f.count} labels that training lacks (${f.labels}) count as wrong.`),
    ko: (f) => only(`학습 구간에 없는 레이블 ${f.count}개(${f.labels})는 틀린 것으로 셉니다.`),
  },
  /** Facts: `model`, `accuracy`, `reference`, `referenceAccuracy`, `n`, `why` chance or worse. */
  'labels.stands': {
    en: (f) =>
      only(
        f.why === 'worse'
          ? `No network beats ${referenceOf(f)[0]} (${f.referenceAccuracy}% right): the best, ${f.model}, has ${f.accuracy}%.`
          : `${f.model} has ${f.accuracy}% right and ${referenceOf(f)[0]} ${f.referenceAccuracy}%: no more than chance explains.`,
      ),
    ko: (f) =>
      only(
        f.why === 'worse'
          ? `어떤 신경망도 ${referenceOf(f)[1]}(정확도 ${f.referenceAccuracy}%)보다 낫지 않습니다. 가장 좋은 ${f.model}이(가) ${f.accuracy}%입니다.`
          : `${f.model}의 정확도는 ${f.accuracy}%, ${referenceOf(f)[1]}은(는) ${f.referenceAccuracy}%로, 우연으로 설명되는 차이입니다.`,
      ),
  },
  'labels.beats': {
    en: (f) =>
      only(
        `${f.model} beats ${referenceOf(f)[0]}: ${f.accuracy}% right against ${f.referenceAccuracy}% on ${Number(f.n).toLocaleString('en')} unseen ${isTagging(f) ? 'words' : 'texts'}.`,
      ),
    ko: (f) =>
      only(
        `${f.model}이(가) ${referenceOf(f)[1]}보다 낫습니다. 처음 보는 ${isTagging(f) ? '단어' : '텍스트'} ${Number(f.n).toLocaleString('en')}개에서 정확도 ${f.accuracy}% 대 ${f.referenceAccuracy}%입니다.`,
      ),
  },
} satisfies Record<string, Entry>;

/** In English, in Korean, and the command that takes it. */
const kinds: Record<string, [string, string, string]> = {
  text: ['a text', '일반 텍스트', 'train-text'],
  tagging: ['a list of words with tags', '단어와 태그 목록', 'tag'],
  classification: ['a table of texts with labels', '텍스트와 레이블 표', 'classify'],
  table: ['a table of series', '시계열 표', 'forecast'],
};

const baselines: Record<string, [string, string]> = {
  majority: ['always the commonest label', '가장 흔한 레이블만 답하기'],
  'word-tag': ['the most frequent tag of each word', '단어별 최빈 태그'],
  'naive-bayes': ['the bag of words (naive Bayes)', '단어 가방(나이브 베이즈)'],
};

/** A name that is not known stands for itself. */
const kindOf = ({ kind }: Facts): [string, string, string] => kinds[String(kind)] ?? ['–', '–', String(kind)];
const referenceOf = ({ reference }: Facts): [string, string] =>
  baselines[String(reference)] ?? [String(reference), String(reference)];
