/** Typed arrays that grow by doubling, so that a column of a million rows never exists as a million boxed numbers. */
type Typed = Float64Array | Int32Array | Uint8Array;

export class Growing<A extends Typed> {
  length = 0;
  #array: A;
  readonly #make: (length: number) => A;

  private constructor(make: (length: number) => A) {
    this.#make = make;
    this.#array = make(1024);
  }

  static doubles = () => new Growing((length) => new Float64Array(length));
  static integers = () => new Growing((length) => new Int32Array(length));
  static bytes = () => new Growing((length) => new Uint8Array(length));

  push(value: number): void {
    if (this.length === this.#array.length) this.#grow();
    this.#array[this.length++] = value;
  }

  at(index: number): number {
    return this.#array[index]!;
  }

  /** Exactly the values pushed, in an array of their own. */
  finish(): A {
    return this.#array.slice(0, this.length) as A;
  }

  #grow(): void {
    const larger = this.#make(this.#array.length * 2);
    larger.set(this.#array);
    this.#array = larger;
  }
}
