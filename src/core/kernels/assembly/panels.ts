// Small moves between rows and panels of eight columns.

/** a [P panels][R][8] += b [P panels][R][8]. */
export function addPanels(P: i32, R: i32, a: usize, panelA: usize, b: usize, panelB: usize): void {
  while (P-- > 0) {
    let x = a,
      y = b,
      k = R;
    do {
      v128.store(x, f32x4.add(v128.load(x), v128.load(y)));
      v128.store(x, f32x4.add(v128.load(x, 16), v128.load(y, 16)), 16);
      x += 32;
      y += 32;
    } while (--k > 0);
    a += panelA;
    b += panelB;
  }
}

/** Columns of a weight matrix w [J][K] as panels of eight of its rows: panel [k0 + k][j mod 8] (+)= w[j][k]. */
export function packRows(J: i32, K: i32, w: usize, ld: i32, panels: usize, panelRows: i32, k0: i32, add: i32): void {
  const size = (<usize>panelRows) << 5;
  for (let j = 0; j < J; j++) {
    let to = panels + <usize>(j >> 3) * size + ((<usize>((k0 << 3) + (j & 7))) << 2);
    let from = w + ((<usize>(j * ld)) << 2),
      k = K;
    if (add)
      do {
        store<f32>(to, load<f32>(to) + load<f32>(from));
        to += 32;
        from += 4;
      } while (--k > 0);
    else
      do {
        store<f32>(to, load<f32>(from));
        to += 32;
        from += 4;
      } while (--k > 0);
  }
}

/** What `packRows` does, undone: w[j][k] = panel [k][j mod 8]. */
export function unpackRows(J: i32, K: i32, panels: usize, panel: usize, w: usize, ld: i32): void {
  for (let j = 0; j < J; j++) {
    let from = panels + <usize>(j >> 3) * panel + (<usize>(j & 7) << 2),
      to = w + (<usize>(j * ld) << 2),
      k = K;
    do {
      store<f32>(to, load<f32>(from));
      from += 32;
      to += 4;
    } while (--k > 0);
  }
}

/** Columns of a weight matrix w [J][K] as panels of eight of its columns: panel [j0 + j][k mod 8] = w[j][k]. */
export function packColumns(J: i32, K: i32, w: usize, ld: i32, panels: usize, panelRows: i32, j0: i32): void {
  const size = (<usize>panelRows) << 5;
  for (let j = 0; j < J; j++) {
    let to = panels + ((<usize>(j0 + j)) << 5),
      from = w + ((<usize>(j * ld)) << 2),
      k = K;
    while (k >= 8) {
      v128.store(to, v128.load(from));
      v128.store(to, v128.load(from, 16), 16);
      to += size;
      from += 32;
      k -= 8;
    }
    while (k-- > 0) {
      store<f32>(to, load<f32>(from));
      to += 4;
      from += 4;
    }
  }
}

/** out [J][K] = Σ over slices of part [slice][J][K], always in the order of the slices. */
export function sumSlices(
  J: i32,
  K: i32,
  slices: i32,
  part: usize,
  ld: i32,
  sliceBytes: usize,
  out: usize,
  ldOut: i32,
): void {
  for (let j = 0; j < J; j++) {
    let from = part + ((<usize>(j * ld)) << 2),
      to = out + ((<usize>(j * ldOut)) << 2),
      k = K;
    while (k >= 4) {
      let sum = v128.load(from),
        p = from,
        s = slices;
      while (--s > 0) {
        p += sliceBytes;
        sum = f32x4.add(sum, v128.load(p));
      }
      v128.store(to, sum);
      from += 16;
      to += 16;
      k -= 4;
    }
    while (k-- > 0) {
      let sum = load<f32>(from),
        p = from,
        s = slices;
      while (--s > 0) {
        p += sliceBytes;
        sum += load<f32>(p);
      }
      store<f32>(to, sum);
      from += 4;
      to += 4;
    }
  }
}
