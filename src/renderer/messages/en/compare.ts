export const compare = {
  compare: {
    title: 'Comparison',
    report: 'Save report',
    close: 'Close',
    waiting: 'Comparing…',
    seconds: 'Training time',
    speed: 'Windows/s',
    bestEpoch: 'Best epoch',
    seeds: (n: number, seeds: string) => (n === 1 ? `seed ${seeds}` : `seeds ${seeds}`),
    caption: 'On the test part; ± is the standard deviation over seeds, bold the best. Below: settings that differ.',
  },
};
