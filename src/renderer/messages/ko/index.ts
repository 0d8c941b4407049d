import type { Messages } from '../en';
import { chart } from './chart';
import { classes } from './classes';
import { compare } from './compare';
import { data } from './data';
import { experiment } from './experiment';
import { inside } from './inside';
import { labels } from './labels';
import { learn } from './learn';
import { picture } from './picture';
import { results } from './results';
import { sharing } from './sharing';
import { terms } from './terms';
import { text } from './text';
import { window } from './window';

/** Every word of the window in Korean. */
export const ko: Messages = {
  ...chart,
  ...classes,
  ...compare,
  ...data,
  ...experiment,
  ...inside,
  ...labels,
  ...learn,
  ...picture,
  ...results,
  ...sharing,
  ...terms,
  ...text,
  ...window,
};
