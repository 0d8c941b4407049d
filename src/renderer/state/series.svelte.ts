import type { LabConnection, SeriesView } from '../../core/protocol';
import type { Settings } from '../../core/settings';
import { clampRange, type Preset, type Range, RowAxis, spanOf } from './view';

const overviewPoints = 1600;
const detailPoints = 2400;
/** Rows of the test part fetched one by one, so that forecasts stand exactly at their times. */
const testedPoints = 20_000;
/** Curves that are seen when a file of curves is opened. */
const shownCurves = 21;
/** Rows of which lines of several models are still told apart, six pixels or so each; and fewest, to see what came before. */
const legibleRows = { most: 160, least: 48 };
const settleMilliseconds = 60;

/** How an experiment counts the rows that are drawn. */
type Drawn = Pick<Settings, 'inputs' | 'missing' | 'outputs'>;

/** The drawn column: an overview of all rows, the visible ones in detail, and the rows that were forecast. */
export class SeriesWindow {
  overview = $state.raw<SeriesView | null>(null);
  detail = $state.raw<SeriesView | null>(null);
  tested = $state.raw<SeriesView | null>(null);
  /** The same as log returns, once they have been asked for. */
  returns = $state.raw<{ overview: SeriesView; detail: SeriesView | null } | null>(null);
  /** null: everything. */
  range = $state.raw<Range | null>(null);
  /** Where the forecast ends; null without one. */
  futureEnd = $state.raw<number | null>(null);

  /** Rows past the end that are to be forecast. */
  ahead = $state(0);

  readonly axis = $derived(
    this.overview ? new RowAxis([this.overview, this.detail, this.tested].filter((view) => view !== null)) : null,
  );
  readonly whole: Range | null = $derived.by(() => {
    if (!this.axis) return null;
    const { start, end } = this.axis;
    const last = Math.max(this.futureEnd ?? end, this.axis.placeOf(this.axis.lastRow + this.ahead));
    return { from: start, to: last + (end - start) * 0.01 };
  });
  readonly visible: Range | null = $derived(this.range ?? this.whole);

  private dataset = '';
  private column = '';
  private as: Drawn = { inputs: [], missing: 'leave-out', outputs: [] };
  private told = '';
  private asked = 0;
  /** First row of the test part. */
  testedFrom = -1;
  private testedFirst = -1;
  /** Whether what is visible was chosen, or once put where the forecasts are. */
  private chosen = false;
  private settling: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly lab: LabConnection,
    private readonly attempt: <T>(work: Promise<T>) => Promise<T | undefined>,
  ) {}

  /** Rows are the experiment's own, so that its forecasts stand where they belong. */
  async show(dataset: string, column: string, rows: number, as: Drawn): Promise<void> {
    const told = [...as.inputs, as.missing, ...as.outputs].join('\n');
    if (dataset === this.dataset && column === this.column && told === this.told) return;
    const sameData = dataset === this.dataset;
    // curve after curve is a solid block when seen whole
    const opensOnCurves = as.outputs.length > 0 && !(sameData && this.as.outputs.length > 0);
    this.dataset = dataset;
    this.column = column;
    this.as = as;
    this.told = told;
    const asked = ++this.asked;
    const overview = await this.fetch(0, rows * Math.max(1, as.outputs.length), overviewPoints);
    if (!overview || asked !== this.asked) return;
    this.overview = overview;
    this.detail = null;
    this.tested = null;
    this.returns = null;
    this.testedFrom = -1;
    this.futureEnd = null;
    if (!sameData) this.chosen = false;
    if (opensOnCurves) this.lookAtLast(shownCurves * as.outputs.length);
    else if (sameData && this.range) this.look(this.range);
    else this.range = null;
  }

  clear(): void {
    this.asked++;
    this.dataset = this.column = '';
    this.overview = this.detail = this.tested = this.returns = this.range = this.futureEnd = null;
  }

  /** The rows from `from` on, exactly, for the forecasts made of them, and `before` of those they were made from. */
  async needTested(from: number, before = 0): Promise<void> {
    const { overview, asked } = this;
    const first = Math.max(0, from - before);
    if (!overview || (from === this.testedFrom && first === this.testedFirst)) return;
    this.testedFrom = from;
    this.testedFirst = first;
    const tested = await this.fetch(first, overview.rows, testedPoints);
    if (tested && asked === this.asked) this.tested = tested;
  }

  /** Log returns of the whole, and of what is visible. */
  async needReturns(): Promise<void> {
    const { overview, asked } = this;
    if (!overview || this.returns) return;
    const returns = await this.fetch(0, overview.rows, overviewPoints, true);
    if (!returns || asked !== this.asked) return;
    this.returns = { overview: returns, detail: null };
    await this.refine();
  }

  /**
   * Once, where nothing else was chosen: the last rows, of which forecasts are told apart, and of a short test part as much
   * again twice before it. All of a long series hides them.
   */
  lookAtForecasts(testRows: number): void {
    const { overview, chosen } = this;
    if (chosen || this.range || !overview || !this.axis) return;
    this.chosen = true;
    const rows = Math.min(legibleRows.most, Math.max(legibleRows.least, 3 * testRows));
    if (overview.rows > 1.25 * rows) this.lookAtLast(rows);
  }

  look(range: Range | null): void {
    this.chosen = true;
    const { whole, axis, overview } = this;
    if (!whole || !axis || !overview) return;
    const perRow = (axis.end - axis.start) / Math.max(1, overview.rows - 1);
    const clamped = range && clampRange(range, whole, 8 * perRow);
    this.range = clamped && clamped.to - clamped.from > 0.999 * (whole.to - whole.from) ? null : clamped;
    clearTimeout(this.settling);
    this.settling = setTimeout(() => void this.refine(), settleMilliseconds);
  }

  private lookAtLast(rows: number): void {
    const { whole, axis, overview } = this;
    if (!whole || !axis || !overview) return;
    const from = axis.placeOf(Math.max(0, overview.rows - rows));
    const end = axis.placeOf(axis.lastRow + this.ahead);
    this.look({ from, to: Math.min(whole.to, end + (end - from) * 0.03) });
  }

  /** `factor` below 1 zooms in, around `centre`. */
  zoom(factor: number, centre?: number): void {
    const range = this.visible;
    if (!range) return;
    const at = centre ?? (range.from + range.to) / 2;
    this.look({ from: at + (range.from - at) * factor, to: at + (range.to - at) * factor });
  }

  preset(preset: Preset): void {
    const { axis, whole } = this;
    if (!axis || !whole) return;
    const end = this.futureEnd ?? axis.end;
    const from = preset.kind === 'test' ? axis.placeOf(this.testedFrom) : end - spanOf(preset);
    // a little room past the end, however long the whole is
    this.look(preset.kind === 'all' ? null : { from, to: Math.min(whole.to, end + (end - from) * 0.03) });
  }

  private async refine(): Promise<void> {
    const { range, axis, overview, asked } = this;
    if (!range || !axis || !overview) {
      this.detail = null;
      return;
    }
    const margin = (range.to - range.from) * 0.5;
    const from = Math.max(0, Math.floor(axis.rowOf(range.from - margin)));
    const to = Math.min(overview.rows, Math.ceil(axis.rowOf(range.to + margin)) + 1);
    if (to <= from || overview.at.length >= overview.rows) return;
    const [detail, returns] = await Promise.all([
      this.fetch(from, to, detailPoints),
      this.returns ? this.fetch(from, to, detailPoints, true) : undefined,
    ]);
    if (!detail || asked !== this.asked || range !== this.range) return;
    this.detail = detail;
    if (this.returns && returns) this.returns = { ...this.returns, detail: returns };
  }

  private fetch(from: number, to: number, points: number, returns?: true): Promise<SeriesView | undefined> {
    const { dataset, column, as } = this;
    return this.attempt(this.lab.call('data.series', { dataset, column, from, to, points, as, returns }));
  }
}
