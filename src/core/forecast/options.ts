import { z } from 'zod';
import { LabError, type LabErrorView } from '../errors';
import { type Settings, settingsSchema } from '../settings';

/** An option's name on the command line: `splitRows` is `split-rows`. */
export const optionName = (setting: string): string =>
  setting.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** What was chosen, freed of what is impossible, and a refusal for each option that is. */
export function checkOptions(chosen: Record<string, unknown>): { sound: Partial<Settings>; refusals: LabErrorView[] } {
  const given = Object.fromEntries(Object.entries(chosen).filter(([, value]) => value !== undefined));
  const parsed = settingsSchema.partial().safeParse(given);
  if (parsed.success) return { sound: parsed.data, refusals: [] };
  const impossible = new Set<string>();
  for (const issue of parsed.error.issues) {
    if (issue.code === 'unrecognized_keys') for (const key of issue.keys) impossible.add(key);
    else impossible.add(String(issue.path[0]));
  }
  const sound = Object.fromEntries(Object.entries(given).filter(([name]) => !impossible.has(name)));
  return {
    sound: settingsSchema.partial().parse(sound),
    refusals: [...impossible].map((name) => refusal(name, given[name]).view()),
  };
}

/** One sentence that names the option, what it may be and what it was. */
function refusal(name: string, value: unknown): LabError {
  const option = optionName(name);
  const schema = settingsSchema.shape[name as keyof Settings];
  if (!schema) return new LabError('experiment.option-unknown', { option });
  const written = Array.isArray(value) ? value.join(',') : String(value);
  const form = z.toJSONSchema(schema);
  const inner = form.items && typeof form.items === 'object' && !Array.isArray(form.items) ? form.items : form;
  if (inner.enum)
    return new LabError('experiment.option-choice', { option, value: written, choices: inner.enum.join(', ') });
  if (form.type === 'boolean')
    return new LabError('experiment.option-choice', { option, value: written, choices: 'true, false' });
  if (form.type !== 'integer' && form.type !== 'number')
    return new LabError('experiment.option-form', { option, value: written === '' ? 'empty' : written });
  const low = Number(form.minimum ?? form.exclusiveMinimum ?? Number.NEGATIVE_INFINITY);
  const high = form.maximum ?? Number.POSITIVE_INFINITY;
  const whole = form.type === 'integer' ? 1 : 0;
  return new LabError('experiment.option-range', { option, value: written, low, high, whole });
}
