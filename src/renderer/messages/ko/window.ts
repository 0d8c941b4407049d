import type { Messages } from '../en';

export const window: Pick<Messages, 'app' | 'commands' | 'shortcuts' | 'empty' | 'drawer'> = {
  app: {
    title: 'Unroll',
    connectionLost: '연결이 끊겨 다시 연결하는 중…',
    language: '언어',
    theme: { auto: '테마: 시스템 설정', light: '테마: 밝게', dark: '테마: 어둡게' },
    resizeLeft: '왼쪽 패널 너비',
    resizeBottom: '아래쪽 패널 높이',
    dropHere: 'CSV를 놓으면 바로 엽니다',
    dismiss: '닫기',
  },
  commands: {
    title: '명령 검색',
    button: '검색',
    placeholder: '할 일이나 보고 싶은 실행을 입력하세요',
    nothing: '찾는 항목이 없습니다',
    doing: '작업',
    preferring: '환경설정',
    space: '스페이스',
    openExample: (title) => `예제 열기: ${title}`,
    showAll: '전체 시계열 보기',
    showTest: '시험 구간 보기',
  },
  shortcuts: {
    title: '단축키',
    list: [
      ['Ctrl K, ⌘ K', '명령과 실행 검색'],
      ['Enter', '학습'],
      ['Space', '일시정지, 계속'],
      ['← →', '차트에서 기준선 이동'],
      ['+ −', '차트에서 확대, 축소'],
      ['0', '차트에서 전체 시계열'],
      ['Esc', '닫기'],
      ['?', '이 목록'],
    ],
  },
  empty: {
    title: '한 행이 한 시점인 CSV를 여세요',
    body: '날짜 열 하나와 숫자 열 하나면 충분합니다. 주가, 매출, 기온, 센서 값 모두 좋습니다. 파일을 이 창 어디에나 끌어다 놓으세요.',
    orExample: '또는 함께 제공되는 예제로 시작하세요',
    source: (source, licence) => `출처: ${source} (${licence})`,
    next: '그다음 학습을 누르면 RNN과 LSTM이 시계열을 배우고, “내일은 오늘과 같다”는 예측과 견주어 평가받습니다.',
    local: '모든 데이터는 이 컴퓨터에만 머무릅니다.',
  },
  drawer: { label: '결과', training: '학습 과정', models: '모델 비교', runs: '실행 기록' },
};
