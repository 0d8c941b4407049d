/**
 * The seeded generator: xoshiro128** (Blackman and Vigna 2018), its state filled from the seed by SplitMix32.
 * Its four words are all there is to save and restore.
 */
export class Random {
  readonly state = new Uint32Array(4);

  constructor(seed: number) {
    let s = seed >>> 0;
    for (let i = 0; i < 4; i++) {
      s = (s + 0x9e3779b9) >>> 0;
      let x = Math.imul(s ^ (s >>> 16), 0x85ebca6b);
      x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
      this.state[i] = x ^ (x >>> 16);
    }
  }

  /** 0 … 2³²−1. */
  word(): number {
    const s = this.state;
    const [a, b, c, d] = s as unknown as [number, number, number, number];
    const times5 = Math.imul(b, 5);
    const result = Math.imul((times5 << 7) | (times5 >>> 25), 9) >>> 0;
    const d1 = d ^ b;
    s[2] = c ^ a ^ (b << 9);
    s[1] = b ^ (c ^ a);
    s[0] = a ^ d1;
    s[3] = (d1 << 11) | (d1 >>> 21);
    return result;
  }

  /** Even over 0 ≤ x < 1, 53 bits. */
  uniform(): number {
    return ((this.word() >>> 5) * 67108864 + (this.word() >>> 6)) / 9007199254740992;
  }

  /** Standard normal, by Box and Muller's cosine branch. */
  normal(): number {
    const radius = Math.sqrt(-2 * Math.log(1 - this.uniform()));
    return radius * Math.cos(2 * Math.PI * this.uniform());
  }

  /** Puts the elements in a random order, every order as likely (Fisher and Yates). */
  shuffle(items: Int32Array): void {
    for (let i = items.length - 1; i > 0; i--) {
      const j = Math.floor(this.uniform() * (i + 1));
      const item = items[i] as number;
      items[i] = items[j] as number;
      items[j] = item;
    }
  }
}
