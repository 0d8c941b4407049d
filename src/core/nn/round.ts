/** The next multiple of `to`: widths are stored rounded up, and what is added stays zero. */
export const up = (n: number, to: number) => Math.ceil(n / to) * to;
