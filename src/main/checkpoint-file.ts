import { open } from 'node:fs/promises';
import { z } from 'zod';
import { LabError } from '../core/errors';
import { decodeSafetensors, encodeSafetensors } from '../core/export/safetensors';
import type { Checkpoint } from '../core/protocol';
import { scaleNames, transformNames } from '../core/setting-names';

/**
 * `checkpoint.safetensors`: where a run stands, as one plain file. Its tensors are flat, in the order of the model's parameter
 * table: `weights`, `first_moment`, `second_moment`, and `best` where the best epoch is not the last one; the rest is JSON in
 * its header, under `standing`. At most four times as large as the weights.
 */
const count = z.number().int().min(0).max(1e9);
const curve = z.array(z.number().nullable()).max(100_000);
const standingSchema = z
  .strictObject({
    epoch: count.min(1),
    steps: count,
    bestEpoch: count.min(1),
    bestLoss: z.number(),
    seconds: z.number().min(0),
    loss: z.strictObject({ train: curve, validation: curve }),
    choice: z
      .strictObject({
        transform: z.enum(transformNames).exclude(['auto']),
        scale: z.enum(scaleNames).exclude(['auto']),
      })
      .nullable(),
    samples: z.array(z.strictObject({ epoch: count, text: z.string().max(10_000) })).max(100_000),
  })
  .refine(
    ({ epoch, bestEpoch, loss }) =>
      bestEpoch <= epoch && [loss.train, loss.validation].every((l) => l.length === epoch),
    {
      message: 'its epochs do not add up',
    },
  );
export type Standing = z.infer<typeof standingSchema>;

const version = '1';
const headerLimitBytes = 32 << 20;

export function checkpointFile(run: string, { state, loss, choice, samples }: Checkpoint): Uint8Array {
  const { epoch, steps, bestEpoch, bestLoss, seconds, weights, best, moments } = state;
  const flat = (name: string, values: Float32Array) => ({ name, shape: [values.length], values });
  const standing: Standing = { epoch, steps, bestEpoch, bestLoss, seconds, loss, choice, samples };
  return encodeSafetensors({
    tensors: [
      flat('weights', weights),
      flat('first_moment', moments[0]),
      flat('second_moment', moments[1]),
      ...(bestEpoch === epoch ? [] : [flat('best', best)]),
    ],
    metadata: { format: 'unroll-checkpoint', version, run, standing: JSON.stringify(standing) },
  });
}

/** @throws LabError resume.damaged; whether its numbers fit the model is for the engine to see */
export function checkpointFrom(bytes: Uint8Array): Omit<Checkpoint, 'pages'> {
  const { tensors, metadata } = decodeSafetensors(bytes, headerLimitBytes);
  const { loss, choice, samples, ...rest } = standingFrom(metadata);
  const tensor = (name: string) => {
    const found = tensors.find((one) => one.name === name);
    if (!found) throw damaged(`"${name}" is missing`, rest.epoch);
    return found.values;
  };
  const weights = tensor('weights');
  const best = rest.bestEpoch === rest.epoch ? weights : tensor('best');
  const state = { ...rest, weights, best, moments: [tensor('first_moment'), tensor('second_moment')] };
  return { state: state as Checkpoint['state'], loss, choice, samples };
}

/** The header alone, which says how far the run was; null where there is no such file, or it is damaged. */
export async function standingIn(path: string): Promise<Standing | null> {
  const file = await open(path).catch(() => null);
  if (!file) return null;
  try {
    const length = Buffer.alloc(8);
    await file.read(length, 0, 8, 0);
    const bytes = Number(length.readBigUInt64LE());
    if (bytes > headerLimitBytes) return null;
    const header = Buffer.alloc(bytes);
    await file.read(header, 0, bytes, 8);
    return standingFrom(JSON.parse(header.toString('utf8')).__metadata__);
  } catch {
    return null;
  } finally {
    await file.close();
  }
}

function standingFrom(metadata: Record<string, string> | undefined): Standing {
  if (metadata?.format !== 'unroll-checkpoint' || metadata.version !== version) throw damaged('it is of another kind');
  const checked = standingSchema.safeParse(jsonOrNull(metadata.standing));
  if (checked.success) return checked.data;
  const [issue] = checked.error.issues;
  throw damaged(`${issue?.path.join('.') || 'all of it'}: ${issue?.message}`);
}

function jsonOrNull(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return null;
  }
}

const damaged = (reason: string, epoch = 0) => new LabError('resume.damaged', { epoch, reason });
