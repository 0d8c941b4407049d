/**
 * What the first screen does without. It is fetched once that screen stands and the window has nothing else to do, so that
 * opening a file, the palette or an explanation waits for nothing; whoever is sooner fetches it then.
 */
const later = [
  () => import('./views/ForecastBench.svelte'),
  () => import('./views/FileMenu.svelte'),
  () => import('./views/Palette.svelte'),
  () => import('./views/TermPopover.svelte'),
  () => import('./views/Shortcuts.svelte'),
  () => import('./views/Glossary.svelte'),
];

/** Gives the way to leave off. What cannot be fetched now is asked for again when it is needed, and said then. */
export function fetchAhead(): () => void {
  let left = false;
  const idle = (work: () => void) =>
    'requestIdleCallback' in globalThis ? requestIdleCallback(work, { timeout: 1000 }) : setTimeout(work, 50);
  const next = (place: number) => {
    const fetch = later[place];
    if (fetch && !left)
      idle(
        () =>
          void fetch().then(
            () => next(place + 1),
            () => {},
          ),
      );
  };
  // two frames on, what was rendered has been painted
  requestAnimationFrame(() => requestAnimationFrame(() => next(0)));
  return () => {
    left = true;
  };
}
