import { z } from 'zod';

/** Where the desktop window stood: PROJECT/desktop.json. */
export const boundsSchema = z.strictObject({
  x: z.number().int(),
  y: z.number().int(),
  width: z.number().int().min(900),
  height: z.number().int().min(600),
});
export type Bounds = z.infer<typeof boundsSchema>;

/** Places of a window that was on a screen which is there no more are of no use. */
export function onScreen(bounds: Bounds | null, screens: Bounds[]): Bounds | null {
  const grip = 80;
  const seen = screens.some(
    (screen) =>
      bounds &&
      bounds.x < screen.x + screen.width - grip &&
      bounds.x + bounds.width > screen.x + grip &&
      bounds.y >= screen.y - grip &&
      bounds.y < screen.y + screen.height - grip,
  );
  return seen ? bounds : null;
}
