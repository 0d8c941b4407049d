import type { Entry, Facts } from './entry';

/** ` (line 5)`, ` (lines 5, 9, …)`, or nothing where no line is known. */
const at = ({ lines = '', count }: Facts) => (lines === '' ? '' : ` (line${Number(count) > 1 ? 's' : ''} ${lines})`);
const atKo = ({ lines = '' }: Facts) => (lines === '' ? '' : ` (${lines}행)`);
const many = ({ count }: Facts, one: string, more: string) => `${count} ${Number(count) === 1 ? one : more}`;

/** What was found in a file that was read all the same. `count` and `lines` are among the facts of each. */
export const readingMessages = {
  'data.encoding-fallback': {
    en: (f) => ({
      message: `The text is in no encoding that can be recognised and was read as ${f.encoding}.`,
      remedy: 'Choose the encoding if letters look wrong.',
    }),
    ko: (f) => ({
      message: `텍스트 인코딩을 알 수 없어 ${f.encoding}(으)로 읽었습니다.`,
      remedy: '글자가 깨져 보이면 인코딩을 직접 선택하세요.',
    }),
  },
  'data.undecodable': {
    en: (f) => ({
      message: `${many(f, 'character is', 'characters are')} not valid ${f.encoding} and were replaced.`,
      remedy: 'Choose another encoding if letters look wrong.',
    }),
    ko: (f) => ({
      message: `${f.encoding}(으)로 읽을 수 없는 글자 ${f.count}개를 대체 문자로 바꾸었습니다.`,
      remedy: '글자가 깨져 보이면 다른 인코딩을 선택하세요.',
    }),
  },
  'data.zero-bytes': {
    en: (f) => ({ message: `${many(f, 'zero byte was', 'zero bytes were')} left out of the text.`, remedy: '' }),
    ko: (f) => ({ message: `텍스트에 섞인 0바이트 ${f.count}개를 뺐습니다.`, remedy: '' }),
  },
  'data.title-lines': {
    en: (f) => ({ message: `${many(f, 'line', 'lines')} above the table${at(f)} left out.`, remedy: '' }),
    ko: (f) => ({ message: `표 위의 ${f.count}개 행을 뺐습니다${atKo(f)}.`, remedy: '' }),
  },
  'data.no-header': {
    en: () => ({
      message: 'The file has no header, so columns are named by their place.',
      remedy: 'Say on which line the header stands if there is one.',
    }),
    ko: () => ({
      message: '머리글이 없어 열 이름을 순서대로 붙였습니다.',
      remedy: '머리글이 있다면 몇 번째 행인지 지정하세요.',
    }),
  },
  'data.times-across': {
    en: (f) => ({
      message: `Times run across the columns (${f.from} … ${f.to})${at(f)}; a forecast reads a column downwards.`,
      remedy: 'Turn the table so that each time is a row of its own.',
    }),
    ko: (f) => ({
      message: `시점이 열 방향으로 놓여 있습니다(${f.from} … ${f.to})${atKo(f)}. 예측은 열을 위에서 아래로 읽습니다.`,
      remedy: '시점마다 한 행이 되도록 표의 행과 열을 바꾸세요.',
    }),
  },
  'data.short-header': {
    en: (f) => ({
      message: `The header has no name for ${f.cells} of ${f.width} columns${at(f)}.`,
      remedy: 'Check that no cell is cut in two: a comma in a number needs quotation marks.',
    }),
    ko: (f) => ({
      message: `열 ${f.width}개 중 ${f.cells}개는 머리글에 이름이 없습니다${atKo(f)}.`,
      remedy: '한 칸이 둘로 나뉘지 않았는지 확인하세요. 숫자에 쉼표가 있으면 따옴표로 묶어야 합니다.',
    }),
  },
  'data.duplicate-name': {
    en: (f) => ({ message: `More than one column is called "${f.column}"; the others are numbered.`, remedy: '' }),
    ko: (f) => ({ message: `"${f.column}"(이)라는 열이 여럿이라 번호를 붙였습니다.`, remedy: '' }),
  },
  'data.repeated-header': {
    en: (f) => ({ message: `The header is repeated ${many(f, 'time', 'times')}${at(f)}; left out.`, remedy: '' }),
    ko: (f) => ({ message: `머리글이 ${f.count}번 되풀이되어 뺐습니다${atKo(f)}.`, remedy: '' }),
  },
  'data.comment': {
    en: (f) => ({ message: `${many(f, 'line is a comment', 'lines are comments')}${at(f)}; left out.`, remedy: '' }),
    ko: (f) => ({ message: `주석 행 ${f.count}개를 뺐습니다${atKo(f)}.`, remedy: '' }),
  },
  'data.totals': {
    en: (f) => ({
      message: `${many(f, 'row is a total', 'rows are totals')} ("${f.example}")${at(f)}; left out.`,
      remedy: '',
    }),
    ko: (f) => ({ message: `합계·평균 행 ${f.count}개("${f.example}")를 뺐습니다${atKo(f)}.`, remedy: '' }),
  },
  'data.remark': {
    en: (f) => ({
      message: `${many(f, 'line is a remark', 'lines are remarks')} ("${f.example}")${at(f)}; left out.`,
      remedy: '',
    }),
    ko: (f) => ({ message: `설명 행 ${f.count}개("${f.example}")를 뺐습니다${atKo(f)}.`, remedy: '' }),
  },
  'data.short-row': {
    en: (f) => ({
      message: `${many(f, 'row has', 'rows have')} fewer than ${f.width} cells${at(f)}; the rest counts as missing.`,
      remedy: 'Check these lines.',
    }),
    ko: (f) => ({
      message: `칸이 ${f.width}개보다 적은 행이 ${f.count}개 있습니다${atKo(f)}. 없는 칸은 결측으로 봅니다.`,
      remedy: '해당 행을 확인하세요.',
    }),
  },
  'data.wide-row': {
    en: (f) => ({
      message: `${many(f, 'row has', 'rows have')} more than ${f.width} cells${at(f)}; what is beyond is left out.`,
      remedy: 'Check these lines; a cell with the delimiter in it needs quotation marks.',
    }),
    ko: (f) => ({
      message: `칸이 ${f.width}개보다 많은 행이 ${f.count}개 있습니다${atKo(f)}. 넘치는 칸은 뺐습니다.`,
      remedy: '해당 행을 확인하세요. 구분 기호가 든 칸은 따옴표로 묶어야 합니다.',
    }),
  },
  'data.bad-number': {
    en: (f) => ({
      message: `${many(f, 'cell', 'cells')} of "${f.column}" cannot be read as numbers ("${f.example}")${at(f)} and count as missing.`,
      remedy: 'Correct them, or choose another decimal mark.',
    }),
    ko: (f) => ({
      message: `"${f.column}" 열에서 숫자로 읽을 수 없는 칸 ${f.count}개("${f.example}")를 결측으로 보았습니다${atKo(f)}.`,
      remedy: '값을 고치거나 소수점 기호를 다르게 선택하세요.',
    }),
  },
  'data.too-large': {
    en: (f) => ({
      message: `${many(f, 'value', 'values')} of "${f.column}" (${f.example})${at(f)} exceed what can be computed with and count as missing.`,
      remedy: 'Correct them, or write the column in a larger unit.',
    }),
    ko: (f) => ({
      message: `"${f.column}" 열의 값 ${f.count}개(${f.example})는 계산할 수 있는 범위를 넘어 결측으로 보았습니다${atKo(f)}.`,
      remedy: '값을 고치거나 더 큰 단위로 적으세요.',
    }),
  },
  'data.bad-date-cell': {
    en: (f) => ({
      message: `${many(f, 'cell', 'cells')} of "${f.column}" are not dates ("${f.example}")${at(f)} and count as missing.`,
      remedy: '',
    }),
    ko: (f) => ({
      message: `"${f.column}" 열에서 날짜가 아닌 칸 ${f.count}개("${f.example}")를 결측으로 보았습니다${atKo(f)}.`,
      remedy: '',
    }),
  },
  'data.impossible-date': {
    en: (f) => ({
      message: `${many(f, 'row has a date that does not exist', 'rows have dates that do not exist')} ("${f.example}")${at(f)}; left out.`,
      remedy: 'Correct the dates, or choose another order of day and month.',
    }),
    ko: (f) => ({
      message: `존재하지 않는 날짜("${f.example}")가 있는 행 ${f.count}개를 뺐습니다${atKo(f)}.`,
      remedy: '날짜를 고치거나 일·월 순서를 다르게 선택하세요.',
    }),
  },
  'data.bad-date': {
    en: (f) => ({
      message: `${many(f, 'row has', 'rows have')} no readable date in "${f.column}" ("${f.example}")${at(f)}; left out.`,
      remedy: 'Correct these lines, or choose another date column.',
    }),
    ko: (f) => ({
      message: `"${f.column}" 열의 날짜를 읽을 수 없는 행 ${f.count}개("${f.example}")를 뺐습니다${atKo(f)}.`,
      remedy: '해당 행을 고치거나 다른 날짜 열을 선택하세요.',
    }),
  },
  'data.no-date': {
    en: (f) => ({
      message: `${many(f, 'row has', 'rows have')} no date in "${f.column}"${at(f)}; left out.`,
      remedy: 'Add the dates, or choose another date column.',
    }),
    ko: (f) => ({
      message: `"${f.column}" 열에 날짜가 없는 행 ${f.count}개를 뺐습니다${atKo(f)}.`,
      remedy: '날짜를 채우거나 다른 날짜 열을 선택하세요.',
    }),
  },
  'data.zones-to-utc': {
    en: () => ({
      message: 'The offset from UTC changes within the file, so times are told in UTC.',
      remedy: '',
    }),
    ko: () => ({ message: '파일 안에서 UTC 시차가 바뀌어 시각을 UTC로 나타냅니다.', remedy: '' }),
  },
  'data.unordered': {
    en: (f) => ({ message: `The rows were not in time order${at(f)} and have been sorted.`, remedy: '' }),
    ko: (f) => ({ message: `행이 시간순이 아니어서${atKo(f)} 정렬했습니다.`, remedy: '' }),
  },
  'data.equal-repeats': {
    en: (f) => ({
      message: `${many(f, 'row', 'rows')} stood twice, alike in every cell${at(f)}; kept once.`,
      remedy: '',
    }),
    ko: (f) => ({ message: `모든 칸이 같은 중복 행 ${f.count}개를 하나로 합쳤습니다${atKo(f)}.`, remedy: '' }),
  },
  'data.differing-repeats': {
    en: (f) => ({
      message: `${many(f, 'row has', 'rows have')} the same time as a later row but other values${at(f)}; the last one is kept.`,
      remedy: 'Check which of these rows is right.',
    }),
    ko: (f) => ({
      message: `시각은 같은데 값이 다른 행이 ${f.count}개 있어${atKo(f)} 마지막 행만 남겼습니다.`,
      remedy: '어느 행이 맞는지 확인하세요.',
    }),
  },
  'data.gaps': {
    en: (f) => ({
      message: `${many(f, 'gap', 'gaps')} in time where rows are expected, the first after ${f.after} (${f.steps} missing).`,
      remedy: 'They are left as they are unless you choose otherwise.',
    }),
    ko: (f) => ({
      message: `행이 있어야 할 곳에 빈 구간이 ${f.count}개 있습니다. 첫 구간은 ${f.after} 다음입니다(${f.steps}개 없음).`,
      remedy: '따로 선택하지 않으면 그대로 둡니다.',
    }),
  },
  'data.suspicious': {
    en: (f) => ({
      message: `${many(f, 'value', 'values')} of "${f.column}" ${Number(f.count) === 1 ? 'lies' : 'lie'} far from both neighbours (${f.value} after ${f.before})${at(f)}; kept as they are.`,
      remedy: 'Check for a slipped decimal mark.',
    }),
    ko: (f) => ({
      message: `"${f.column}" 열에 앞뒤 값과 크게 다른 값이 ${f.count}개 있습니다(${f.before} 다음 ${f.value})${atKo(f)}. 그대로 두었습니다.`,
      remedy: '소수점이 잘못 찍히지 않았는지 확인하세요.',
    }),
  },
  'data.sentinel': {
    en: (f) => ({
      message: `${many(f, 'cell', 'cells')} of "${f.column}" ${Number(f.count) === 1 ? 'says' : 'say'} ${f.value}, which likely stands for a missing value${at(f)}; kept as a number.`,
      remedy: `Read ${f.value} as missing under "Rows and reading", or with --as-missing ${f.value}.`,
      inWindow: `Read ${f.value} as missing under “Rows and reading…”.`,
    }),
    ko: (f) => ({
      message: `"${f.column}" 열에 ${f.value} 값이 ${f.count}개 있습니다${atKo(f)}. 결측을 뜻하는 값으로 보이지만 숫자로 두었습니다.`,
      remedy: `'행과 읽기 방식'에서 ${f.value} 값을 결측으로 처리하거나 --as-missing ${f.value} 옵션을 쓰세요.`,
      inWindow: `'행과 읽기 방식'에서 ${f.value} 값을 결측으로 처리하세요.`,
    }),
  },
  'data.many-labels': {
    en: (f) => ({
      message: `Column "${f.column}" has more different texts than are kept apart; the rarest later ones are shown as "…".`,
      remedy: '',
    }),
    ko: (f) => ({ message: `"${f.column}" 열에 서로 다른 글이 너무 많아 나중 것은 "…"로 나타냅니다.`, remedy: '' }),
  },
} satisfies Record<string, Entry>;
