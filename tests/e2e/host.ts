import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { _electron, test as base, type ElectronApplication, type Page } from '@playwright/test';
import { missingDisplay } from '../../src/main/desktop';

/**
 * The window on whichever host is there: Electron where its program and a display are, else a browser over loopback.
 * Specs are the same for both; what differs is here. Each test has a host and a project of its own.
 */
export interface Host {
  kind: 'electron' | 'browser';
  page: Page;
  /** Folder of the runs, empty at first. */
  project: string;
  /** Everything that went wrong in the page: console errors and uncaught exceptions. */
  errors: string[];
  /** Presses "Open CSV" and chooses a file there. */
  openCsv(path: string): Promise<void>;
  /** Ends the training process from outside, as the system would. */
  killTrainer(): Promise<void>;
  /** Shows the window anew, as after a reload. */
  reload(): Promise<void>;
  /** Ends the host and starts another over the same project; gives its window. */
  restart(): Promise<Page>;
}

const root = fileURLToPath(new URL('../..', import.meta.url));
const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];

export const test = base.extend<{ host: Host }>({
  host: async ({ page, viewport }, use) => {
    const project = await mkdtemp(join(tmpdir(), 'unroll-e2e-'));
    const program = await electronProgram();
    try {
      if (program) await inElectron(program, project, viewport, use);
      else await inBrowser(page, project, use);
    } finally {
      await rm(project, { recursive: true, force: true, maxRetries: 5 });
    }
  },
});
export { expect } from '@playwright/test';

/** Electron's program, or null. It is not fetched here, and without a display it is of no use. */
async function electronProgram(): Promise<string | null> {
  if ((await missingDisplay()) !== null) return null;
  const scripts: { electronBinary(): string | null } = await import(
    pathToFileURL(join(root, 'scripts/electron.mjs')).href
  );
  return scripts.electronBinary();
}

function watch(page: Page, errors: string[] = []): string[] {
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  page.on('pageerror', (error) => errors.push(String(error)));
  return errors;
}

async function inBrowser(page: Page, project: string, use: (host: Host) => Promise<void>): Promise<void> {
  const start = () =>
    spawn(process.execPath, ['out/main/cli.js', 'serve', '--no-open', '--project', project], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
  const end = async (host: ChildProcess) => {
    if (host.exitCode !== null || host.signalCode !== null) return;
    const gone = new Promise((resolve) => host.once('exit', resolve));
    host.kill('SIGTERM');
    await gone;
  };
  let server = start();
  try {
    const errors = watch(page);
    await page.goto(await firstLine(server));
    await use({
      kind: 'browser',
      page,
      project,
      errors,
      async openCsv(path) {
        const chooser = page.waitForEvent('filechooser');
        await page.getByRole('button', { name: 'Open CSV' }).first().click();
        await (await chooser).setFiles(path);
      },
      killTrainer: async () => void process.kill(await trainerOf(server.pid!), 'SIGKILL'),
      reload: async () => void (await page.reload()),
      async restart() {
        // a page whose host ends under it says so in the console
        await page.goto('about:blank');
        await end(server);
        server = start();
        await page.goto(await firstLine(server));
        return page;
      },
    });
  } finally {
    await end(server);
  }
}

function firstLine(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    child.stdout!.on('data', (chunk) => {
      text += chunk;
      if (text.includes('\n')) resolve(text.split('\n')[0]!);
    });
    child.once('exit', (status) => reject(new Error(`the host ended with ${status}`)));
  });
}

/** The process of that parent that runs the trainer, by the system's own books. */
async function trainerOf(parent: number): Promise<number> {
  for (const entry of await readdir('/proc')) {
    const stat = /^\d+$/.test(entry) && (await readFile(`/proc/${entry}/stat`, 'utf8').catch(() => null));
    if (!stat || Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]) !== parent) continue;
    if ((await readFile(`/proc/${entry}/cmdline`, 'utf8')).includes('trainer.js')) return Number(entry);
  }
  throw new Error('there is no trainer process');
}

async function inElectron(
  executablePath: string,
  project: string,
  viewport: { width: number; height: number } | null,
  use: (host: Host) => Promise<void>,
): Promise<void> {
  const env = { ...process.env, UNROLL_PROJECT: project } as Record<string, string>;
  const profile = await mkdtemp(join(tmpdir(), 'unroll-profile-'));
  const args = [root, ...asRoot, `--user-data-dir=${profile}`];
  let app: ElectronApplication;
  let page: Page;
  const errors: string[] = [];
  const start = async () => {
    app = await _electron.launch({ executablePath, args, env });
    page = await app.firstWindow();
    if (viewport) await page.setViewportSize(viewport);
    watch(page, errors);
    return page;
  };
  await start();
  try {
    await use({
      kind: 'electron',
      page: page!,
      project,
      errors,
      async openCsv(path) {
        await app.evaluate(({ dialog }, chosen) => {
          dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] });
        }, path);
        await page.getByRole('button', { name: 'Open CSV' }).first().click();
      },
      killTrainer: async () => {
        const pid = await app.evaluate(
          ({ app }) =>
            app.getAppMetrics().find(({ name, serviceName }) => /trainer/.test(`${name}${serviceName}`))?.pid,
        );
        if (pid === undefined) throw new Error('there is no trainer process');
        process.kill(pid, 'SIGKILL');
      },
      reload: async () => void (await page.reload()),
      async restart() {
        await app.close();
        return start();
      },
    });
  } finally {
    await app!.close();
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}
