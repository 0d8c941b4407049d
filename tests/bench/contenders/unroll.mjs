// Unroll itself, through its command line.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('../../../scripts/unroll.mjs', import.meta.url));
const grid = join(mkdtempSync(join(tmpdir(), 'unroll-bench-')), 'grid.json');
for await (const line of createInterface({ input: process.stdin })) {
  const { task, cell, layers, T, B, D, H, V, threads } = JSON.parse(line);
  writeFileSync(grid, JSON.stringify({ D, cells: [cell], shapes: [{ T, B, H, V, layers }] }));
  const answer = execFileSync(
    process.execPath,
    [program, 'bench', '--json', '--quiet', '--grid', grid, '--threads', String(threads)],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const { rows } = JSON.parse(answer.toString());
  process.stdout.write(`${JSON.stringify({ ms: rows.find((row) => row.task === task).ms })}\n`);
}
