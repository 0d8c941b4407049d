import type { InitName, ModelSpec } from './model';
import { parameterTable } from './parameters';
import type { Random } from './random';

/**
 * Where learning begins:
 * - input weights and linear layers: Glorot's uniform, ±√(6/(in + out)) (Glorot and Bengio 2010), `out` the rows of one
 *   gate;
 * - recurrent weights: an orthogonal matrix per gate, so that states neither grow nor vanish at first (Saxe et al. 2014);
 * - position vectors and embeddings: standard normal;
 * - weight_hx: orthonormal rows likewise, where there are no more of them than units;
 * - biases 0, but the LSTM's forget gate 1 (Jozefowicz et al. 2015), given to bias_ih alone, since both biases are added.
 *
 * `uniform` instead draws all weights and biases evenly from ±1/√H, as PyTorch does: its recurrent matrices have a spectral
 * radius of about 1/√3, so that states die away.
 */
export function initialWeights(model: ModelSpec, random: Random, init: InitName = 'orthogonal'): Float32Array {
  const { H } = model;
  const table = parameterTable(model);
  const weights = new Float32Array(table.reduce((sum, { size }) => sum + size, 0));
  for (const { name, shape, offset, size } of table) {
    const part = weights.subarray(offset, offset + size);
    if (name === 'embedding.weight' || name === 'position') for (let i = 0; i < size; i++) part[i] = random.normal();
    else if (init === 'uniform') for (let i = 0; i < size; i++) part[i] = (2 * random.uniform() - 1) / Math.sqrt(H);
    else if (name.includes('weight_hx') && shape[0]! <= H) part.set(orthogonal(shape[0]!, random, H));
    else if (name.includes('weight_hh'))
      for (let g = 0; g < shape[0]! / H; g++) part.set(orthogonal(H, random), g * H * H);
    else if (name.includes('weight')) {
      const [rows, inputs] = shape as [number, number];
      // of a one-hot vector a single input is not zero
      const active = model.tokens?.embedding === 'one-hot' && name === 'weight_ih_l0' ? 1 : inputs;
      const bound = Math.sqrt(6 / (active + (name.includes('weight_ih') ? H : rows)));
      for (let i = 0; i < size; i++) part[i] = (2 * random.uniform() - 1) * bound;
    } else if (name === 'attention.score')
      for (let i = 0; i < size; i++) part[i] = (2 * random.uniform() - 1) * Math.sqrt(3 / H);
    else if (name.includes('bias_ih') && model.cell === 'lstm') part.fill(1, H, 2 * H);
  }
  return weights;
}

/** A random matrix [n][width] of orthonormal rows, n ≤ width: rows of normal numbers, made orthonormal one after another (Gram and Schmidt). */
function orthogonal(n: number, random: Random, width = n): Float64Array {
  const q = new Float64Array(n * width);
  for (let i = 0; i < n; i++) {
    const row = q.subarray(i * width, (i + 1) * width);
    for (let k = 0; k < width; k++) row[k] = random.normal();
    // twice, since once loses orthogonality to rounding
    for (let pass = 0; pass < 2; pass++)
      for (let j = 0; j < i; j++) {
        const other = q.subarray(j * width, (j + 1) * width);
        let dot = 0;
        for (let k = 0; k < width; k++) dot += (row[k] as number) * (other[k] as number);
        for (let k = 0; k < width; k++) row[k] = (row[k] as number) - dot * (other[k] as number);
      }
    let square = 0;
    for (const x of row) square += x * x;
    const scale = 1 / Math.sqrt(square);
    for (let k = 0; k < width; k++) row[k] = (row[k] as number) * scale;
  }
  return q;
}
