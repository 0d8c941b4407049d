import type { Language } from '../../core/errors';
import { modelName } from '../../core/forecast/compare/differing';
import { languageNames } from '../messages';
import { type Bench, views } from './bench.svelte';
import { lessonNames } from './learn.svelte';
import type { Workspace } from './workspace.svelte';

/** Something the window can do, as the palette offers it. */
export interface Command {
  id: string;
  group: string;
  label: string;
  /** The key that does the same. */
  keys?: string;
  run(): void;
}

/** All that can be done now: what cannot is not offered. */
export function commandsFor(workspace: Workspace, bench: Bench): Command[] {
  const { t } = workspace;
  return [
    ...doing(workspace),
    ...looking(workspace, bench),
    ...(['training', 'models', 'runs'] as const).map((tab) => ({
      id: `tab-${tab}`,
      group: t.drawer.label,
      label: t.drawer[tab],
      run: () => workspace.turnTo(tab),
    })),
    ...workspace.runs.slice(0, 50).map((run) => ({
      id: `run-${run.id}`,
      group: t.drawer.runs,
      label: `${modelName(run)}, ${run.dataset.file}, ${workspace.format.instant(run.created)}`,
      run: () => void workspace.show(run),
    })),
    ...helping(workspace, bench),
    ...learning(workspace, bench),
    ...preferring(workspace),
  ];
}

function doing(workspace: Workspace): Command[] {
  const { t, host, live, paused } = workspace;
  const group = t.commands.doing;
  const commands: Command[] = (host?.examples ?? []).map(({ name, title }) => ({
    id: `example-${name}`,
    group,
    label: t.commands.openExample(t.files.titles[name] ?? title),
    run: () => void workspace.files.open({ kind: 'example', name }),
  }));
  for (const { id, name } of workspace.files.recents.filter(({ here, example }) => here && example === null))
    commands.push({
      id: `recent-${id}`,
      group,
      label: t.commands.openRecent(name),
      run: () => void workspace.files.open({ kind: 'recent', id }),
    });
  if (workspace.lab.chooseFile)
    commands.unshift({ id: 'open', group, label: t.data.open, run: () => void workspace.files.choose() });
  if (workspace.canTrain)
    commands.push({ id: 'train', group, label: t.experiment.train, keys: 'Enter', run: () => void workspace.train() });
  if (live.length > 0) {
    const hold = paused ? () => workspace.resume() : () => workspace.pause();
    const label = paused ? t.training.resume : t.training.pause;
    commands.push({ id: 'pause', group, label, keys: t.commands.space, run: () => void hold() });
    commands.push({ id: 'stop', group, label: t.training.stop, run: () => void workspace.stop() });
  }
  if (Object.keys(workspace.chosen).length > 0)
    commands.push({ id: 'reset', group, label: t.experiment.resetAll, run: () => void workspace.reset() });
  return commands;
}

function looking(workspace: Workspace, bench: Bench): Command[] {
  const { t, dataset, series } = workspace;
  if (!dataset) return [];
  const group = t.chart.region;
  const shown = views
    .filter((view) => view !== 'returns' || bench.canReturn)
    .map((view) => ({
      id: `view-${view}`,
      group,
      label: t.chart.views[view],
      run: () => {
        bench.view = view;
      },
    }));
  const targets = dataset.inspection.columns.filter(({ kind }) => kind === 'number');
  return [
    ...shown,
    { id: 'all', group, label: t.commands.showAll, keys: '0', run: () => series.look(null) },
    { id: 'test', group, label: t.commands.showTest, run: () => series.preset({ kind: 'test' }) },
    ...targets.map(({ name }) => ({
      id: `target-${name}`,
      group: t.experiment.target,
      label: `${t.experiment.target}: ${name}`,
      run: () => void workspace.choose({ target: name, inputs: [] }),
    })),
  ];
}

/** What explains the window. */
function helping({ t }: Workspace, bench: Bench): Command[] {
  const open = (sheet: 'shortcuts' | 'glossary') => () => {
    bench.sheet = sheet;
  };
  const group = t.commands.helping;
  return [
    { id: 'glossary', group, label: t.terms.title, keys: 'F1', run: open('glossary') },
    { id: 'shortcuts', group, label: t.shortcuts.title, keys: '?', run: open('shortcuts') },
  ];
}

function learning({ t }: Workspace, { learn }: Bench): Command[] {
  const group = t.learn.title;
  const away = { id: 'bench', group, label: t.learn.back, keys: 'L', run: () => learn.leave() };
  const lessons = lessonNames.map((name, i) => ({
    id: `lesson-${name}`,
    group,
    label: `${i + 1} ${t.lessons[name].name}`,
    run: () => learn.show(name),
  }));
  return learn.open ? [away, ...lessons] : lessons;
}

function preferring(workspace: Workspace): Command[] {
  const { t, preferences } = workspace;
  const group = t.commands.preferring;
  const themes = (['auto', 'light', 'dark'] as const).map((theme) => ({
    id: `theme-${theme}`,
    group,
    label: t.app.theme[theme],
    run: () => {
      preferences.theme = theme;
    },
  }));
  const languages = (Object.keys(languageNames) as Language[]).map((language) => ({
    id: `language-${language}`,
    group,
    label: `${t.app.language}: ${languageNames[language]}`,
    run: () => {
      preferences.language = language;
    },
  }));
  return [...themes, ...languages];
}
