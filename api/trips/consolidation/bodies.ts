import { z } from 'zod';
import { goodsClasses } from '../../../domain/trip/load.ts';
import { Instant, LocalId, OutsideCode, Quantity, Rma } from '../../fields.ts';
import { MoneyBody } from '../../money.ts';
import { LegBody } from '../bodies.ts';
import { Currency, Grams, Latitude, Litres, Longitude } from '../request.ts';

const MinorUnits = z.int().min(0).max(1_000_000_000);

const CandidateBody = z.strictObject({
  kind: z.enum(['transfer', 'packaging', 'recall']),
  reference: OutsideCode.meta({ description: 'What it is of, by its number.' }),
  facility: LocalId.exactOptional().meta({
    description: 'Where it lies, if that is one of ours; else the degrees say it.',
  }),
  latitude: Latitude.exactOptional(),
  longitude: Longitude.exactOptional(),
  readyFrom: Instant,
  until: Instant,
  to: LocalId.meta({ description: 'The facility that is to get it.' }),
  volumeLitres: Litres,
  weightGrams: Grams,
  units: Quantity,
  goods: z.enum(goodsClasses),
  carrierPrice: MinorUnits.meta({ description: 'What a carrier would take, in minor units.' }),
});

export const ConsolidationRequestBody = z
  .strictObject({
    from: Instant.meta({ description: 'Trips that depart from here on.' }),
    until: Instant,
    depot: LocalId.nullable().default(null),
    currency: Currency,
    apply: z
      .boolean()
      .default(false)
      .meta({ description: 'Has the trips collect what the plan gives them; else it is only told.' }),
    places: z
      .array(z.strictObject({ rma: Rma, latitude: Latitude, longitude: Longitude }))
      .max(2_000)
      .default([])
      .meta({
        description:
          'Where returns are collected, as your geocoder says. A return without a place stays with its carrier.',
      }),
    litresPerKilogram: z.number().min(0.1).max(100).default(5).meta({
      description: 'How much room goods of returns take, whose volume nobody has measured.',
    }),
    carrierPrice: MinorUnits.default(0).meta({
      description: 'What a carrier takes for a return whose label and pickup have no known price, in minor units.',
    }),
    candidates: z.array(CandidateBody).max(1_000).default([]).meta({ description: 'What else waits to be collected.' }),
  })
  .meta({ id: 'ConsolidationRequest' });

export const ConsolidationBody = z
  .object({
    applied: z.boolean(),
    saving: MoneyBody.meta({
      description: 'What carriers would take for all that rides, less what the trips cost more.',
    }),
    assigned: z.array(
      z.object({
        candidate: z.string(),
        trip: z.string(),
        load: z.string(),
        stop: z.string(),
        after: z.string().meta({ description: 'The stop before that one.' }),
        isStopAdded: z.boolean(),
        off: z.string(),
        at: z.iso.datetime(),
        carrierPrice: MoneyBody,
        cost: MoneyBody,
        saving: MoneyBody,
        why: z.string(),
      }),
    ),
    left: z.array(z.object({ candidate: z.string(), code: z.string(), why: z.string() })),
    refused: z
      .array(z.object({ trip: z.string(), code: z.string() }))
      .meta({ description: 'Trips that had changed meanwhile: what was for them stays where it is.' }),
    trips: z.array(z.object({ trip: z.string(), legs: z.array(LegBody) })),
  })
  .meta({ id: 'Consolidation' });
