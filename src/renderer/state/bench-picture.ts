import { drawingOf } from '../charts/drawing';
import { legendOf } from '../charts/legend';
import { noteOf, paperFace, titleOf } from '../charts/paper';
import type { Bench } from './bench.svelte';
import { type PictureKind, savePicture } from './picture';

/** The chart of the bench as it is on the screen, with what a reader of the picture alone has to know. */
export async function saveChart(bench: Bench, kind: PictureKind): Promise<void> {
  const { chart, palette, workspace, forecasts, view, banded } = bench;
  if (!chart) return;
  const { t, title } = workspace;
  const legend = legendOf(view, forecasts, palette, t);
  const hasBand = forecasts.some(({ future }) => future.some(({ lower95 }) => lower95 !== null));
  const note =
    view === 'series' || view === 'returns'
      ? noteOf(t.picture[view], hasBand && banded !== null ? t.picture.band(banded) : '')
      : noteOf({ ...t.chart.what, lag: '', inside: '', values: '' }[view]);
  const words = { title: titleOf(t.chart.views[view], title), note, legend, summary: '', font: paperFace };
  await savePicture(() => drawingOf(chart, words, palette), kind);
}
