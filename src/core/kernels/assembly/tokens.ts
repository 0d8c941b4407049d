// Texts: numbers of tokens in, rows of an embedding out.

/** x [T][S][ld], D columns: row tokens[starts[s] + t] of the embedding [V][D]; 0 from row n on. */
export function embed(
  T: i32, S: i32, n: i32, D: i32, ld: i32, tokens: usize, starts: usize, embedding: usize, x: usize,
): void {
  for (let t = 0; t < T; t++)
    for (let s = 0; s < S; s++) {
      const to = x + (<usize>((t * S + s) * ld) << 2);
      if (s >= n) memory.fill(to, 0, <usize>D << 2);
      else memory.copy(to, embedding + (<usize>(tokenAt(tokens, starts, s, t) * D) << 2), <usize>D << 2);
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

/** z [P][S][8]: row tokens[starts[s] + t] of the table [P][…][8]; 0 from row n on. */
export function lookUp(
  t: i32, S: i32, n: i32, P: i32, tokens: usize, starts: usize, table: usize, tablePanel: usize, z: usize, zPanel: usize,
): void {
  for (let s = 0; s < S; s++) {
    let to = z + (<usize>s << 5), p = P;
    if (s < n) {
      let from = table + (<usize>tokenAt(tokens, starts, s, t) << 5);
      do {
        v128.store(to, v128.load(from)); v128.store(to, v128.load(from, 16), 16);
        from += tablePanel; to += zPanel;
      } while (--p > 0);
    } else do {
      v128.store(to, f32x4.splat(0)); v128.store(to, f32x4.splat(0), 16);
      to += zPanel;
    } while (--p > 0);
  }
}

/** dTable [P][…][8] += the gradients dz [P][T·S][8] of the rows that were taken from it, step after step. */
export function lookUpBack(
  T: i32, S: i32, n: i32, P: i32, tokens: usize, starts: usize, dz: usize, dzPanel: usize, dTable: usize, tablePanel: usize,
): void {
  while (P-- > 0) {
    for (let t = 0; t < T; t++) {
      let from = dz + (<usize>(t * S) << 5);
      for (let s = 0; s < n; s++) {
        const to = dTable + (<usize>tokenAt(tokens, starts, s, t) << 5);
        v128.store(to, f32x4.add(v128.load(to), v128.load(from)));
        v128.store(to, f32x4.add(v128.load(to, 16), v128.load(from, 16)), 16);
        from += 32;
      }
    }
    dz += dzPanel; dTable += tablePanel;
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
