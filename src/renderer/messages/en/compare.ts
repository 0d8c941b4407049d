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
    caption: (several: boolean, differing: boolean) =>
      [
        `On the test part; bold is the best${several ? ', ± the standard deviation over seeds' : ''}.`,
        ...(differing ? ['Below: settings that differ.'] : []),
      ].join(' '),
  },
};
