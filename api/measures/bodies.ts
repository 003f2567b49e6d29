import { z } from 'zod';
import { MoneyBody } from '../money.ts';
import { dimensions } from './dimensions.ts';
import { type Stage, stages } from './times.ts';

const basis = z.enum(['placed', 'requested']).meta({
  description:
    'Which date puts something into the period: when the sale was placed, or when the return was requested. What came of it counts whenever it came.',
});

export const RatioBody = z
  .object({
    value: z.number().nullable().meta({ description: 'The share, to four places; null where the denominator is 0.' }),
    numerator: z.int(),
    denominator: z.int(),
    basis,
  })
  .meta({ id: 'Ratio', description: 'A share of units, with what it is made of.' });

export const NotRecordedBody = z
  .object({
    value: z.null(),
    reason: z.enum(['handling_not_posted', 'deadlines_not_recorded']),
  })
  .meta({ id: 'NotRecorded', description: 'A measure whose facts nobody records yet.' });

const Amounts = z.array(MoneyBody).meta({ description: 'One amount a currency.' });

const Shares = z.array(
  z.object({
    part: MoneyBody,
    whole: MoneyBody,
    value: z.number().nullable(),
  }),
);

const SpanBody = z
  .object({
    returns: z.int().meta({ description: 'How many returns have both ends.' }),
    p50Seconds: z.number().nullable(),
    p90Seconds: z.number().nullable(),
  })
  .meta({
    id: 'Span',
    description: 'How long it took: values that half and nine tenths of the returns did not exceed.',
  });

const stageNames = Object.keys(stages) as readonly Stage[];
const Spans = z.object(
  Object.fromEntries(stageNames.map((stage) => [stage, SpanBody])) as Readonly<Record<Stage, typeof SpanBody>>,
);

export const MeasuresBody = z
  .object({
    from: z.iso.datetime(),
    to: z.iso.datetime(),
    groupBy: z.enum(dimensions),
    truncated: z.boolean().meta({ description: 'Whether there are more groups; those with most returns come first.' }),
    groups: z.array(
      z.object({
        group: z.string().nullable().meta({ description: 'Null for what has no such attribute.' }),
        returns: z.int(),
        units: z.object({ requested: z.int(), received: z.int() }),
        returnsRate: RatioBody,
        resell: RatioBody,
        repairCost: z.array(z.object({ spent: MoneyBody, units: z.int(), perUnit: MoneyBody })).meta({
          description: 'Parts, labour and charges of the work on goods, by currency, with the units worked on.',
        }),
        recyclingDiversion: RatioBody,
        replacementFrequency: RatioBody,
        recovery: Shares.meta({
          description: 'Expected net recovery of the original value of goods that found their end.',
        }),
        claims: z.object({
          carrier: Shares.meta({ description: 'Claimed of what the carrier is at fault for.' }),
          vendor: Shares.meta({ description: 'Claimed of what the vendor is at fault for.' }),
          daysLeft: NotRecordedBody,
        }),
        cost: z.object({
          labels: Amounts,
          pickups: Amounts,
          perReturn: Amounts,
          handling: NotRecordedBody,
        }),
        feesWaived: z.object({ restocking: Amounts, shipping: Amounts }),
        inspectionAgreement: RatioBody,
        time: Spans,
      }),
    ),
    rootCauses: z
      .array(
        z.object({
          sku: z.string(),
          claimed: z.string().nullable(),
          found: z.string().nullable(),
          carrier: z.string().nullable(),
          units: z.int(),
        }),
      )
      .meta({ description: 'Of the whole period, by units received; the 50 greatest.' }),
  })
  .meta({ id: 'Measures', description: 'What docs/measures.md defines.' });
