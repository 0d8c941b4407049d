/** Typed arrays that grow by doubling, so that a column of a million rows never exists as a million boxed numbers. */
type Typed = Float64Array | Int32Array | Uint8Array;

export class Growing<A extends Typed> {
  length = 0;
  #array: A;
  readonly #make: (length: number) => A;

  private constructor(make: (length: number) => A, expected: number) {
    this.#make = make;
    this.#array = make(Math.max(16, expected));
  }

  /** `expected`: how many values will likely come. */
  static doubles = (expected: number) => new Growing((length) => new Float64Array(length), expected);
  static integers = (expected: number) => new Growing((length) => new Int32Array(length), expected);
  static bytes = (expected: number) => new Growing((length) => new Uint8Array(length), expected);

  push(value: number): void {
    if (this.length === this.#array.length) this.#grow();
    this.#array[this.length++] = value;
  }

  /** The values pushed, as a view: memory that was never written to is not taken up by anything. */
  finish(): A {
    return this.#array.subarray(0, this.length) as A;
  }

  #grow(): void {
    const larger = this.#make(this.#array.length * 2);
    larger.set(this.#array);
    this.#array = larger;
  }
}
