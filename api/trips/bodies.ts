import { z } from 'zod';
import { goodsClasses } from '../../domain/trip/load.ts';
import { legs } from '../../domain/trip/plan.ts';
import type { Attention, NetworkProcess, Trip, TripLoad, TripStop } from '../../prisma/generated/client.ts';
import { MoneyBody, moneyOut } from '../money.ts';
import { networkSummary, networkSummaryShape, networkWholeShape } from '../network/bodies.ts';

const Time = z.iso.datetime();

export const TripSummaryBody = z
  .object({
    ...networkSummaryShape,
    depot: z.string(),
    vehicle: z.string().nullable(),
    departsAt: Time,
    returnsAt: Time,
    volumeLitres: z.int(),
    weightGrams: z.int(),
    departedAt: Time.nullable(),
    returnedAt: Time.nullable(),
  })
  .meta({ id: 'TripSummary' });

const StopBody = z.object({
  stop: z.string(),
  facility: z.string().nullable(),
  latitude: z.number(),
  longitude: z.number(),
  opens: Time,
  closes: Time,
  minutes: z.int(),
  added: z.boolean().meta({ description: 'For pickups alone.' }),
  plannedAt: Time.nullable(),
  arrivedAt: Time.nullable(),
  state: z.string(),
});

const LoadBody = z.object({
  load: z.string(),
  kind: z.string(),
  reference: z.string(),
  on: z.string(),
  off: z.string(),
  volumeLitres: z.int(),
  weightGrams: z.int(),
  units: z.int(),
  goods: z.string(),
  state: z.string(),
  collected: z.int().nullable(),
  delivered: z.int().nullable(),
  code: z.string().nullable().meta({ description: 'Why it wasn’t collected, or the trip that has it instead.' }),
  carrierPrice: MoneyBody.nullable(),
  cost: MoneyBody.nullable().meta({ description: 'Its share of what the trip costs more.' }),
});

export const LegBody = z
  .object({
    from: z.string(),
    to: z.string(),
    volumeLitres: z.int(),
    weightGrams: z.int(),
    spareVolumeLitres: z.int(),
    spareWeightGrams: z.int(),
    goods: z.array(z.enum(goodsClasses)),
  })
  .meta({ id: 'TripLeg', description: 'What rides from one stop to the next, and what there is room for.' });

export const TripBody = TripSummaryBody.extend({
  stops: z.array(StopBody),
  loads: z.array(LoadBody),
  legs: z.array(LegBody),
  ...networkWholeShape,
}).meta({ id: 'Trip' });

/** A row of the read model with what hangs on it. */
export type TripRead = NetworkProcess & {
  readonly attention: readonly Attention[];
  readonly trip: (Trip & { readonly stops: readonly TripStop[]; readonly loads: readonly TripLoad[] }) | null;
};

const openEntries = { where: { resolvedAt: null }, orderBy: { raisedAt: 'asc' } } as const;

/** What is read of a trip with its row. */
export const withTrip = {
  attention: openEntries,
  trip: { include: { stops: { orderBy: { position: 'asc' } }, loads: { orderBy: { load: 'asc' } } } },
} as const;

/** A trip in a list; null where its own row isn't there, which append writes with the others. */
export function tripSummary(
  row: NetworkProcess & { readonly attention: readonly Attention[]; readonly trip: Trip | null },
): z.infer<typeof TripSummaryBody> | null {
  if (row.trip === null) return null;
  const { depot, vehicle, departsAt, returnsAt, volumeLitres, weightGrams, departedAt, returnedAt } = row.trip;
  return {
    ...networkSummary(row),
    ...{ depot, vehicle, volumeLitres, weightGrams },
    departsAt: departsAt.toISOString(),
    returnsAt: returnsAt.toISOString(),
    departedAt: departedAt?.toISOString() ?? null,
    returnedAt: returnedAt?.toISOString() ?? null,
  };
}

/** What a trip drives to, what rides on it, and the room that is left between its stops. */
export function tripParts({ stops, loads, currency, volumeLitres, weightGrams }: NonNullable<TripRead['trip']>) {
  const rides = loads.filter(({ state }) => ['planned', 'aboard', 'delivered'].includes(state));
  return {
    stops: stops.map(({ number: _, position: __, opens, closes, plannedAt, arrivedAt, ...stop }) => ({
      ...stop,
      opens: opens.toISOString(),
      closes: closes.toISOString(),
      plannedAt: plannedAt?.toISOString() ?? null,
      arrivedAt: arrivedAt?.toISOString() ?? null,
    })),
    loads: loads.map(({ number: _, candidate: __, onStop: on, offStop: off, carrierPrice, cost, ...load }) => ({
      ...{ ...load, on, off },
      carrierPrice: amountOf(carrierPrice, currency),
      cost: amountOf(cost, currency),
    })),
    legs: legs({
      stops: stops.filter(({ state }) => state !== 'dropped'),
      loads: rides.map(({ onStop: on, offStop: off, goods, ...load }) => ({
        ...load,
        on,
        off,
        goods: Goods.parse(goods),
      })),
      capacity: { volumeLitres, weightGrams },
    }).map((leg) => ({ ...leg, goods: [...leg.goods] })),
  };
}

const Goods = z.enum(goodsClasses);

const amountOf = (amount: bigint | null, currency: string) =>
  amount === null ? null : moneyOut(Number(amount), currency);
