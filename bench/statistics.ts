/** Figures of many samples; none is assumed to be spread evenly, so all are order statistics. */
export type Spread = { readonly median: number; readonly min: number; readonly max: number };

/** The value that a share of the samples does not exceed (nearest rank). */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = samples.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

export const spreadOf = (samples: readonly number[]): Spread => ({
  median: percentile(samples, 0.5),
  min: Math.min(...samples),
  max: Math.max(...samples),
});

/** To as many digits as a figure of a noisy machine deserves. */
export const rounded = (value: number, digits = 3): number => Number(value.toPrecision(digits));
