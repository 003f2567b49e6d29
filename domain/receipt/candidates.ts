import type { Clues, CountedLine } from './receipt.ts';

/** A return that goods may belong to, as far as it matters here. */
export type KnownReturn = {
  readonly rma: string;
  readonly order: string;
  readonly buyer: string | null;
  readonly closed: boolean;
  /** Of all its parcels. */
  readonly trackings: readonly string[];
  /** Sold on the order lines that it is about. */
  readonly serials: readonly string[];
  readonly lines: readonly { readonly sku: string; readonly outstanding: number }[];
};

/** Why goods may belong to a return, the strongest first. */
export const candidateReasons = ['rma', 'tracking', 'serial', 'order', 'buyer_and_sku'] as const;
export type CandidateReason = (typeof candidateReasons)[number];

/** Reasons that can name one return. Buyers send several alike, so that alone never does. */
const naming: readonly CandidateReason[] = ['rma', 'tracking', 'serial', 'order'];

export type Candidate = {
  readonly rma: string;
  readonly reasons: readonly CandidateReason[];
  readonly closed: boolean;
  /** Units of the parcel that it still waits for. */
  readonly awaited: number;
};

export type Candidates = {
  /** The likeliest first. */
  readonly candidates: readonly Candidate[];
  /** The one that the clues name; null where they name none, several, or contradict each other. */
  readonly identified: string | null;
};

/**
 * Which returns a parcel that nobody expected may belong to. It never guesses between two: the strongest clue that points
 * to any return names it only if it points to one alone, and no other naming clue points elsewhere.
 */
export function receiptCandidates(
  clues: Clues,
  contents: readonly Pick<CountedLine, 'sku' | 'quantity' | 'serials'>[],
  known: readonly KnownReturn[],
): Candidates {
  const found = known
    .map((one): Candidate => {
      const reasons = candidateReasons.filter((reason) => speaksFor(reason, clues, contents, one));
      return { rma: one.rma, reasons, closed: one.closed, awaited: awaitedOf(contents, one) };
    })
    .filter(({ reasons }) => reasons.length > 0);
  const named = naming
    .map((reason) => found.filter(({ reasons }) => reasons.includes(reason)))
    .filter((group) => group.length > 0);
  const [strongest = []] = named;
  const [only, another] = strongest;
  const agreed = only !== undefined && another === undefined && named.every((group) => group.includes(only));
  return { candidates: found.toSorted(byLikelihood), identified: agreed ? only.rma : null };
}

function speaksFor(
  reason: CandidateReason,
  clues: Clues,
  contents: readonly Pick<CountedLine, 'sku' | 'serials'>[],
  one: KnownReturn,
): boolean {
  switch (reason) {
    case 'rma':
      return one.rma === clues.rma;
    case 'tracking':
      return clues.tracking !== null && one.trackings.includes(clues.tracking);
    case 'serial':
      return [...clues.serials, ...contents.flatMap(({ serials = [] }) => serials)].some((serial) =>
        one.serials.includes(serial),
      );
    case 'order':
      return one.order === clues.order;
    case 'buyer_and_sku':
      return one.buyer !== null && one.buyer === clues.buyer && contents.some(({ sku }) => has(one, sku));
  }
}

const has = (one: KnownReturn, sku: string): boolean => one.lines.some((line) => line.sku === sku);

/** Each SKU once, however many lines the count or the return has of it. */
function awaitedOf(contents: readonly Pick<CountedLine, 'sku' | 'quantity'>[], { lines }: KnownReturn): number {
  const counted = Map.groupBy(contents, ({ sku }) => sku);
  return [...counted].reduce((sum, [sku, its]) => {
    const came = its.reduce((units, { quantity }) => units + quantity, 0);
    const awaited = lines.filter((line) => line.sku === sku).reduce((units, line) => units + line.outstanding, 0);
    return sum + Math.min(came, awaited);
  }, 0);
}

function byLikelihood(one: Candidate, other: Candidate): number {
  const strength = ({ reasons }: Candidate) => Math.min(...reasons.map((reason) => candidateReasons.indexOf(reason)));
  return (
    strength(one) - strength(other) ||
    other.awaited - one.awaited ||
    Number(one.closed) - Number(other.closed) ||
    (one.rma < other.rma ? -1 : 1)
  );
}
