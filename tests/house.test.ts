import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';

/** The rules of the house that the compiler cannot see. Each failure prints the rule, so that it can be kept or argued with. */
const root = fileURLToPath(new URL('..', import.meta.url));
const listed = execFileSync(
  'git',
  ['ls-files', '--cached', '--others', '--exclude-standard', 'src', 'tests', 'scripts'],
  {
    cwd: root,
    encoding: 'utf8',
  },
);
const files = listed.split('\n').filter((path) => /\.(ts|mjs|svelte)$/.test(path) && !path.includes('/fixtures/'));
const read = (path: string) => readFileSync(join(root, path), 'utf8');

/** The TypeScript of a file: all of it, or a component's script with its lines where they stand. */
function script(path: string): string {
  const text = read(path);
  if (!path.endsWith('.svelte')) return text;
  const found = /<script[^>]*>([\s\S]*?)<\/script>/.exec(text);
  return found ? text.slice(0, found.index).replace(/[^\n]/g, '') + found[1] : '';
}

interface Import {
  file: string;
  /** Path from the root for a file of the house, else the package's name. */
  to: string;
}
function importsOf(file: string): Import[] {
  return ts.preProcessFile(script(file), true, true).importedFiles.map(({ fileName }) => ({
    file,
    to: fileName.startsWith('.') ? relative(root, join(root, dirname(file), fileName)) : packageOf(fileName),
  }));
}
function packageOf(name: string): string {
  if (name.startsWith('node:')) return name;
  return name
    .split('/')
    .slice(0, name.startsWith('@') ? 2 : 1)
    .join('/');
}
const imports = files.filter((file) => file.startsWith('src/')).flatMap(importsOf);
const inHouse = (path: string) => path.startsWith('src/');

/** Packages that need no host: they run wherever JavaScript does. */
const hostFree = ['d3-array', 'd3-time', 'papaparse', 'zod', 'fflate', '@bufbuild/protobuf'];

const rules: { rule: string; broken: (i: Import) => boolean }[] = [
  {
    rule: 'core imports only core and host-free packages: what it needs of a host comes as a parameter',
    broken: ({ file, to }) =>
      file.startsWith('src/core/') && !(inHouse(to) ? to.startsWith('src/core/') : hostFree.includes(to)),
  },
  {
    rule: 'the kernels in AssemblyScript import nothing but each other: they are crossed by pointers, lengths and shapes',
    broken: ({ file, to }) =>
      file.startsWith('src/core/kernels/assembly/') && !to.startsWith('src/core/kernels/assembly/'),
  },
  {
    rule: 'only index.ts and preload.ts know electron',
    broken: ({ file, to }) => to === 'electron' && !['src/main/index.ts', 'src/main/preload.ts'].includes(file),
  },
  {
    rule: 'main does not import the window',
    broken: ({ file, to }) => file.startsWith('src/main/') && to.startsWith('src/renderer/'),
  },
  {
    rule: 'the trainer knows neither the Lab nor the store: it is told everything in its job',
    broken: ({ file, to }) => /src\/main\/trainer/.test(file) && /src\/main\/(lab|store)$/.test(to),
  },
  {
    rule: 'the window touches neither hosts nor Node nor the engine',
    broken: ({ file, to }) =>
      file.startsWith('src/renderer/') &&
      (to.startsWith('node:') ||
        to === 'electron' ||
        to.startsWith('src/main/') ||
        to.startsWith('src/core/learn/') ||
        to.startsWith('src/core/kernels/')),
  },
  {
    rule: 'the page that forecasts alone is made of core and its own files: it has no host',
    broken: ({ file, to }) =>
      file.startsWith('src/forecaster/') && !to.startsWith('src/forecaster/') && !to.startsWith('src/core/'),
  },
  {
    rule: 'chart.js and its plugins enter through parts/Chart.svelte alone',
    broken: ({ file, to }) =>
      /^chart(js|\.js)/.test(to) && !typesOnly(file, to) && file !== 'src/renderer/parts/Chart.svelte',
  },
];

/** Whether every import of `to` in `file` is of types, which leave nothing in the program. */
function typesOnly(file: string, to: string): boolean {
  const statements = script(file).match(new RegExp(`import[^;]*from '${to}[^']*'`, 'g')) ?? [];
  return statements.every((statement) => statement.startsWith('import type'));
}

/** The files of the house that must have run before this one can: imports of values, at its head. */
function neededBy(file: string): string[] {
  const heads = script(file).matchAll(/^(?:import|export)(?! type)\b[^;'"]*?from '(\.[^']+)';/gm);
  return [...heads].flatMap(([, name]) => {
    const to = relative(root, join(root, dirname(file), name!));
    return files.find((one) => [to, `${to}.ts`, `${to}/index.ts`].includes(one)) ?? [];
  });
}

describe('who may import whom', () => {
  test.each(rules)('$rule', ({ broken }) => {
    expect(imports.filter(broken).map(({ file, to }) => `${file} imports ${to}`)).toEqual([]);
  });

  test('no file needs itself by way of others', () => {
    const needs = new Map(files.filter((file) => file.startsWith('src/')).map((file) => [file, neededBy(file)]));
    const done = new Set<string>();
    const ring = (file: string, way: string[]): string[] | null => {
      if (way.includes(file)) return [...way.slice(way.indexOf(file)), file];
      if (done.has(file)) return null;
      for (const next of needs.get(file) ?? []) {
        const found = ring(next, [...way, file]);
        if (found) return found;
      }
      done.add(file);
      return null;
    };
    expect([...needs.keys()].map((file) => ring(file, [])).find(Boolean) ?? []).toEqual([]);
    expect(needs.get('src/core/nn/parameters.ts')).toContain('src/core/nn/model.ts');
  });

  test('the rules see the imports there are', () => {
    expect(imports).toContainEqual({ file: 'src/core/errors.ts', to: 'src/core/errors/data' });
    expect(imports.some(({ to }) => to === 'zod')).toBe(true);
  });
});

describe('small and whole', () => {
  test('no file is longer than 400 lines', () => {
    expect(files.filter((file) => read(file).split('\n').length > 401)).toEqual([]);
  });

  test('no view of the window is longer than 250 lines', () => {
    expect(files.filter((file) => file.endsWith('.svelte') && read(file).split('\n').length > 251)).toEqual([]);
  });

  test('no function of the program is longer than 70 lines', () => {
    const long: string[] = [];
    for (const file of files.filter((path) => path.startsWith('src/'))) {
      const source = ts.createSourceFile(file, script(file), ts.ScriptTarget.Latest, true);
      const line = (position: number) => source.getLineAndCharacterOfPosition(position).line;
      const visit = (node: ts.Node): void => {
        if (ts.isFunctionLike(node) && 'body' in node && node.body) {
          const lines = line(node.getEnd()) - line(node.getStart(source)) + 1;
          if (lines > 70) long.push(`${file}:${line(node.getStart(source)) + 1} has ${lines} lines`);
        }
        ts.forEachChild(node, visit);
      };
      visit(source);
    }
    expect(long).toEqual([]);
  });
});

describe('honest code', () => {
  const sources = files.filter((file) => file !== 'tests/house.test.ts');

  test('no test is skipped or singled out', () => {
    expect(sources.filter((file) => /\b(?:test|it|describe)\.(?:skip|only|todo|fixme)\b/.test(read(file)))).toEqual([]);
  });

  test('nothing silences the compiler outside the kernels, whose language is not quite TypeScript', () => {
    const hushed = /@ts-(?:ignore|nocheck|expect-error)|\bas any\b|: any\b/;
    expect(sources.filter((file) => !file.includes('/assembly/') && hushed.test(script(file)))).toEqual([]);
  });

  test('nothing is left for later in a comment', () => {
    expect(sources.filter((file) => /\b(?:TODO|FIXME|XXX)\b/.test(read(file)))).toEqual([]);
  });
});

test('every entry of the catalogue speaks both languages', async () => {
  const { catalogue } = await import('../src/core/errors');
  for (const [code, entry] of Object.entries(catalogue)) {
    for (const language of ['en', 'ko'] as const) {
      const { message } = entry[language](new Proxy({}, { get: () => 1 }));
      expect(message, `${code} in ${language}`).toMatch(/\S/);
    }
    expect(entry.ko({}).message, `${code} is written in Korean`).toMatch(/[가-힣]/);
  }
});
