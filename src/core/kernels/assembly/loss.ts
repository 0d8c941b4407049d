// Losses over the head's panels y, target [O/8][S][8], rows n … S−1 and columns O … not counted.

/**
 * Sum over n·O entries of the loss; dy (panels and rows [S][8·panels]) = its gradient times `scale`, 0 where not counted.
 * kind 0: (y − target)²; 1: |y − target|; 2: Huber, e²/2 up to delta, then delta·(|e| − delta/2).
 */
export function loss(
  kind: i32,
  S: i32,
  n: i32,
  O: i32,
  y: usize,
  target: usize,
  dy: usize,
  dyRows: usize,
  scale: f32,
  delta: f32,
): f64 {
  const panels = (O + 7) >> 3,
    width = panels << 3;
  let sum: f64 = 0;
  for (let p = 0; p < panels; p++)
    for (let s = 0; s < S; s++)
      for (let j = 0; j < 8; j++) {
        const o = (p << 3) + j,
          at = (<usize>((p * S + s) * 8 + j)) << 2;
        let d: f32 = 0;
        if (s < n && o < O) {
          const e = load<f32>(y + at) - load<f32>(target + at);
          if (kind == 0) {
            sum += <f64>e * <f64>e;
            d = 2 * e;
          } else if (kind == 1) {
            sum += <f64>abs(e);
            d = e > 0 ? 1 : e < 0 ? -1 : e;
          } else if (abs(e) <= delta) {
            sum += 0.5 * <f64>e * <f64>e;
            d = e;
          } else {
            sum += <f64>delta * (<f64>abs(e) - 0.5 * <f64>delta);
            d = e > 0 ? delta : e < 0 ? -delta : e;
          }
          d *= scale;
        }
        store<f32>(dy + at, d);
        store<f32>(dyRows + ((<usize>(s * width + o)) << 2), d);
      }
  return sum;
}
