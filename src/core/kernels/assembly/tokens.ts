// Texts: numbers of tokens in, rows of an embedding out.

/** x [T][S][ld], D columns: row tokens[starts[s] + t] of the embedding [V][D], or of the unit matrix where that is 0; 0 from row n on. */
export function embed(
  T: i32, S: i32, n: i32, D: i32, ld: i32, tokens: usize, starts: usize, embedding: usize, x: usize,
): void {
  for (let t = 0; t < T; t++)
    for (let s = 0; s < S; s++) {
      const to = x + (<usize>((t * S + s) * ld) << 2);
      if (s >= n || !embedding) memory.fill(to, 0, <usize>D << 2);
      if (s >= n) continue;
      const token = tokenAt(tokens, starts, s, t);
      if (embedding) memory.copy(to, embedding + (<usize>(token * D) << 2), <usize>D << 2);
      else store<f32>(to + (<usize>token << 2), 1);
    }
}

/** dE [V][D] += the gradients dx [⌈D/8⌉][T·S][8] of the rows that were taken from it, step after step. */
export function embedBack(
  T: i32, S: i32, n: i32, D: i32, tokens: usize, starts: usize, dx: usize, dxPanel: usize, dE: usize,
): void {
  for (let t = 0; t < T; t++)
    for (let s = 0; s < n; s++) {
      const to = dE + (<usize>(tokenAt(tokens, starts, s, t) * D) << 2), from = dx + (<usize>(t * S + s) << 5);
      for (let d = 0; d < D; d++) {
        const at = to + (<usize>d << 2);
        store<f32>(at, load<f32>(at) + load<f32>(from + <usize>(d >> 3) * dxPanel + (<usize>(d & 7) << 2)));
      }
    }
}

/** target [T·S][8], column 0: labels[starts[s] + t]; −1, which no loss counts, from row n on. */
export function labelSteps(T: i32, S: i32, n: i32, labels: usize, starts: usize, target: usize): void {
  for (let t = 0; t < T; t++)
    for (let s = 0; s < S; s++)
      store<f32>(target + (<usize>(t * S + s) << 5), s < n ? <f32>tokenAt(labels, starts, s, t) : -1);
}

// @ts-ignore: decorator
@inline
function tokenAt(tokens: usize, starts: usize, s: i32, t: i32): i32 {
  return load<i32>(tokens + (<usize>(load<i32>(starts + (<usize>s << 2)) + t) << 2));
}
