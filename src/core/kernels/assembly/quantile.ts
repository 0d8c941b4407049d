// The quantile (pinball) loss over the head's panels y [Q·K/8][S][8], output q·K + k; target [K/8][S][8].

/**
 * Sum over n windows of max(a·e, (a − 1)·e), e = target − y, at each of Q levels a; dy (panels and rows) = its gradient times
 * `scale`: −a where the target is above, 1 − a where it is below, 0 where equal or not counted. NaN stays NaN.
 */
export function pinball(
  Q: i32, levels: usize, S: i32, n: i32, K: i32, y: usize, target: usize, dy: usize, dyRows: usize, scale: f32,
): f64 {
  const O = Q * K, width = (O + 7) & ~7;
  let sum: f64 = 0;
  for (let o = 0; o < width; o++) {
    const k = o % K, column = <usize>((o >> 3) * S * 8 + (o & 7)) << 2;
    const wanted = target + (<usize>((k >> 3) * S * 8 + (k & 7)) << 2);
    const level: f32 = o < O ? load<f32>(levels + (<usize>(o / K) << 2)) : 0;
    for (let s = 0; s < S; s++) {
      let d: f32 = 0;
      const at = column + (<usize>s << 5);
      if (s < n && o < O) {
        const e = load<f32>(wanted + (<usize>s << 5)) - load<f32>(y + at);
        d = e > 0 ? -level : e < 0 ? 1 - level : e;
        sum -= <f64>d * <f64>e;
        d *= scale;
      }
      store<f32>(dy + at, d);
      store<f32>(dyRows + (<usize>(s * width + o) << 2), d);
    }
  }
  return sum;
}
