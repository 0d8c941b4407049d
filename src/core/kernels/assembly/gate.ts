// States that enter a layer through gates: g = σ(a + v), z += g∘u, panels [P][R][8].
import { flush, madd, sigmoid4 } from './simd';

export function gateIn(
  R: i32, P: i32, a: usize, aPanel: usize, v: usize, vPanel: usize, u: usize, uPanel: usize, z: usize, zPanel: usize,
  g: usize, gPanel: usize,
): void {
  for (let p: usize = 0; p < <usize>P; p++) {
    let at = a + p * aPanel, vt = v + p * vPanel, ut = u + p * uPanel, zt = z + p * zPanel, gt = g + p * gPanel, n = 2 * R;
    do {
      const gate = sigmoid4(f32x4.add(v128.load(at), v128.load(vt)));
      v128.store(gt, gate);
      v128.store(zt, madd(gate, v128.load(ut), v128.load(zt)));
      at += 16; vt += 16; ut += 16; zt += 16; gt += 16;
    } while (--n > 0);
  }
}

/** du += dz∘g, and g becomes dz∘u∘g∘(1 − g). */
export function gateInBack(
  R: i32, P: i32, dz: usize, dzPanel: usize, u: usize, uPanel: usize, g: usize, gPanel: usize, du: usize, duPanel: usize,
): void {
  const one = f32x4.splat(1);
  for (let p: usize = 0; p < <usize>P; p++) {
    let zt = dz + p * dzPanel, ut = u + p * uPanel, gt = g + p * gPanel, dt = du + p * duPanel, n = 2 * R;
    do {
      const d = flush(v128.load(zt)), gate = v128.load(gt);
      v128.store(dt, madd(d, gate, v128.load(dt)));
      v128.store(gt, f32x4.mul(f32x4.mul(d, v128.load(ut)), f32x4.mul(gate, f32x4.sub(one, gate))));
      zt += 16; ut += 16; gt += 16; dt += 16;
    } while (--n > 0);
  }
}
