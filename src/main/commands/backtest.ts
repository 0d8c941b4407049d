import { summaryOfBacktest } from '../documents';
import { figure, table } from '../terminal';
import { print, printJson } from './context';
import { joined } from './joined';
import { numberOf, type Texts } from './options';
import { orderOf, type Performed, perform } from './perform';

const defaultFolds = 5;

/** `unroll backtest FILE`: rolling origin, each fold judged on rows after those it has seen. Nothing is stored. */
export async function backtest(file: string, texts: Texts): Promise<number> {
  const { folds = String(defaultFolds), refit = false, ...others } = texts;
  const whole = await joined(file, others);
  const order = {
    ...orderOf(whole.file, whole.texts),
    backtest: { folds: numberOf(folds) as number, refit: refit === true },
  };
  if (texts.project !== undefined && texts.quiet !== true)
    process.stderr.write(`A backtest keeps no runs: nothing is stored in ${texts.project}.\n`);
  return perform(order, texts, async (done) => {
    if (done.backtests.length === 0) return false;
    if (texts.json) printJson(summaryOfBacktest(done));
    else print(inWords(done));
    return true;
  });
}

function inWords({ backtests }: Performed): string {
  const pooled = [...backtests.map(({ cell, metrics }) => ({ name: cell, metrics })), ...backtests[0]!.baselines];
  const scores = pooled.map(({ name, metrics: { test } }) => [
    name,
    ...[test.mae, test.rmse, test.mase, test.skill].map(figure),
  ]);
  const over = backtests.map(({ cell, overFolds: { mae, skill } }) => [
    cell,
    `${figure(mae.mean)} ± ${figure(mae.deviation)}`,
    `${figure(skill.mean)} ± ${figure(skill.deviation)}`,
  ]);
  const folds = backtests[0]!.folds.map(({ split: { test }, trained }, i) => [
    String(i + 1),
    test.start ?? '–',
    test.end ?? '–',
    trained ? 'trained' : 'as before',
    ...backtests.map((run) => figure(run.folds[i]!.metrics.test.mae)),
  ]);
  return [
    'All test windows of all folds:',
    table(['model', 'MAE', 'RMSE', 'MASE', 'skill'], scores),
    '',
    'Mean and standard deviation over folds:',
    table(['model', 'MAE', 'skill'], over),
    '',
    'MAE by fold:',
    table(['fold', 'from', 'to', 'model', ...backtests.map(({ cell }) => cell)], folds),
  ].join('\n');
}
