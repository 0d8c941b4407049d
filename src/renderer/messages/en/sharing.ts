export const sharing = {
  sharing: {
    label: 'Sharing',
    targets: (names: string) => `between ${names}`,
    kinds: { none: 'One head', uniform: 'Uniform layer', coupled: 'Coupled layers', shared: 'Shared layer' },
    what: {
      none: 'One network reads all targets and one head forecasts them.',
      uniform: 'One layer for all: each target goes through the same weights, with a head of its own.',
      coupled: 'A layer each, which reads the others’ last states through gates.',
      shared: 'A layer each, beside a common one that reads all of them in both directions.',
    },
    training: 'Tasks learned',
    ways: { joint: 'Together', alternating: 'By turns' },
    beside: 'Each target is also trained alone with the same budget, to see whether sharing helps.',
    addFile: 'Add a file…',
    addFileWhat: 'Another series as a further target: the rows whose dates stand in both files become one table.',
    alone: (model: string) => `${model} alone`,
  },
};
