import type { Messages } from '../en';

export const sharing: Pick<Messages, 'sharing'> = {
  sharing: {
    label: '공유',
    targets: (names) => `대상: ${names}`,
    kinds: { none: '출력층 하나', uniform: '균일 계층', coupled: '결합 계층', shared: '공유 계층' },
    what: {
      none: '신경망 하나가 모든 대상을 읽고 출력층 하나가 예측합니다.',
      uniform: '계층 하나를 함께 씁니다. 대상마다 같은 가중치를 거쳐 저마다의 출력층으로 갑니다.',
      coupled: '대상마다 계층이 있고, 다른 계층의 직전 상태를 게이트로 읽습니다.',
      shared: '대상마다 계층이 있고, 모든 대상을 양방향으로 읽는 공통 계층을 함께 읽습니다.',
    },
    training: '학습 방식',
    ways: { joint: '함께', alternating: '번갈아' },
    beside: '공유가 도움이 되는지 보기 위해 대상마다 같은 예산의 단독 모델도 학습합니다.',
    addFile: '파일 추가…',
    addFileWhat: '다른 시계열을 대상으로 더합니다. 두 파일에 함께 있는 날짜의 행이 한 표가 됩니다.',
    alone: (model) => `${model} 단독`,
  },
};
