// What the compiled floor gives; the meaning of each is told in ../index.ts, its twin stands in ../reference.

export { crossEntropy } from './classes';
export { attend, attendBack, scoresAdditive, scoresAdditiveBack, scoresDot, scoresDotBack } from './attention';
export { feedDecoder, tanhBack, tanhRows, toRows } from './decoder';
export { enter, enterBack } from './dropout';
export { gateIn, gateInBack } from './gate';
export { outerNarrow, outerPanel, weightGradient } from './gradient';
export { gruBackward, gruForward, gruGates, gruGatesBack } from './gru';
export { loss } from './loss';
export { lstmBackward, lstmForward, lstmGates, lstmGatesBack } from './lstm';
export { adam, rmsprop, sgd, sumSquares } from './optimizer';
export { addPanels, packColumns, packRows, sumSlices, unpackRows } from './panels';
export { fma } from './peak';
export { panel, product } from './product';
export { pinball } from './quantile';
export { rnnBackward, rnnForward, rnnGates, rnnGatesBack } from './rnn';
export { rnnAfterBackward, rnnAfterForward, rnnAfterPass, rnnAfterSum } from './rnn-after';
export { foldGroups, foldRows, gatherSegments, joinSegments, reluBack, reluRows, splitSegments } from './segment';
export { embed, embedBack, labelSteps, lookUp, lookUpBack } from './tokens';
export { clear, clearRows, emit, feedBack, gather, gatherColumns, gatherTargets, shiftTargets } from './window';
