import { z } from 'zod';
import { confirmationStates } from '../../../domain/recall/confirmation.ts';
import { drillSkips, drillStates } from '../../../domain/recall/drill.ts';
import { depths } from '../../../domain/recall/terms.ts';
import { milliseconds } from '../../../domain/time/duration.ts';
import { Duration } from '../../executions/start.ts';
import { OutsideCode, PlainText } from '../../fields.ts';

const Time = z.iso.datetime();
const Units = z.int().min(0);

/** A drill looks at the records as they are: more often than that it would find the same. */
const LEAST_MS = 3_600_000;

/** A drill that lasts longer holds up the next one of its schedule. */
const MOST_TO_CONFIRM_MS = 7 * 24 * LEAST_MS;

const isTimeZone = (text: string): boolean => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: text });
    return true;
  } catch {
    return false;
  }
};

export const NewDrillSchedule = z
  .strictObject({
    name: PlainText.min(1).max(100),
    every: Duration.refine((duration) => milliseconds(duration) >= LEAST_MS, 'is less than an hour')
      .exactOptional()
      .meta({ description: 'How often, in weeks, days and hours; or `cron`.', example: 'P4W' }),
    cron: z
      .string()
      .max(100)
      .regex(/^\S+( \S+){4}$/, 'is not minute, hour, day of the month, month and day of the week')
      .exactOptional()
      .meta({ description: 'When, as five fields of cron; or `every`.', example: '0 9 1 */3 *' }),
    timeZone: z.string().max(60).refine(isTimeZone, 'is not a time zone such as Europe/Berlin').default('UTC').meta({
      description: 'Of `cron`.',
    }),
    goods: z.strictObject({ sku: OutsideCode, lot: OutsideCode }).nullable().default(null).meta({
      description:
        'The lot that it is about. Null: each time one is drawn of those that were shipped within the year before.',
    }),
    depth: z.enum(depths).default('consumer').meta({ description: 'How far down the chain it reaches.' }),
    confirmWithin: Duration.refine((duration) => milliseconds(duration) > 0, 'is no time at all')
      .refine((duration) => milliseconds(duration) <= MOST_TO_CONFIRM_MS, 'is longer than a week')
      .nullable()
      .default(null)
      .meta({
        description:
          'How long our facilities have to confirm what is stopped there; the drill lasts until all have, or that is over. Null: they are ' +
          'not asked.',
      }),
    tell: z
      .array(z.email().max(200))
      .max(20)
      .default([])
      .meta({ description: 'Who gets a letter that says how each went.' }),
  })
  .refine(({ every, cron }) => (every === undefined) !== (cron === undefined), {
    error: 'say either how often or when',
    path: ['every'],
  })
  .meta({ id: 'NewRecallDrillSchedule' });

export const DrillScheduleBody = z
  .object({
    schedule: z.string(),
    name: z.string(),
    every: z.string().nullable(),
    cron: z.string().nullable(),
    timeZone: z.string(),
    goods: z.object({ sku: z.string(), lot: z.string() }).nullable(),
    depth: z.enum(depths),
    confirmWithin: z
      .string()
      .nullable()
      .meta({ description: 'How long facilities have to confirm; null: they are not asked.' }),
    tell: z.array(z.string()),
    paused: z.boolean(),
    createdBy: z.string(),
    createdAt: Time,
  })
  .meta({ id: 'RecallDrillSchedule' });

const Scored = z.object({
  units: Units.meta({ description: 'Found by the trace: with consignees, and in facilities.' }),
  sound: Units.meta({ description: 'Those without a gap.' }),
  gaps: z.object({
    withoutOrigin: Units.meta({
      description: 'Nobody knows where their lot came from: no receipt, and not made of other lots.',
    }),
    withoutAddress: Units.meta({ description: 'Their consignee would be written to, and has no address for it.' }),
    stockWithoutLot: Units.meta({ description: 'Beside the units: stock of the SKU whose lot nobody knows.' }),
    shippedWithoutLot: Units.meta({ description: 'Likewise what was shipped.' }),
    notAddingUp: Units.meta({ description: 'Likewise what left without ever having come in.' }),
  }),
  share: z
    .int()
    .nullable()
    .meta({ description: 'Sound ones of all of these, in basis points; null where there are none.' }),
});

/** How a drill went. */
export const DrillScoreBody = z
  .object({
    at: Time.meta({ description: 'When it was read.' }),
    recall: z.string(),
    traceMilliseconds: z.int().nullable(),
    stopMilliseconds: z
      .int()
      .nullable()
      .meta({ description: 'From its launch until its goods were noted as stopped.' }),
    notifyMilliseconds: z
      .int()
      .nullable()
      .meta({ description: 'From its launch until everybody would have been written to.' }),
    confirmMilliseconds: z
      .int()
      .nullable()
      .optional()
      .meta({ description: 'Until the last facility had confirmed; null where one never did, or none was asked.' }),
    total: Scored,
    byFacility: z.array(
      Scored.extend({
        facility: z
          .string()
          .nullable()
          .meta({ description: 'Null: nobody recorded which, or several sent the lot there.' }),
        confirmation: z
          .object({
            state: z.enum(confirmationStates),
            milliseconds: z
              .int()
              .nullable()
              .meta({ description: 'From when it was asked until it had counted all; null where it never did.' }),
            onBooks: Units,
            found: Units.nullable(),
            differs: z.boolean(),
          })
          .nullable()
          .optional()
          .meta({
            description: 'Whether it confirmed that what is stopped there was found; null where it was not asked.',
          }),
      }),
    ),
  })
  .meta({ id: 'RecallDrillScore' });

export const DrillBody = z
  .object({
    run: z.string().meta({ description: 'Its id, from which its lot was drawn.' }),
    state: z.enum(drillStates),
    skippedFor: z.enum(drillSkips).nullable().meta({
      description:
        '`recall_under_way`: a recall was reaching its consignees; `no_lot_shipped`: nothing was shipped within the year before.',
    }),
    recall: z.string().nullable(),
    goods: z.object({ sku: z.string(), lot: z.string() }).nullable(),
    overdue: z.boolean().meta({ description: 'It was ended before everybody would have been written to.' }),
    firedAt: Time,
    endedAt: Time.nullable(),
    score: DrillScoreBody.nullable(),
  })
  .meta({ id: 'RecallDrill' });
