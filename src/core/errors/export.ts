import type { Entry } from './entry';

/** What can be wrong with taking a model away, and with one that comes back. */
export const exportMessages = {
  'export.ambiguous-run': {
    en: (f) => ({ message: `"${f.run}" could be any of ${f.count} runs.`, remedy: `Name one by its id: ${f.runs}.` }),
    ko: (f) => ({
      message: `"${f.run}"에 해당하는 실행이 ${f.count}개입니다.`,
      remedy: `ID로 하나를 고르세요: ${f.runs}.`,
    }),
  },
  'export.no-forecasts': {
    en: (f) => ({
      message: `The forecasts of run "${f.run}" on the test part are missing or damaged.`,
      remedy: 'Repeat the run with `unroll rerun`, and export the new one.',
    }),
    ko: (f) => ({
      message: `"${f.run}" 실행의 시험 구간 예측 파일이 없거나 손상되었습니다.`,
      remedy: '`unroll rerun`으로 다시 실행한 뒤 그 결과를 내보내세요.',
    }),
  },
  'export.differs': {
    en: (f) => ({
      message: `The ${f.format} file was not handed over: on ${f.windows} windows its forecasts differ from Unroll's own by up to ${f.difference} relative, more than ${f.limit}.`,
      remedy: 'Take the run away as safetensors or HTML, and report this with the settings of the run.',
    }),
    ko: (f) => ({
      message: `${f.format} 파일을 내보내지 않았습니다. 구간 ${f.windows}개에서 Unroll의 예측과 상대 오차가 최대 ${f.difference}로, 허용치 ${f.limit}를 넘습니다.`,
      remedy: 'safetensors나 HTML로 내보내고, 실행 설정과 함께 이 문제를 알려 주세요.',
    }),
  },
  'export.not-of-language': {
    en: (f) => ({
      message: `Run ${f.run} is a language model, which is not exported as ${f.format}.`,
      remedy: `Choose one of: ${f.formats}.`,
    }),
    ko: (f) => ({
      message: `실행 ${f.run}은(는) 언어 모델이어서 ${f.format} 형식으로 내보낼 수 없습니다.`,
      remedy: `다음 중 하나를 선택하세요: ${f.formats}.`,
    }),
  },
  'export.not-written': {
    en: (f) => ({
      message: `"${f.file}" could not be written (${f.reason}).`,
      remedy: 'Name another place with --out, or make room there.',
      inWindow: 'Choose another place, or make room there.',
    }),
    ko: (f) => ({
      message: `"${f.file}" 파일을 쓰지 못했습니다(${f.reason}).`,
      remedy: '--out으로 다른 위치를 정하거나 공간을 확보하세요.',
      inWindow: '다른 위치를 고르거나 공간을 확보하세요.',
    }),
  },

  'project.not-one': {
    en: (f) => ({
      message: `"${f.file}" is not a project that Unroll packed (${f.reason}).`,
      remedy: 'Choose a .zip from `unroll project pack` or “Save project”, and copy it again if it was cut short.',
    }),
    ko: (f) => ({
      message: `"${f.file}"은(는) Unroll 프로젝트 파일이 아닙니다(${f.reason}).`,
      remedy: '`unroll project pack`이나 “프로젝트 저장”으로 만든 .zip을 고르고, 잘렸다면 다시 복사하세요.',
    }),
  },
  'project.unsafe': {
    en: (f) => ({
      message: `"${f.file}" was not opened: it has an entry named ${f.name}, which no project has.`,
      remedy: 'Do not trust this file; ask for a new one from `unroll project pack`.',
    }),
    ko: (f) => ({
      message: `"${f.file}"을(를) 열지 않았습니다. 프로젝트에 있을 수 없는 ${f.name} 항목이 들어 있습니다.`,
      remedy: '이 파일을 믿지 말고, `unroll project pack`으로 만든 새 파일을 요청하세요.',
    }),
  },
  'project.too-large': {
    en: (f) => ({
      message: `"${f.file}" was not opened: it would unpack to more than a project may hold (${f.what}).`,
      remedy: 'Pack fewer runs, or copy the project folder itself.',
    }),
    ko: (f) => ({
      message: `"${f.file}"을(를) 열지 않았습니다. 풀면 프로젝트가 가질 수 있는 크기를 넘습니다(${f.what}).`,
      remedy: '실행 수를 줄여 저장하거나 프로젝트 폴더를 그대로 복사하세요.',
    }),
  },
  'project.not-whole': {
    en: (f) => ({
      message: `Run "${f.run}" was left out: it has no proper ${f.part}.`,
      remedy: 'Ask for the project again; the other runs are unharmed.',
    }),
    ko: (f) => ({
      message: `"${f.run}" 실행을 뺐습니다. ${f.part}이(가) 올바르지 않습니다.`,
      remedy: '프로젝트를 다시 받으세요. 다른 실행은 그대로입니다.',
    }),
  },
  'predict.missing-column': {
    en: (f) => ({
      message: `The file has no column "${f.column}", which the model reads.`,
      remedy: `Its columns of numbers are: ${f.columns}. If one of them is the same under another name, say so with --column "${f.column}=NAME".`,
    }),
    ko: (f) => ({
      message: `모델이 읽는 "${f.column}" 열이 파일에 없습니다.`,
      remedy: `파일의 숫자 열: ${f.columns}. 이름만 다른 같은 열이 있다면 --column "${f.column}=이름"으로 알려 주세요.`,
    }),
  },
  'predict.similar-column': {
    en: (f) => ({
      message: `The file has no column "${f.column}", but one called "${f.near}".`,
      remedy: `If that is meant, say so with --column "${f.column}=${f.near}".`,
    }),
    ko: (f) => ({
      message: `파일에 "${f.column}" 열은 없고 "${f.near}" 열이 있습니다.`,
      remedy: `이 열이 맞다면 --column "${f.column}=${f.near}"로 알려 주세요.`,
    }),
  },
  'predict.frequency': {
    en: (f) => ({
      message: `The model learned from ${rowsEnglish(f.wanted, f.wantedEvery)}, but the file has ${rowsEnglish(f.found, f.foundEvery)}.`,
      remedy: 'Give it rows as far apart as those it learned from, or take them as they are with --any-frequency.',
    }),
    ko: (f) => ({
      message: `모델은 ${rowsKorean(f.wanted, f.wantedEvery)} 자료로 학습했는데 파일은 ${rowsKorean(f.found, f.foundEvery)} 자료입니다.`,
      remedy: '학습한 자료와 간격이 같은 파일을 쓰거나, --any-frequency로 간격을 따지지 않고 예측하세요.',
    }),
  },
  'predict.too-few-rows': {
    en: (f) => ({
      message: `The file has ${f.rows} usable rows, but a forecast reads the last ${f.need}${Number(f.more) > 0 ? ` (lookback ${f.lookback}, and ${f.more} before it for differences)` : ''}.`,
      remedy: 'Give it more rows.',
    }),
    ko: (f) => ({
      message: `쓸 수 있는 행이 ${f.rows}개인데, 예측하려면 마지막 ${f.need}개 행이 필요합니다${Number(f.more) > 0 ? `(되돌아볼 구간 ${f.lookback}, 차분에 ${f.more})` : ''}.`,
      remedy: '행이 더 많은 파일을 쓰세요.',
    }),
  },
  'predict.missing-value': {
    en: (f) => ({
      message: `Column "${f.column}" has no value ${f.dated ? 'on' : 'in row'} ${f.where}, which is among the last ${f.need} rows that the forecast reads.`,
      remedy: 'Fill it in, or choose with --missing leave-out, carry-forward or interpolate.',
    }),
    ko: (f) => ({
      message: `예측이 읽는 마지막 ${f.need}개 행 가운데 ${f.dated ? f.where : `${f.where}번째 행`}의 "${f.column}" 값이 비어 있습니다.`,
      remedy: '값을 채우거나 --missing leave-out, carry-forward, interpolate 중 하나를 고르세요.',
    }),
  },
  'predict.not-whole': {
    en: (f) => ({
      message: `The model's description contradicts itself ("${f.part}" is not what its settings give).`,
      remedy: 'Export the model again.',
    }),
    ko: (f) => ({
      message: `모델 설명의 내용이 서로 맞지 않습니다("${f.part}"이(가) 설정과 다릅니다).`,
      remedy: '모델을 다시 내보내세요.',
    }),
  },
  'predict.not-a-model': {
    en: (f) => ({
      message: `"${f.file}" is not a model that Unroll wrote (${f.reason}).`,
      remedy:
        'Give a .safetensors file with its .json beside it, an .onnx or .html file from `unroll export`, or a run.',
    }),
    ko: (f) => ({
      message: `"${f.file}"은(는) Unroll이 만든 모델 파일이 아닙니다(${f.reason}).`,
      remedy: '.json이 함께 있는 .safetensors, `unroll export`로 만든 .onnx나 .html 파일, 또는 실행을 지정하세요.',
    }),
  },
  'predict.newer': {
    en: (f) => ({
      message: `"${f.file}" was written by a newer Unroll (format ${f.version}, this one knows up to ${f.known}).`,
      remedy: 'Update Unroll, then try again.',
    }),
    ko: (f) => ({
      message: `"${f.file}"은(는) 더 새로운 Unroll에서 만들었습니다(형식 ${f.version}, 이 프로그램은 ${f.known}까지).`,
      remedy: 'Unroll을 업데이트한 뒤 다시 시도하세요.',
    }),
  },
} satisfies Record<string, Entry>;

/** What steps between rows are called in Korean, after a number. */
export const unitsKorean: Record<string, string> = {
  second: '초',
  minute: '분',
  hour: '시간',
  day: '일',
  'business-day': '영업일',
  week: '주',
  month: '개월',
  quarter: '분기',
  year: '년',
};

function rowsEnglish(step: unknown, every: unknown): string {
  if (step === 'index') return 'rows without dates';
  if (step === 'irregular') return 'rows at irregular times';
  const unit = String(step).replace('-', ' ');
  return Number(every) > 1 ? `a row every ${every} ${unit}s` : `a row per ${unit}`;
}

function rowsKorean(step: unknown, every: unknown): string {
  if (step === 'index') return '날짜 없는';
  if (step === 'irregular') return '간격이 불규칙한';
  return `${every}${unitsKorean[String(step)] ?? step} 간격`;
}
