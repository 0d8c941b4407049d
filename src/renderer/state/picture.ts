import { type Drawing, svgOf } from '../../core/draw/svg';
import { type Palette, readPalette } from '../charts/palette';
import { onPaper } from '../charts/paper';
import { fileName, save } from './taking';

/** Taking charts along. There is one way to paper: a drawing becomes SVG, and a PNG is that SVG as pixels. */
export type PictureKind = 'png' | 'svg';

/** Pixels of a PNG to one of the drawing: sharp on dense screens and in print. */
const density = 2;

/** Saves the chart, drawn in the colours of the paper, under its title. */
export async function savePicture(drawn: (paper: Palette) => Drawing, kind: PictureKind): Promise<void> {
  const root = document.documentElement;
  const paper = readPalette(root, 'light');
  const drawing = onPaper(drawn(paper), readPalette(root), paper);
  const vector = new Blob([svgOf(drawing)], { type: 'image/svg+xml' });
  save(fileName([drawing.title], kind), kind === 'svg' ? vector : await pixelsOf(vector));
}

async function pixelsOf(vector: Blob): Promise<Blob> {
  const address = URL.createObjectURL(vector);
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = image.naturalWidth * density;
    canvas.height = image.naturalHeight * density;
    canvas.getContext('2d')!.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((resolve, reject) => {
      canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('no PNG of the picture'))), 'image/png');
    });
  } finally {
    URL.revokeObjectURL(address);
  }
}
