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
 *
 * A row of `dyRows` holds its scores, then their powers, then their slopes: side by side, so that four are taken at a time
 * whatever V is.
 */
export function crossEntropy(
  V: i32, R: i32, n: i32, K: i32, y: usize, target: usize, dy: usize, dyRows: usize, scale: f32, weights: usize,
): f64 {
  const width = (K * V + 7) & ~7, panel = <usize>R << 5, segment = <usize>V << 2;
  let sum: f64 = 0;
  for (let r = 0; r < R; r++) {
    const at = <usize>r << 5, row = dyRows + (<usize>(r * width) << 2), end = row + (<usize>width << 2);
    let p = y + at, q = row;
    if (r < n) do {
      v128.store(q, v128.load(p)); v128.store(q, v128.load(p, 16), 16);
      p += panel; q += 32;
    } while (q < end);
    q = row;
    for (let k = 0; k < K && r < n; k++) {
      const label = <i32>load<f32>(target + (<usize>(k >> 3) * panel) + at + (<usize>(k & 7) << 2));
      if (label < 0) memory.fill(q, 0, segment);
      else {
        const weight = weights ? load<f32>(weights + (<usize>label << 2)) : <f32>1;
        sum += <f64>weight * slopes(V, q, label, scale * weight);
      }
      q += segment;
    }
    memory.fill(q, 0, end - q);
    p = dy + at; q = row;
    do {
      v128.store(p, v128.load(q)); v128.store(p, v128.load(q, 16), 16);
      p += panel; q += 32;
    } while (q < end);
  }
  return sum;
}

/** −ln softmax(a)[label] of V scores; they become (softmax − one of the label) · factor. */
function slopes(V: i32, a: usize, label: i32, factor: f32): f64 {
  const end = a + (<usize>V << 2), four = a + (<usize>(V & ~3) << 2), own = a + (<usize>label << 2);
  let p = a, many = f32x4.splat(load<f32>(a));
  if (p < four) do {
    many = f32x4.pmax(many, v128.load(p));
    p += 16;
  } while (p < four);
  let most = max(
    max(f32x4.extract_lane(many, 0), f32x4.extract_lane(many, 1)),
    max(f32x4.extract_lane(many, 2), f32x4.extract_lane(many, 3)),
  );
  for (; p < end; p += 4) most = max(most, load<f32>(p));
  const distance = <f64>(load<f32>(own) - most);

  let low = f64x2.splat(0), high = f64x2.splat(0);
  p = a;
  if (p < four) do {
    const e = exp4(f32x4.sub(v128.load(p), f32x4.splat(most)));
    v128.store(p, e);
    low = f64x2.add(low, f64x2.promote_low_f32x4(e));
    high = f64x2.add(high, f64x2.promote_low_f32x4(i8x16.shuffle(e, e, 8, 9, 10, 11, 12, 13, 14, 15, 8, 9, 10, 11, 12, 13, 14, 15)));
    p += 16;
  } while (p < four);
  low = f64x2.add(low, high);
  let total = f64x2.extract_lane(low, 0) + f64x2.extract_lane(low, 1);
  for (; p < end; p += 4) {
    const e = exp1(load<f32>(p) - most);
    store<f32>(p, e);
    total += <f64>e;
  }

  const rate = <f32>(<f64>factor / total), last = <f32>((<f64>load<f32>(own) / total - 1) * <f64>factor);
  p = a;
  if (p < four) do {
    v128.store(p, f32x4.mul(v128.load(p), f32x4.splat(rate)));
    p += 16;
  } while (p < four);
  for (; p < end; p += 4) store<f32>(p, load<f32>(p) * rate);
  store<f32>(own, last);
  return ln(total) - distance;
}
