/** The terms that are explained where they stand; words are in the messages. */
export const termNames = [
  'target',
  'task',
  'curve',
  'lookback',
  'horizon',
  'hidden',
  'hiddenState',
  'layers',
  'dropout',
  'segment',
  'attention',
  'sampling',
  'epochs',
  'patience',
  'batch',
  'lr',
  'schedule',
  'optimizer',
  'clip',
  'tbptt',
  'loss',
  'classWeights',
  'transform',
  'scale',
  'season',
  'seeds',
  'naive',
  'seasonalNaive',
  'mae',
  'rmse',
  'mase',
  'skill',
  'coverage',
  'direction',
  'accuracy',
  'balanced',
  'macroF1',
  'crossEntropy',
  'classSkill',
  'verdict',
  'lag',
  'leak',
] as const;
export type TermName = (typeof termNames)[number];

/** A term that is being explained, beside what bears it. */
export interface Explained {
  term: TermName;
  anchor: HTMLElement;
  /** Where the focus goes back to. */
  from: HTMLElement | null;
  /** Whether the focus goes to the explanation: not where the pointer only passes by. */
  focus: boolean;
}

export const isTerm = (name: string | undefined): name is TermName => termNames.some((known) => known === name);

/** What is explained for the element with the focus: its own term, or that of the row it stands in. */
export function termAt(element: Element | null): Explained | null {
  const anchor = element?.closest<HTMLElement>('[data-term]');
  const term = anchor?.dataset.term;
  return anchor && isTerm(term) ? { term, anchor, from: element as HTMLElement, focus: true } : null;
}
