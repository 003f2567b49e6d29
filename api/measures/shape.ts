import type { z } from 'zod';
import { moneyOut } from '../money.ts';
import type { MeasuresBody, NotRecordedBody, RatioBody } from './bodies.ts';
import { type Stage, stages } from './times.ts';

/** One figure of the statement; sums in units, minor units or seconds. */
export type Measured = {
  readonly measure: string;
  readonly grp: string | null;
  readonly currency: string | null;
  readonly n: number;
  readonly d: number | null;
  readonly p50: number | null;
  readonly p90: number | null;
};

type Group = z.infer<typeof MeasuresBody>['groups'][number];

/** The figures as groups, those with most returns first. */
export function groupsOf(measured: readonly Measured[]): readonly Group[] {
  const byGroup = Map.groupBy(measured, ({ grp }) => grp);
  return [...byGroup]
    .map(([group, figures]) => groupOf(group, figures))
    .sort(
      (a, b) =>
        b.returns - a.returns ||
        b.returnsRate.numerator - a.returnsRate.numerator ||
        (a.group ?? '').localeCompare(b.group ?? ''),
    );
}

function groupOf(group: string | null, figures: readonly Measured[]): Group {
  const of = (measure: string) => figures.filter((figure) => figure.measure === measure);
  const count = (measure: string) => of(measure)[0]?.n ?? 0;
  const amounts = (...measures: readonly string[]) => {
    const rows = measures.flatMap(of);
    return [...Map.groupBy(rows, ({ currency }) => currency ?? '')]
      .map(([currency, each]) => ({ currency, amount: each.reduce((sum, { n }) => sum + n, 0) }))
      .filter(({ amount }) => amount !== 0)
      .sort((a, b) => a.currency.localeCompare(b.currency));
  };
  const money = (...measures: readonly string[]) =>
    amounts(...measures).map(({ amount, currency }) => moneyOut(amount, currency));
  const returns = count('returns');
  return {
    group,
    returns,
    units: { requested: count('units_requested'), received: count('units_received') },
    returnsRate: ratio(of('returns_rate'), 'placed'),
    resell: ratio(of('resell'), 'requested'),
    repairCost: perUnit(of('repair_cost')),
    recyclingDiversion: ratio(of('recycling_diversion'), 'requested'),
    replacementFrequency: ratio(of('replacement_frequency'), 'requested'),
    recovery: shares(of('expected_recovery')),
    claims: {
      carrier: shares(of('carrier_claims')),
      vendor: shares(of('vendor_claims')),
      daysLeft: notRecorded('deadlines_not_recorded'),
    },
    cost: {
      labels: money('label_cost'),
      pickups: money('pickup_cost'),
      perReturn: amounts('label_cost', 'pickup_cost').map(({ amount, currency }) =>
        moneyOut(Math.round(amount / Math.max(1, returns)), currency),
      ),
      handling: notRecorded('handling_not_posted'),
    },
    feesWaived: { restocking: money('restocking_waived'), shipping: money('shipping_waived') },
    inspectionAgreement: ratio(of('inspection_agreement'), 'requested'),
    time: spans(of),
  };
}

function ratio([row]: readonly Measured[], basis: 'placed' | 'requested'): z.infer<typeof RatioBody> {
  const numerator = row?.n ?? 0;
  const denominator = row?.d ?? 0;
  return { value: share(numerator, denominator), numerator, denominator, basis };
}

const shares = (rows: readonly Measured[]): Group['recovery'] =>
  rows
    .filter(({ currency }) => currency !== null)
    .map(({ n, d, currency }) => ({
      part: moneyOut(n, currency ?? ''),
      whole: moneyOut(d ?? 0, currency ?? ''),
      value: share(n, d ?? 0),
    }))
    .sort((a, b) => a.whole.currency.localeCompare(b.whole.currency));

const perUnit = (rows: readonly Measured[]): Group['repairCost'] =>
  rows
    .map(({ n, d, currency }) => ({
      spent: moneyOut(n, currency ?? ''),
      units: d ?? 0,
      perUnit: moneyOut(Math.round(n / Math.max(1, d ?? 0)), currency ?? ''),
    }))
    .sort((a, b) => a.spent.currency.localeCompare(b.spent.currency));

const share = (part: number, whole: number): number | null =>
  whole === 0 ? null : Math.round((part / whole) * 10_000) / 10_000;

const notRecorded = (reason: z.infer<typeof NotRecordedBody>['reason']) => ({ value: null, reason });

function spans(of: (measure: string) => readonly Measured[]): Group['time'] {
  const span = (stage: Stage) => {
    const [row] = of(stage);
    return { returns: row?.n ?? 0, p50Seconds: row?.p50 ?? null, p90Seconds: row?.p90 ?? null };
  };
  const names = Object.keys(stages) as readonly Stage[];
  return Object.fromEntries(names.map((stage) => [stage, span(stage)])) as Group['time'];
}
