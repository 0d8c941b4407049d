import { readFile } from 'node:fs/promises';
import { extname, join, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The window's files, as every host serves them: from one folder, under one strict policy. */
export interface PageFile {
  status: 200 | 404;
  headers: Record<string, string>;
  body: Uint8Array<ArrayBuffer>;
}

const folder = fileURLToPath(new URL('../renderer', import.meta.url));
const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
};

/** Nothing from elsewhere, no inline code, no frames; style attributes are what Svelte's templates need. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "style-src-attr 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

export const guardHeaders: Record<string, string> = {
  'Content-Security-Policy': policy,
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), geolocation=(), microphone=()',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'Cache-Control': 'no-store',
};

/** `pathname` as it stands in the address. Whatever leads out of the folder is not found. */
export async function pageFile(pathname: string, root: string = folder): Promise<PageFile> {
  const path = pathOf(pathname, root);
  const body = path && (await readFile(path).catch(() => null));
  if (!path || !body) return { status: 404, headers: guardHeaders, body: new TextEncoder().encode('not found') };
  const type = types[extname(path)] ?? 'application/octet-stream';
  return { status: 200, headers: { ...guardHeaders, 'Content-Type': type }, body: new Uint8Array(body) };
}

function pathOf(pathname: string, root: string): string | null {
  try {
    const wanted = decodeURIComponent(pathname);
    const path = resolve(root, join('.', wanted === '/' ? 'index.html' : wanted));
    return path.startsWith(resolve(root) + sep) && !wanted.includes('\0') ? path : null;
  } catch {
    return null;
  }
}
