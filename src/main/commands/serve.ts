import { LabError } from '../../core/errors';
import { openBrowser } from '../desktop';
import { serve as startServing } from '../serve';
import { openLab, print } from './context';
import type { Texts } from './options';

/** `unroll serve`: the window in a browser. Ends with Ctrl-C. */
export async function serve(texts: Texts): Promise<number> {
  const port = Number(texts.port ?? 0);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new LabError('host.bad-option', { option: '--port', value: String(texts.port), allowed: '0 to 65535' });
  const { lab } = openLab(texts.project as string | undefined, { behindWindow: true });
  const serving = await startServing({ lab, port });
  print(serving.address);
  if (texts.open !== false && !(await openBrowser(serving.address)))
    process.stderr.write('Open this address in a browser.\n');
  await new Promise<void>((resolve) => {
    process.once('SIGINT', resolve);
    process.once('SIGTERM', resolve);
  });
  lab.close();
  await serving.close();
  return 0;
}
