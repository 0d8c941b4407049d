// Softmax and cross-entropy over the head's panels y [⌈K·V/8⌉][R][8], output k·V + v; target [⌈K/8⌉][R][8] holds class numbers.
import { exp4 } from './exp';

// @ts-ignore: decorator
@inline
function exp1(x: f32): f32 {
  return f32x4.extract_lane(exp4(f32x4.splat(x)), 0);
}

/** ln x of a positive normal number: x = 2ⁿ·m, ½√2 ≤ m < √2, ln m = 2 artanh((m − 1)/(m + 1)) by its series. */
function ln(x: f64): f64 {
  const bits = reinterpret<i64>(x);
  let n = <i32>(bits >> 52) - 1023, m = reinterpret<f64>((bits & 0x000fffffffffffff) | 0x3ff0000000000000);
  if (m > 1.4142135623730951) {
    m *= 0.5;
    n++;
  }
  const s = (m - 1) / (m + 1), q = s * s;
  const series = 1 + q * (1 / 3.0 + q * (1 / 5.0 + q * (1 / 7.0 + q * (1 / 9.0 + q * (1 / 11.0 + q / 13.0)))));
  return <f64>n * 0.6931471805599453 + 2 * s * series;
}

/**
 * Sum over the rows below n and their K outputs of −ln softmax(y)[class], a negative class not counted; dy (panels and rows) =
 * (softmax − one of the class) · scale. The largest of the V scores is subtracted first, so that none can overflow. With
 * `weights` [V] each term and its gradient are times the weight of its class; a pointer of 0: all weigh 1.
 */
export function crossEntropy(
  V: i32, R: i32, n: i32, K: i32, y: usize, target: usize, dy: usize, dyRows: usize, scale: f32, weights: usize,
): f64 {
  const width = (K * V + 7) & ~7;
  let sum: f64 = 0;
  for (let r = 0; r < R; r++) {
    const row = dyRows + (<usize>(r * width) << 2);
    for (let o = 0; o < width; o++) {
      store<f32>(dy + (<usize>(((o >> 3) * R + r) * 8 + (o & 7)) << 2), 0);
      store<f32>(row + (<usize>o << 2), 0);
    }
    for (let k = 0; k < K && r < n; k++) {
      const label = <i32>load<f32>(target + (<usize>(((k >> 3) * R + r) * 8 + (k & 7)) << 2));
      if (label < 0) continue;
      let most = score(y, R, r, k * V), total: f64 = 0;
      for (let v = 1; v < V; v++) most = max(most, score(y, R, r, k * V + v));
      for (let v = 0; v < V; v++) total += <f64>exp1(score(y, R, r, k * V + v) - most);
      const weight = weights ? load<f32>(weights + (<usize>label << 2)) : <f32>1;
      sum += <f64>weight * (ln(total) - <f64>(score(y, R, r, k * V + label) - most));
      for (let v = 0; v < V; v++) {
        const o = k * V + v;
        const p = <f32>(<f64>exp1(score(y, R, r, o) - most) / total);
        const d = (p - <f32>(v == label)) * scale * weight;
        store<f32>(dy + (<usize>(((o >> 3) * R + r) * 8 + (o & 7)) << 2), d);
        store<f32>(row + (<usize>o << 2), d);
      }
    }
  }
  return sum;
}

// @ts-ignore: decorator
@inline
function score(y: usize, R: i32, r: i32, o: i32): f32 {
  return load<f32>(y + (<usize>(((o >> 3) * R + r) * 8 + (o & 7)) << 2));
}
