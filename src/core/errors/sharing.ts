import type { Entry, Facts } from './entry';

/** Tasks that share: what cannot be asked of them, and what came of it. */
const kinds: Record<string, [string, string]> = {
  uniform: ['a uniform layer', '균일 계층'],
  coupled: ['a coupled layer', '결합 계층'],
  shared: ['a shared layer', '공유 계층'],
};
const overall: Record<string, [(f: Facts) => string, (f: Facts) => string]> = {
  helped: [
    (f) => `Over all tasks sharing helped: the error is ${f.change}% lower, more than chance explains.`,
    (f) => `전체로 보면 공유가 도움이 되었습니다. 오차가 ${f.change}% 작고, 이 차이는 우연으로 설명되지 않습니다.`,
  ],
  harmed: [
    (f) => `Over all tasks sharing did harm: the error is ${-Number(f.change)}% higher, more than chance explains.`,
    (f) =>
      `전체로 보면 공유가 해가 되었습니다. 오차가 ${-Number(f.change)}% 크고, 이 차이는 우연으로 설명되지 않습니다.`,
  ],
  chance: [
    (f) =>
      `Over all tasks the error is ${Math.abs(Number(f.change))}% ${Number(f.change) < 0 ? 'higher' : 'lower'}, which may be chance.`,
    (f) =>
      `전체 오차는 ${Math.abs(Number(f.change))}% ${Number(f.change) < 0 ? '크지만' : '작지만'} 우연일 수 있습니다.`,
  ],
  untested: [
    (f) =>
      `Over all tasks the error is ${Math.abs(Number(f.change))}% ${Number(f.change) < 0 ? 'higher' : 'lower'}; so few windows cannot rule out chance.`,
    (f) =>
      `전체 오차는 ${Math.abs(Number(f.change))}% ${Number(f.change) < 0 ? '크지만' : '작지만'} 구간이 적어 우연이 아니라고 하기는 어렵습니다.`,
  ],
};

function verdict(f: Facts): string {
  const clauses = [
    f.helped ? `it helped ${f.helped}` : '',
    f.harmed ? `it harmed ${f.harmed}` : '',
    f.chance ? `for ${f.chance} the difference may be chance` : '',
    f.untested ? `for ${f.untested} there are too few windows to tell` : '',
  ].filter(Boolean);
  return `${f.model} with ${kinds[f.kind as string]?.[0]}, against a model of its own for each task with the same budget (mean error, shared / alone${Number(f.seeds) > 1 ? `, over ${f.seeds} seeds` : ''}): ${clauses.join('; ')}. ${overall[f.overall as string]?.[0](f)}`;
}

function verdictKorean(f: Facts): string {
  const clauses = [
    f.helped ? `${f.helped}에는 도움이 되었습니다` : '',
    f.harmed ? `${f.harmed}에는 해가 되었습니다` : '',
    f.chance ? `${f.chance}의 차이는 우연일 수 있습니다` : '',
    f.untested ? `${f.untested}은(는) 구간이 적어 판단하기 어렵습니다` : '',
  ].filter(Boolean);
  return `${f.model} ${kinds[f.kind as string]?.[1]}을 같은 예산의 작업별 단독 모델과 비교했습니다(평균 오차, 공유 / 단독${Number(f.seeds) > 1 ? `, 시드 ${f.seeds}개` : ''}). ${clauses.join('. ')}. ${overall[f.overall as string]?.[1](f)}`;
}

/** What came of it over all tasks, where there is no room for each. */
const brief = (f: Facts) =>
  `${f.model} with ${kinds[f.kind as string]?.[0]}: ${overall[f.overall as string]?.[0](f).replace(/^O/, 'o')}`;
const briefKorean = (f: Facts) =>
  `${f.model} ${kinds[f.kind as string]?.[1]}의 결과: ${overall[f.overall as string]?.[1](f)}`;

const only = (message: string) => ({ message, remedy: '' });

export const sharingMessages = {
  'sharing.verdict': { en: (f) => only(verdict(f)), ko: (f) => only(verdictKorean(f)) },
  'sharing.brief': { en: (f) => only(brief(f)), ko: (f) => only(briefKorean(f)) },
  'sharing.one-target': {
    en: (f) => ({
      message: `Sharing (${f.sharing}) is between several targets, and "${f.target}" is the only one.`,
      remedy: 'Name further targets (--target A,B, or other files by --with), or choose none for "sharing".',
      inWindow: 'Choose further targets or add a file, or choose “One head”.',
    }),
    ko: (f) => ({
      message: `공유(${f.sharing})는 여러 대상 사이에서 이루어지는데 대상이 "${f.target}" 하나뿐입니다.`,
      remedy: '대상을 더 지정하거나(--target A,B 또는 --with 파일) "sharing"에 none을 지정하세요.',
      inWindow: '대상을 더 고르거나 파일을 추가하세요. 아니면 “출력층 하나”를 선택하세요.',
    }),
  },
  'sharing.task': {
    en: (f) => ({
      message: `Targets that share have heads that give all steps at once, and task ${f.task} makes its answer otherwise.`,
      remedy: 'Choose task many-to-one or many-to-many, or none for "sharing".',
    }),
    ko: (f) => ({
      message: `공유하는 대상은 모든 시점을 한 번에 예측하는데 ${f.task} 작업은 그렇게 예측하지 않습니다.`,
      remedy: 'many-to-one 또는 many-to-many 작업을 선택하거나 "sharing"에 none을 지정하세요.',
    }),
  },
  'sharing.option': {
    en: (f) => ({
      message: `A ${f.sharing} layer does not take ${f.value} for option "${f.option}".`,
      remedy: `Choose ${f.without} for "${f.option}", or another sharing.`,
    }),
    ko: (f) => ({
      message: `${f.sharing} 공유에서는 "${f.option}" 옵션에 ${f.value}을(를) 쓸 수 없습니다.`,
      remedy: `"${f.option}"에 ${f.without}을(를) 지정하거나 다른 공유 방식을 선택하세요.`,
    }),
  },
  'sharing.training': {
    en: () => ({
      message: 'Alternating training is of targets that share; without sharing one head learns all of them at once.',
      remedy: 'Choose uniform, coupled or shared for "sharing", or joint for "training".',
    }),
    ko: () => ({
      message: '교대 학습은 공유하는 대상에만 쓰입니다. 공유하지 않으면 출력층 하나가 모든 대상을 함께 학습합니다.',
      remedy: '"sharing"에 uniform, coupled, shared 중 하나를 지정하거나 "training"에 joint를 지정하세요.',
    }),
  },
} satisfies Record<string, Entry>;
