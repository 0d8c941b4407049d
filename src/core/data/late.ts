import { type Alarm, type ColumnBuilder, DateBuilder, NumberBuilder, TextBuilder } from './columns';
import { dateKindOf } from './date-kinds';
import { isMissing } from './missing';
import { decimalEvidence } from './numbers';
import type { PlainBlock } from './plain-lines';

export type TypedBuilder = NumberBuilder | TextBuilder | DateBuilder;

/** A column whose sample was empty: its first cell decides what it is. */
export class LateBuilder implements ColumnBuilder {
  #missing = 0;
  readonly #alarm: Alarm;
  #builder: TypedBuilder | null = null;

  constructor(alarm: Alarm) {
    this.#alarm = alarm;
  }

  get builder(): TypedBuilder | null {
    return this.#builder;
  }

  add(cell: string): void {
    if (!this.#builder && isMissing(cell)) {
      this.#missing++;
      return;
    }
    this.#builder ??= this.#begin(cell);
    this.#builder.add(cell);
  }

  addFrom(block: PlainBlock, from: number, to: number): void {
    if (this.#builder) this.#builder.addFrom(block, from, to);
    else this.add(block.slice(from, to));
  }

  #begin(cell: string): TypedBuilder {
    const dates = dateKindOf([cell], '', false);
    const number = decimalEvidence(cell) !== null;
    const builder = dates
      ? new DateBuilder(dates, this.#missing, this.#alarm)
      : number
        ? new NumberBuilder(null, this.#missing, this.#alarm)
        : new TextBuilder(this.#missing);
    for (let row = 0; row < this.#missing; row++) builder.add('');
    return builder;
  }
}
