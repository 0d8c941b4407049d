// The bundled example of curves: the load of a small town, a day to a row, its 24 hourly values beside what was known in the
// morning. Generated, not measured, and always the same: all chance comes from one seed.
import { uniforms } from './activity.mjs';

const seed = 24;
const days = 1096;
const first = Date.UTC(2023, 0, 1);

/** A bump of height 1 round an hour. */
const bump = (hour, at, width) => Math.exp(-(((hour - at) / width) ** 2) / 2);

/** Megawatts at an hour, by what kind of day it is and how warm. */
function load(hour, weekend, temperature) {
  const rise = weekend ? 0.7 * bump(hour, 11, 2.6) : bump(hour, 8, 1.7) + 0.55 * bump(hour, 12, 2.5);
  const evening = (weekend ? 0.8 : 1) * bump(hour, 19, 2.2);
  const heating = 0.9 * Math.max(0, 15 - temperature) * (0.7 + 0.5 * bump(hour, 7, 2) + 0.6 * bump(hour, 20, 3));
  const cooling = 1.6 * Math.max(0, temperature - 21) * bump(hour, 15, 3.2);
  return 38 + 16 * rise + 20 * evening + heating + cooling;
}

/** date, weekday (1 is Monday), temperature, yesterday's mean, h00 … h23; of the last day only what is known of it. */
export function dayloadTable() {
  const random = uniforms(seed);
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const hours = Array.from({ length: 24 }, (_, hour) => hour);
  const names = hours.map((hour) => `h${String(hour).padStart(2, '0')}`);
  const lines = [['date', 'weekday', 'temperature', 'yesterday', ...names].join(',')];
  let weather = 0;
  let level = 0;
  let before = 55;
  for (let day = 0; day <= days; day++) {
    const date = new Date(first + day * 86_400_000);
    const weekday = ((date.getUTCDay() + 6) % 7) + 1;
    weather = 0.75 * weather + 2.2 * normal();
    level = 0.6 * level + 1.1 * normal();
    const temperature = 11 - 11 * Math.cos((2 * Math.PI * (day - 18)) / 365.25) + weather;
    const told = [date.toISOString().slice(0, 10), weekday, temperature.toFixed(1), before.toFixed(2)];
    if (day === days) {
      lines.push([...told, ...hours.map(() => '')].join(','));
      break;
    }
    const curve = hours.map((hour) => load(hour, weekday > 5, temperature) + level + 0.8 * normal());
    before = curve.reduce((sum, value) => sum + value, 0) / 24;
    lines.push([...told, ...curve.map((value) => value.toFixed(2))].join(','));
  }
  return `${lines.join('\n')}\n`;
}
