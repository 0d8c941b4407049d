import type { Settings } from '../../core/settings';
import type { Workspace } from './workspace.svelte';

/** The lessons in their order. */
export const lessonNames = [
  'cell',
  'steps',
  'activations',
  'vanishing',
  'truncation',
  'memory',
  'averages',
  'shapes',
  'feedback',
  'attention',
  'hello',
] as const;
export type LessonName = (typeof lessonNames)[number];

/** Which lesson is open, in place of the bench; what is on the bench stays as it is. */
export class Learn {
  open = $state(false);
  /** Kept while the bench is looked at. */
  lesson = $state<LessonName>('cell');

  constructor(private readonly workspace: Workspace) {}

  show(lesson: LessonName = this.lesson): void {
    this.lesson = lesson;
    this.open = true;
  }

  leave(): void {
    this.open = false;
  }

  move(by: 1 | -1): void {
    this.lesson = lessonNames[lessonNames.indexOf(this.lesson) + by] ?? this.lesson;
  }

  /** Experiments of a lesson's settings on the person's own series, one after another, seen on the bench. */
  async tryOn(experiments: Partial<Settings>[]): Promise<void> {
    this.leave();
    for (const settings of experiments) {
      await this.workspace.choose(settings);
      await this.workspace.train();
    }
  }
}
