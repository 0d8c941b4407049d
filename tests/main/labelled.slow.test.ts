import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { built } from './built';

/** Tagging and classification on the command line: trained, judged, kept, repeated, applied, handed over. */
let folder = '';
const at = (name: string) => join(folder, name);
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'unroll-labelled-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function unroll(...given: string[]): Promise<{ status: number | null; stdout: string; stderr: string }> {
  const child = spawn(process.execPath, [built('cli.js'), ...given], { stdio: ['ignore', 'pipe', 'pipe'] });
  const said = { stdout: '', stderr: '' };
  child.stdout.on('data', (text) => (said.stdout += text));
  child.stderr.on('data', (text) => (said.stderr += text));
  return new Promise((resolve) => child.once('close', (status) => resolve({ status, ...said })));
}
async function answer(...given: string[]) {
  const { status, stdout, stderr } = await unroll(...given, '--json', '--quiet', '--project', at('project'));
  expect(status, stderr).toBe(0);
  return JSON.parse(stdout);
}
const quick = ['--epochs', '3', '--hidden', '16', '--models', 'gru'];

describe('tag', () => {
  test('trains, is kept, repeats itself and tags new sentences', async () => {
    const told = await answer('tag', 'example:sentences', ...quick);
    expect(told).toMatchObject({ task: 'tagging', split: { train: 1600, validation: 200, test: 200 } });
    const [model] = told.models;
    const wordTag = told.baselines.find(({ name }: { name: string }) => name === 'word-tag');
    expect(model.metrics.test.n).toBe(wordTag.metrics.test.n);
    expect(model.metrics.test.accuracy).toBeGreaterThan(wordTag.metrics.test.accuracy);
    expect(told.verdict).toMatchObject({ best: 'gru', beatsBaselines: true });

    const listed = await answer('runs');
    expect(listed.texts).toMatchObject([
      { run: model.run, kind: 'tagging', metrics: { test: { n: model.metrics.test.n } } },
    ]);
    expect((await answer('show', 'latest')).models[0]).toEqual(model);
    expect((await answer('rerun', model.run)).rerun).toEqual({ of: model.run, same: true });

    await writeFile(at('new.txt'), 'they walk .\nthe walk can wait .\n');
    const plain = await answer('predict', model.run, at('new.txt'));
    expect(plain.metrics).toBeNull();
    expect(plain.texts.map(({ tokens, tags }: Record<string, string[]>) => [tokens!.length, tags!.length])).toEqual([
      [3, 3],
      [5, 5],
    ]);
    expect(plain.texts[0].tags).toEqual(['PRON', 'VERB', 'PUNCT']);
    await writeFile(at('scored.tsv'), 'they\tPRON\nwalk\tVERB\n.\tPUNCT\n\nwe\tPRON\ntalk\tNOUN\n.\tPUNCT\n');
    const scored = await answer('predict', model.run, at('scored.tsv'));
    expect(scored.metrics).toMatchObject({ n: 6, texts: 2, wholly: 0.5 });
  });
});

describe('classify', () => {
  test('trains, beats the bag of words, classifies new texts and goes along in a project', async () => {
    const told = await answer('classify', 'example:reviews', ...quick, '--epochs', '10', '--class-weights', 'balanced');
    const [model] = told.models;
    const bag = told.baselines.find(({ name }: { name: string }) => name === 'naive-bayes');
    expect(bag.metrics.test.accuracy).toBeLessThan(0.7);
    expect(model.metrics.test.accuracy).toBeGreaterThan(0.8);
    await writeFile(
      at('new.csv'),
      'review,sentiment\nthe soup was good,positive\n"the soup was not good, we found",negative\n',
    );
    const scored = await answer('predict', model.run, at('new.csv'));
    expect(scored.metrics.n).toBe(2);
    // what was taken along needs no project
    for (const format of ['onnx', 'safetensors', 'html']) {
      const [file, project] = [at(`taken.${format}`), ['--project', at('project')]];
      expect((await unroll('export', model.run, '--format', format, '--out', file, ...project)).status).toBe(0);
      const taken = await unroll('predict', file, at('new.csv'), '--json', '--project', at('nothing'));
      expect(JSON.parse(taken.stdout), format).toMatchObject({ texts: scored.texts, metrics: scored.metrics });
    }
    const [first] = scored.texts;
    expect(first.label).toBe('positive');
    expect(first.probabilities.positive + first.probabilities.negative).toBeCloseTo(1, 6);
    expect((await unroll('project', 'pack', '--out', at('all.zip'), '--project', at('project'))).status).toBe(0);
    const { status } = await unroll('project', 'open', at('all.zip'), '--project', at('other'));
    expect(status).toBe(0);
    const record = async (project: string) =>
      JSON.parse(await readFile(join(at(project), 'runs', model.run, 'run.json'), 'utf8'));
    expect((await record('other')).metrics).toEqual((await record('project')).metrics);
  });
});

describe('what cannot be used', () => {
  test.each<[string, string, string, string]>([
    ['tag', 'labels.one-column', 'a.tsv', 'the\tD\ndog\na\tD\ncat\tN\nthe\tD\ncow\tN\n\na\tD\ncow\tN\n'],
    ['tag', 'labels.no-blank-line', 'b.tsv', 'the\tD\ndog\tN\na\tD\ncat\tN\nthe\tD\ncow\tN\n'],
    ['tag', 'labels.one-class', 'c.tsv', 'the\tD\ndog\tD\n\na\tD\ncat\tD\n\nthe\tD\ncow\tD\n'],
    [
      'classify',
      'labels.one-class',
      'd.csv',
      'text,label\nsome words here,a\nother words there,a\nmore words again,a\n',
    ],
    ['classify', 'labels.too-few', 'e.csv', 'text,label\nsome words here,a\nother words there,b\n'],
    ['forecast', 'labels.other-kind', 'f.tsv', 'the D\ndog N\nsees V\n\na D\ncat N\nsees V\n\nthe D\ncow N\n'],
    [
      'tag',
      'labels.other-kind',
      'g.csv',
      `text,label\n${Array.from({ length: 9 }, (_, i) => `some words of ${i},${i % 2 ? 'a' : 'b'}`).join('\n')}\n`,
    ],
  ])('%s: %s', async (command, code, name, content) => {
    await writeFile(at(name), content);
    const { status, stdout, stderr } = await unroll(command, at(name), '--json', '--quiet', '--project', at('project'));
    expect(status).toBe(2);
    expect(stderr).toContain(name);
    expect(JSON.parse(stdout).error).toMatchObject({ code, remedy: expect.stringMatching(/\S/) });
  });
});
