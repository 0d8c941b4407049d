#!/usr/bin/env node
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
// The command line from a checkout: installs and builds where needed, saying so on stderr, then is the program itself.
import { ensureBuilt, ensureInstalled, root } from './ready.mjs';

ensureInstalled();
ensureBuilt();
await import(pathToFileURL(join(root, 'out/main/cli.js')).href);
