import type { Entry, Facts } from './entry';
import { readingMessages } from './reading';

/** In English and in Korean: zero bytes that were seen, which no text has. */
export const zerosOf = ({ zeros }: Facts): [string, string] =>
  Number(zeros) > 0 ? [` (it has ${zeros} zero bytes at its beginning)`, `(앞부분에 0 바이트 ${zeros}개)`] : ['', ''];
const megabytes = (bytes: unknown) => `${Math.round(Number(bytes) / 1024 ** 2)} MB`;

/** What can be wrong with a file, and what is worth noting in one that was read. */
export const dataMessages = {
  ...readingMessages,
  'data.empty': {
    en: () => ({
      message: 'The file is empty.',
      remedy: 'Choose a CSV with a header line and at least a few dozen rows.',
    }),
    ko: () => ({ message: '파일이 비어 있습니다.', remedy: '머리글 행과 수십 개 이상의 행이 있는 CSV를 선택하세요.' }),
  },
  'data.header-only': {
    en: (f) => ({
      message: `There are no rows of data below line ${f.line}.`,
      remedy: 'Choose a file with rows of values, or say on which line its header stands.',
    }),
    ko: (f) => ({
      message: `${f.line}행 아래에 데이터 행이 없습니다.`,
      remedy: '값이 있는 파일을 선택하거나 머리글이 몇 번째 행인지 지정하세요.',
    }),
  },
  'data.no-numbers': {
    en: (f) => ({
      message: `No column holds numbers (columns: ${f.names}).`,
      remedy: 'A forecast needs at least one column of numbers; check the delimiter and the decimal mark.',
    }),
    ko: (f) => ({
      message: `숫자로 된 열이 없습니다(열: ${f.names}).`,
      remedy: '예측하려면 숫자 열이 하나 이상 필요합니다. 구분 기호와 소수점 기호를 확인하세요.',
    }),
  },
  'data.no-dates-read': {
    en: (f) => ({
      message: `None of the dates in "${f.column}" exists in the order of day and month chosen.`,
      remedy: 'Choose another order of day, month and year.',
    }),
    ko: (f) => ({
      message: `선택한 일·월 순서로는 "${f.column}" 열에 존재하는 날짜가 하나도 없습니다.`,
      remedy: '연·월·일 순서를 다르게 선택하세요.',
    }),
  },
  'data.no-dates': {
    en: (f) => ({
      message: `The cells of "${f.column}" are not dates (for example "${f.example}").`,
      remedy: 'Choose another date column, or none to count rows.',
    }),
    ko: (f) => ({
      message: `"${f.column}" 열의 값은 날짜가 아닙니다(예: "${f.example}").`,
      remedy: '다른 날짜 열을 고르거나, 날짜 없이 행 번호를 쓰세요.',
    }),
  },
  'data.unknown-column': {
    en: (f) => ({ message: `There is no column "${f.column}".`, remedy: `Choose one of: ${f.columns}.` }),
    ko: (f) => ({ message: `"${f.column}" 열이 없습니다.`, remedy: `다음 중에서 선택하세요: ${f.columns}.` }),
  },
  'data.not-numbers': {
    en: (f) => ({ message: `Column "${f.column}" does not hold numbers.`, remedy: `Choose one of: ${f.columns}.` }),
    ko: (f) => ({ message: `"${f.column}" 열은 숫자가 아닙니다.`, remedy: `다음 중에서 선택하세요: ${f.columns}.` }),
  },
  'data.future-missing': {
    en: (f) => ({
      message: `Column "${f.column}" is to be known ahead, but has values for only ${f.given} of the ${f.horizon} steps after the last value of "${f.target}".`,
      remedy: 'Add rows with its values after the end, take a shorter horizon, or leave it out of option "future".',
    }),
    ko: (f) => ({
      message: `"${f.column}" 열은 미리 알려진 값으로 지정되었지만 "${f.target}"의 마지막 값 뒤 ${f.horizon}단계 중 ${f.given}단계의 값만 있습니다.`,
      remedy: '끝에 값이 있는 행을 추가하거나, 예측 길이를 줄이거나, "future" 옵션에서 이 열을 빼세요.',
    }),
  },
  'data.no-values': {
    en: (f) => ({ message: `Column "${f.column}" has no values at all.`, remedy: 'Choose another column.' }),
    ko: (f) => ({ message: `"${f.column}" 열에 값이 하나도 없습니다.`, remedy: '다른 열을 선택하세요.' }),
  },
  'data.gaps-too-large': {
    en: (f) => ({
      message: `Filling the gaps would make up ${f.missing} rows, more than the ${f.rows} there are.`,
      remedy: 'Leave the gaps out, or use the part of the file that has none.',
    }),
    ko: (f) => ({
      message: `빈 구간을 채우면 실제 ${f.rows}행보다 많은 ${f.missing}행을 지어내게 됩니다.`,
      remedy: '빈 구간을 그대로 두거나 빈 곳이 없는 부분만 사용하세요.',
    }),
  },
  'data.unknown-encoding': {
    en: (f) => ({
      message: `"${f.encoding}" is not an encoding Unroll reads.`,
      remedy: `Choose one of: ${f.encodings}.`,
    }),
    ko: (f) => ({
      message: `"${f.encoding}" 인코딩은 지원하지 않습니다.`,
      remedy: `다음 중에서 선택하세요: ${f.encodings}.`,
    }),
  },
  'data.bad-delimiter': {
    en: (f) => ({
      message: `"${f.delimiter}" cannot be the mark between cells.`,
      remedy: 'Choose one character, or comma, semicolon, tab or pipe.',
    }),
    ko: (f) => ({
      message: `"${f.delimiter}"은(는) 구분 기호로 쓸 수 없습니다.`,
      remedy: '한 글자나 comma, semicolon, tab, pipe 중에서 선택하세요.',
    }),
  },
  'data.unclosed-quote': {
    en: (f) => ({
      message: `A quotation mark opened on line ${f.line} is never closed.`,
      remedy: 'Close or remove the quotation mark on that line.',
    }),
    ko: (f) => ({
      message: `${f.line}행에서 연 따옴표가 닫히지 않았습니다.`,
      remedy: '그 행의 따옴표를 닫거나 지우세요.',
    }),
  },
  'data.long-row': {
    en: (f) => ({
      message: `Line ${f.line} is longer than ${f.characters} characters.`,
      remedy: 'This is hardly a table of rows; check how the file was written.',
    }),
    ko: (f) => ({
      message: `${f.line}행이 ${f.characters}자보다 깁니다.`,
      remedy: '행으로 나뉜 표가 아닌 것 같습니다. 파일이 어떻게 만들어졌는지 확인하세요.',
    }),
  },
  'data.too-large-file': {
    en: (f) => ({
      message: `The file is larger than ${megabytes(f.limit)}, the most that is read.`,
      remedy: 'Cut it into parts, or keep only the columns and rows you need.',
    }),
    ko: (f) => ({
      message: `파일이 읽을 수 있는 최대 크기(${megabytes(f.limit)})보다 큽니다.`,
      remedy: '파일을 나누거나 필요한 열과 행만 남기세요.',
    }),
  },
  'data.too-many-cells': {
    en: (f) => ({
      message: `The file has more than ${f.limit} cells, the most that is read (reached at row ${f.rows}).`,
      remedy: 'Cut it into parts, or keep only the columns and rows you need.',
    }),
    ko: (f) => ({
      message: `칸이 읽을 수 있는 최대 개수(${f.limit}개)보다 많습니다(${f.rows}번째 행에서 초과).`,
      remedy: '파일을 나누거나 필요한 열과 행만 남기세요.',
    }),
  },
  'data.too-many-columns': {
    en: (f) => ({
      message: `The file has ${f.columns} columns; at most ${f.limit} are read.`,
      remedy: 'Check the delimiter, or keep only the columns you need.',
    }),
    ko: (f) => ({
      message: `열이 ${f.columns}개입니다. 최대 ${f.limit}개까지 읽습니다.`,
      remedy: '구분 기호를 확인하거나 필요한 열만 남기세요.',
    }),
  },
  'data.cancelled': {
    en: () => ({ message: 'Reading was cancelled.', remedy: 'Open the file again when you want to go on.' }),
    ko: () => ({ message: '읽기를 취소했습니다.', remedy: '계속하려면 파일을 다시 여세요.' }),
  },
  'data.workbook': {
    en: (f) => ({
      message: `This is a workbook, ${f.format}, not a CSV.`,
      remedy: 'Open it in the spreadsheet program and save the sheet as CSV (UTF-8).',
    }),
    ko: (f) => ({
      message: `CSV가 아니라 ${f.format} 통합 문서입니다.`,
      remedy: '스프레드시트 프로그램에서 열어 시트를 CSV(UTF-8)로 저장하세요.',
    }),
  },
  'data.html': {
    en: () => ({
      message: 'This is a web page, not a CSV.',
      remedy: 'The download probably needs a login or another link; download the CSV itself.',
    }),
    ko: () => ({
      message: 'CSV가 아니라 웹 페이지입니다.',
      remedy: '로그인이 필요하거나 다른 링크일 수 있습니다. CSV 파일을 직접 내려받으세요.',
    }),
  },
  'data.lfs-pointer': {
    en: () => ({
      message: 'This is a Git LFS pointer: it names a file that has not been downloaded.',
      remedy: 'Run `git lfs pull` in its repository, or download the file itself.',
    }),
    ko: () => ({
      message: 'Git LFS 포인터입니다. 실제 파일은 아직 내려받지 않은 상태입니다.',
      remedy: '저장소에서 `git lfs pull`을 실행하거나 파일을 직접 내려받으세요.',
    }),
  },
  'data.json': {
    en: () => ({ message: 'This is JSON, not a CSV.', remedy: 'Convert it to a CSV with one row per time.' }),
    ko: () => ({ message: 'CSV가 아니라 JSON입니다.', remedy: '시점마다 한 행이 있는 CSV로 바꾸세요.' }),
  },
  'data.not-a-table': {
    en: (f) => ({ message: `This is a ${f.format} file, not a CSV.`, remedy: 'Choose a CSV file.' }),
    ko: (f) => ({ message: `CSV가 아니라 ${f.format} 파일입니다.`, remedy: 'CSV 파일을 선택하세요.' }),
  },
  'data.binary': {
    en: (f) => ({ message: `This is a binary file, not text${zerosOf(f)[0]}.`, remedy: 'Choose a CSV file.' }),
    ko: (f) => ({ message: `텍스트가 아닌 이진 파일입니다${zerosOf(f)[1]}.`, remedy: 'CSV 파일을 선택하세요.' }),
  },
  'data.utf-32': {
    en: () => ({ message: 'The file is in UTF-32, which is not read.', remedy: 'Save it as UTF-8.' }),
    ko: () => ({ message: 'UTF-32로 된 파일은 읽지 않습니다.', remedy: 'UTF-8로 저장하세요.' }),
  },
  'data.broken-gzip': {
    en: () => ({ message: 'The compressed file is damaged.', remedy: 'Download it again.' }),
    ko: () => ({ message: '압축 파일이 손상되었습니다.', remedy: '파일을 다시 내려받으세요.' }),
  },
  'data.date-order-open': {
    en: (f) => ({
      message: `Dates like ${f.example} can be read day first or month first, and nothing in the file says which.`,
      remedy: 'Choose the order of day and month.',
    }),
    ko: (f) => ({
      message: `${f.example} 같은 날짜는 일이 먼저인지 월이 먼저인지 파일만으로는 알 수 없습니다.`,
      remedy: '일과 월의 순서를 선택하세요.',
    }),
  },
  'data.decimal-open': {
    en: () => ({
      message: 'Numbers like 1.234 can be thousands or decimals here, and nothing in the file says which.',
      remedy: 'Choose the decimal mark.',
    }),
    ko: () => ({
      message: '1.234 같은 숫자가 천 단위인지 소수인지 파일만으로는 알 수 없습니다.',
      remedy: '소수점 기호를 선택하세요.',
    }),
  },
  'data.long-format': {
    en: (f) => ({
      message: `Series are stacked on each other: "${f.column}" names ${f.series} of them.`,
      remedy: 'Choose a series, or all side by side.',
    }),
    ko: (f) => ({
      message: `여러 계열이 세로로 쌓여 있습니다. "${f.column}" 열에 ${f.series}개가 있습니다.`,
      remedy: '계열 하나를 고르거나 모두 나란히 놓으세요.',
    }),
  },
  'data.unknown-series': {
    en: (f) => ({ message: `There is no series "${f.series}".`, remedy: `Choose one of: ${f.known}.` }),
    ko: (f) => ({ message: `"${f.series}" 계열이 없습니다.`, remedy: `다음 중에서 선택하세요: ${f.known}.` }),
  },
} satisfies Record<string, Entry>;
