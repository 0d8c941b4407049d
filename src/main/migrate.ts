import { runVersion } from '../core/run';

/**
 * Records of earlier programs, brought up to this one's version step by step. A record that is not one is left for the
 * schema to refuse, and so is one from a later program.
 *
 *   0   what the program wrote before records had bands, evidence and errors by step. Its preparation took plain
 *       logarithms and differences over the steps forecast; what came later was not there to be used.
 */
type Json = Record<string, unknown>;
const migrations: Record<number, (old: Json) => Json> = {
  0: (old) => {
    const settings = Object(old.settings) as Json;
    const preparation = Object(old.preparation) as Json;
    const transform = String(preparation.transform);
    const lag = settings.task === 'many-to-one' ? settings.horizon : 1;
    const columns = Array.isArray(preparation.columns) ? preparation.columns : [];
    return {
      byStep: [],
      bands: null,
      leak: null,
      evidence: { againstNaive: null, againstBaselines: [], lag: null, coin: null, copy: false },
      ...old,
      settings: { ...laterSettings, ...settings },
      preparation: {
        ...preparation,
        columns: columns.map((column) => ({
          log: transform.includes('log'),
          floor: 0,
          lag: transform.includes('diff') ? lag : 0,
          ...Object(column),
        })),
      },
    };
  },
};

/** What runs did before these could be chosen. */
const laterSettings = {
  segment: 0,
  attention: 'none',
  sampling: 0,
  season: 1,
  calendar: false,
  embargo: 0,
  refit: false,
  leak: false,
};

/** The record as this program would have written it, as far as it knows how. */
export function migrated(json: unknown): unknown {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return json;
  let record = json as Json;
  let version = versionOf(record);
  for (let step = migrations[version]; step; step = migrations[++version])
    record = { ...step(record), version: version + 1 };
  return record;
}

/** The first records bore the number of those after them. */
const versionOf = (record: Json): number =>
  record.version === runVersion && !('byStep' in record) ? 0 : Number(record.version);
