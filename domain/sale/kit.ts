/** One of the goods that make a kit, sold as an order line of its own. */
export type KitComponent = {
  readonly orderLine: string;
  /** Units of it in one kit. */
  readonly units: number;
  /** Units that the buyer has and no other return holds. */
  readonly returnable: number;
};

/** The kit that an order line was sold in, with all of its components. */
export type Kit = { readonly kit: string; readonly sku: string; readonly components: readonly KitComponent[] };

/** Whether the buyer keeps nothing but whole kits (or none) once these units of its components, by order line, have come back. */
export function leavesWholeKits({ components }: Kit, coming: ReadonlyMap<string, number>): boolean {
  const kept = components.map(({ orderLine, units, returnable }) => ({
    left: returnable - (coming.get(orderLine) ?? 0),
    units,
  }));
  const kits = kept.map(({ left, units }) => left / units);
  return kits.every((each) => Number.isSafeInteger(each) && each >= 0 && each === kits[0]);
}

/**
 * Splits an amount of minor units by weights, the cents that are left over to the largest remainders, the first where they
 * are alike. The parts add up to the amount, and none is more than its weight where the amount is no more than all weights.
 * Where nothing has a weight, all weigh the same.
 */
export function splitByWeights(amount: number, weights: readonly number[]): number[] {
  const known = weights.some((weight) => weight > 0) ? weights : weights.map(() => 1);
  const whole = known.reduce((sum, weight) => sum + BigInt(weight), 0n);
  const shares = known.map((weight) => BigInt(amount) * BigInt(weight));
  const parts = shares.map((share) => Number(share / whole));
  const left = amount - parts.reduce((sum, part) => sum + part, 0);
  const byRemainder = shares
    .map((share, index) => ({ index, remainder: share % whole }))
    .sort((one, other) =>
      one.remainder === other.remainder ? one.index - other.index : one.remainder < other.remainder ? 1 : -1,
    );
  for (const { index } of byRemainder.slice(0, left)) parts[index] = (parts[index] ?? 0) + 1;
  return parts;
}
