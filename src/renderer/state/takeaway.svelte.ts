import type { LabErrorView, Language } from '../../core/errors';
import type { ExportFormat } from '../../core/export/formats';
import type { DataSource, LabBridge, Output, TakenFile } from '../../core/protocol';
import { save } from './taking';

type Attempt = <T>(work: Promise<T>) => Promise<T | undefined>;

/** Files that are models or projects, not data. */
export const isTakenFile = (name: string): boolean => /\.(zip|html?|onnx)$/i.test(name);

/** Models and projects on their way out of the lab and into it. */
export class Takeaway {
  /** While a file is being made. */
  busy = $state(false);
  /** The last file that was saved. */
  saved = $state.raw<Pick<TakenFile, 'name' | 'checked'> | null>(null);

  constructor(
    private readonly lab: LabBridge,
    private readonly attempt: Attempt,
    private readonly refuse: (error: LabErrorView) => void,
  ) {}

  async model(run: string, format: ExportFormat): Promise<void> {
    await this.take(this.lab.call('run.export', { run, format }));
  }

  /** Runs side by side as one HTML file. */
  async report(runs: string[], language: Language, target?: string): Promise<void> {
    await this.take(this.lab.call('run.report', { runs, language, ...(target && { target }) }));
  }

  async project(): Promise<void> {
    await this.take(this.lab.call('project.pack', {}));
  }

  private async take(asked: Promise<TakenFile>): Promise<void> {
    this.busy = true;
    this.saved = null;
    const file = await this.attempt(asked);
    this.busy = false;
    if (!file) return;
    const bytes = Uint8Array.from(atob(file.base64), (letter) => letter.charCodeAt(0));
    save(file.name, new Blob([bytes], { type: file.type }));
    this.saved = { name: file.name, checked: file.checked };
  }

  /** Gives what came of it; what could not be taken in is said. */
  async bring(source: DataSource): Promise<Output<'project.bring'> | undefined> {
    const answer = await this.attempt(this.lab.call('project.bring', { source }));
    const [first] = answer?.refused ?? [];
    if (first) this.refuse(first);
    return answer;
  }
}
