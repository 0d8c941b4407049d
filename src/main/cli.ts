#!/usr/bin/env node
import { Command, CommanderError, Option } from 'commander';
import { asView, LabError } from '../core/errors';
import { exportFormats } from '../core/export/formats';
import { missingNames } from '../core/setting-names';
import { labelledOptions, labelledReading } from './commands/labelled-options';
import { readingOptions, settingsOptions, type Texts } from './commands/options';
import { print, printJson } from './commands/print';
import { faultStatus, statusOf } from './commands/status';
import { textOptions } from './commands/text-options';
import { bundledExamples } from './examples';
import { defaultProject } from './project';
import { version } from './version';

/**
 * The command line: everything the window does, through the same Lab. stdout is the answer, stderr is progress.
 */
const project = (what = 'folder of the runs') =>
  new Option('--project <DIR>', `${what} (default: ${defaultProject()})`);
const json = () => new Option('--json', 'one JSON document on stdout');
const fileArgument = 'a path, or example:NAME';
const quiet = () => new Option('--quiet', 'no progress on stderr');

let status = 0;
/**
 * A command as commander runs it; what it returns is the exit status. Its file, and with it what that needs, is loaded
 * when it is called: `--help` and `inspect` wait neither for the kernels nor for the writers of exports.
 */
const runs =
  <A extends unknown[]>(load: () => Promise<(...given: A) => number | Promise<number>>) =>
  async (...given: A) => {
    status = await (await load())(...given);
  };

function build(): Command {
  const program = new Command('unroll')
    .description('Time-series forecasting with recurrent networks, judged honestly.')
    .version(version)
    .exitOverride()
    .configureOutput({ writeErr: () => {} })
    .showHelpAfterError(false);
  const command = (usage: string, description: string) =>
    program.command(usage).description(description).addOption(json()).addOption(quiet());

  readingOptions(command('inspect', 'what was understood of a file').argument('<file>', fileArgument)).action(
    runs(async () => (await import('./commands/inspect')).inspect),
  );
  settingsOptions(
    readingOptions(
      command('forecast', 'train, judge on unseen rows, forecast past the end').argument('<file>', fileArgument),
    ),
  )
    .option('--refit', 'train once more on all rows before forecasting past the end')
    .option('--leak', 'also show what cheating would seem to reach')
    .option('--out <DIR>', 'also write predictions.csv, forecast.csv and forecast.json there')
    .addOption(project())
    .action(runs(async () => (await import('./commands/forecast')).forecast));
  settingsOptions(
    readingOptions(
      command('backtest', 'rolling origin: judged on one stretch of rows after another').argument(
        '<file>',
        fileArgument,
      ),
    ),
  )
    .option('--folds <N>', 'stretches the last half of the rows is cut into (default 5)')
    .option('--refit', 'train anew for each stretch')
    .addOption(project('where runs would be kept; a backtest keeps none'))
    .action(runs(async () => (await import('./commands/backtest')).backtest));
  command('runs', 'all runs of the project')
    .option('--starred', 'only those with a star')
    .addOption(project())
    .action(runs(async () => (await import('./commands/runs')).listRuns));
  command('show', 'everything one run left behind')
    .argument('<run>', 'as `unroll runs` names it')
    .addOption(project())
    .action(runs(async () => (await import('./commands/runs')).showRun));
  againCommands(command);
  shelfCommands(command);
  textCommands(command);
  takingCommands(program, command);
  insideCommand(command);
  command('bench', 'training steps and forecasts on this machine, beside the most its processor can do')
    .option('--grid <FILE>', 'shapes, as JSON: {"D", "cells", "shapes": [{"T", "B", "H", "layers", "V"}]}; V: a text')
    .option('--threads <LIST>', 'numbers of threads, such as 1,2 (default: one and all)')
    .addOption(new Option('--kernels <NAME>', 'default: the fastest here').choices(['relaxed', 'plain', 'reference']))
    .option('--memory', 'what a training of each shape would place in memory, without measuring')
    .action(runs(async () => (await import('./commands/bench')).benchCommand));
  command('examples', 'the bundled examples and their sources').action(async (texts: Texts) => {
    status = listExamples(texts);
  });
  program
    .command('serve')
    .description('the window in a browser, on this machine only')
    .option('--port <N>', 'port, 0 takes a free one', '0')
    .option('--no-open', 'only print the address')
    .addOption(project())
    .action(runs(async () => (await import('./commands/serve')).serve));
  return program;
}

/** What goes on inside a trained network. */
function insideCommand(command: (usage: string, description: string) => Command): void {
  command('inside', 'what a trained network does with one window: states, gates, gradients, attention')
    .argument('<run>', 'its id, the beginning of one, its name, or latest')
    .option('--at <TIME>', 'time of the last value read, or its row where the file has no dates (default: the last)')
    .option('--epoch <N>', 'whose weights, of the epochs that were kept (default: the best)')
    .option('--lookback <N>', 'steps read (default: as trained)')
    .option('--target <COLUMN>', 'of targets that share a network: whose forecast and loss (default: the first)')
    .option(
      '--text <TEXT>',
      'of a model of texts: what it reads, instead of its own text, of which --at is a character (of labelled texts: one of the first 20 of the test part, from 0)',
    )
    .option('--length <N>', 'of a language model: characters of its own text (default 300)')
    .addOption(project())
    .action(runs(async () => (await import('./commands/inside')).inside));
}

/** Runs once more, and further. */
function againCommands(command: (usage: string, description: string) => Command): void {
  command('rerun', 'the same file, settings and seed once more, and whether the numbers are the same')
    .argument('<run>', 'as `unroll runs` names it')
    .option('--file <FILE>', 'where the file is now')
    .addOption(project())
    .action(runs(async () => (await import('./commands/rerun')).rerun));
  command('resume', 'training that was stopped or interrupted goes on where it stood, as if it had never stopped')
    .argument('<runs...>', 'as `unroll runs` names them; an experiment’s name is all its stopped runs')
    .option('--epochs <N>', 'as many in all, where a run is to learn for longer than was asked')
    .option('--patience <N>', 'stop after N epochs without improvement, 0: never (default: as before)')
    .option('--file <FILE>', 'where the file is now')
    .addOption(project())
    .action(runs(async () => (await import('./commands/resume')).resume));
}

/** What is done with runs as they lie in the project. */
function shelfCommands(command: (usage: string, description: string) => Command): void {
  command('annotate', 'a name, a star and notes for a run')
    .argument('<run>', 'its id, the beginning of one, its name, or latest')
    .option('--name <TEXT>', 'what it is called; "" takes the name away')
    .option('--star', 'marks it')
    .option('--no-star', 'takes the mark away')
    .option('--notes <TEXT>', 'what is worth remembering of it')
    .addOption(project())
    .action(runs(async () => (await import('./commands/shelf')).annotate));
  command('delete', 'runs to the trash of the project')
    .argument('<runs...>', 'as `unroll runs` names them')
    .addOption(project())
    .action(runs(async () => (await import('./commands/shelf')).deleteRuns));
  command('restore', 'deleted runs back from the trash')
    .argument('<runs...>', 'as they were named')
    .addOption(project())
    .action(runs(async () => (await import('./commands/shelf')).restoreRuns));
}

/** Texts: language models, tags and classes. */
function textCommands(command: (usage: string, description: string) => Command): void {
  textOptions(command('train-text', 'a model of a text, character by character').argument('<file>', fileArgument))
    .addOption(project())
    .action(runs(async () => (await import('./commands/train-text')).trainText));
  const labelled = (usage: string, description: string, tagging: boolean) =>
    labelledOptions(
      labelledReading(command(usage, description).argument('<file>', fileArgument), tagging),
      tagging,
    ).addOption(project());
  labelled('tag', 'a tag for every word, learned from sentences of one word and tag a line', true).action(
    runs(async () => (await import('./commands/labelled')).tag),
  );
  labelled('classify', 'a label for every text, learned from a table of texts and labels', false).action(
    runs(async () => (await import('./commands/labelled')).classify),
  );
  command('sample', 'what a language model writes')
    .argument('<run>', 'its id, the beginning of one, its name, or latest')
    .option('--prime <TEXT>', 'how it begins (default: as the text it learned)')
    .option('--length <N>', 'characters to write (default 400)')
    .option('--temperature <X>', 'below 1 the likely becomes likelier, 0: only the likeliest (default 0.8)')
    .option('--seed <N>', 'of the drawing (default 1)')
    .option('--stop <TEXT>', 'ends where this would be written')
    .addOption(project())
    .action(runs(async () => (await import('./commands/sample')).sample));
}

/** Models that leave the lab, and what they do elsewhere. */
function takingCommands(program: Command, command: (usage: string, description: string) => Command): void {
  command('export', 'a run as a file to take away')
    .argument('<run>', 'its id, the beginning of one, its name, or latest')
    .addOption(new Option('--format <NAME>', 'what to write').choices(exportFormats).makeOptionMandatory())
    .requiredOption('--out <PATH>', 'a file, a .zip, or a folder')
    .addOption(project())
    .action(runs(async () => (await import('./commands/export')).exportCommand));
  readingOptions(
    command('predict', 'the forecast of a trained model on a new file: no training, no network')
      .argument('<model>', 'a .safetensors with its .json, or a run')
      .argument('<file>', fileArgument),
  )
    .option('--text <COL>', 'of a model of texts: column of the tokens or texts')
    .option('--label <COL>', 'of a model of texts: column of the tags or labels, to be scored against')
    .option('--column <COL=NAME...>', 'what the file calls a column of the model')
    .addOption(
      new Option('--missing <NAME>', 'what becomes of missing values among the last rows').choices(missingNames),
    )
    .option('--any-frequency', 'take the rows as they come, however far apart they are')
    .addOption(project())
    .action(runs(async () => (await import('./commands/predict')).predict));
  command('import', 'an exported model as a run of the project')
    .argument('<model>', 'a .safetensors with its .json, an .onnx or an .html')
    .addOption(project())
    .action(runs(async () => (await import('./commands/project')).importModel));
  const whole = program.command('project').description('a whole project as one file');
  const part = (usage: string, description: string) =>
    whole.command(usage).description(description).addOption(json()).addOption(quiet()).addOption(project());
  part('pack', 'all runs in one .zip, to hand over or to keep')
    .requiredOption('--out <FILE>', 'the .zip')
    .action(runs(async () => (await import('./commands/project')).pack));
  part('open', 'the runs of such a .zip, looked through before they are let in')
    .argument('<file>', 'the .zip')
    .action(runs(async () => (await import('./commands/project')).open));
}

function listExamples({ json: asJson }: Texts): number {
  const examples = bundledExamples.map(({ name, title, source, licence }) => ({ name, title, source, licence }));
  if (asJson) printJson({ version: 1, examples });
  else
    for (const { name, title, source, licence } of examples)
      print(`example:${name}  ${title}\n  ${source}, ${licence}`);
  return 0;
}

/** Says what went wrong where it is expected, and gives the exit status. */
function tell(thrown: unknown): number {
  if (thrown instanceof CommanderError) {
    if (thrown.exitCode === 0) return 0;
    const problem = thrown.message
      .replace(/^error: /, '')
      .replaceAll('\n', ' ')
      .replace(/\.?\s*$/, '');
    return tell(new LabError('host.usage', { problem: problem[0]!.toUpperCase() + problem.slice(1) }));
  }
  const { code, message, remedy, file, line } = asView(thrown);
  const place = [file, line === null ? null : `line ${line}`].filter((part) => part !== null).join(', ');
  process.stderr.write(`${place && !message.includes(file ?? '\0') ? `${place}: ` : ''}${message} ${remedy}`.trim());
  process.stderr.write('\n');
  const where = { ...(file !== null && { file }), ...(line !== null && { line }) };
  if (process.argv.includes('--json')) printJson({ error: { code, message, remedy, ...where } });
  if (thrown instanceof LabError) return statusOf(thrown.code);
  process.stderr.write(`${thrown instanceof Error ? thrown.stack : thrown}\n`);
  return faultStatus;
}

// a reader that went away (`| head`) is no fault
process.stdout.on('error', () => process.exit(status));
try {
  await build().parseAsync();
} catch (thrown) {
  status = tell(thrown);
}
process.exitCode = status;
