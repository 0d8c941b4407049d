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
  'export.not-written': {
    en: (f) => ({
      message: `"${f.file}" could not be written (${f.reason}).`,
      remedy: 'Name another place with --out, or make room there.',
    }),
    ko: (f) => ({
      message: `"${f.file}" 파일을 쓰지 못했습니다(${f.reason}).`,
      remedy: '--out으로 다른 위치를 정하거나 공간을 확보하세요.',
    }),
  },
} satisfies Record<string, Entry>;
