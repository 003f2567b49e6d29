import { z } from 'zod';
import { checkOutcomes } from '../../../domain/recall/checks.ts';
import { recallOutcomes } from '../../../domain/recall/events.ts';
import { recallStatuses } from '../../../domain/recall/state.ts';
import { depths, effectivenessLevels, hazardClasses, recallKinds } from '../../../domain/recall/terms.ts';
import { ConfirmationsBody, RecallFacilitySummaryBody } from '../facilities/bodies.ts';

const Time = z.iso.datetime();
const Units = z.int().min(0);

/** Units by what became of them. */
export const Accounted = z.object({
  held: Units,
  returned: Units,
  destroyed: Units,
  corrected: Units,
  consumed: Units,
  soldOn: Units,
});

const Account = z
  .object({
    affected: Units.meta({ description: 'All that is claimed, and unaccounted: each unit at its last known holder.' }),
    claimed: Accounted.meta({ description: 'What holders say and what we have seen, together.' }),
    verified: Accounted.meta({ description: 'What of it we have seen ourselves.' }),
    unaccounted: Units,
    possible: Units.meta({ description: 'Beside them: may be of the scope; nobody knows the lot.' }),
  })
  .meta({ id: 'RecallAccount' });

const partOf = <T extends z.ZodRawShape>(named: T) =>
  z.object({
    rows: z.array(Account.extend(named)),
    more: z.int().min(0).meta({ description: 'How many are not named here; the CSV has every consignee.' }),
  });

/** How far a recall is (21 CFR 7.53(b)). */
export const RecallReportBody = z
  .object({
    at: Time.meta({ description: 'When the figures were read; of the final report: when the recall was completed.' }),
    recall: z.object({
      number: z.string(),
      kind: z.enum(recallKinds),
      hazardClass: z.enum(hazardClasses).nullable(),
      depth: z.enum(depths),
      mandated: z.boolean(),
      mock: z.boolean(),
      status: z.enum(recallStatuses),
      outcome: z.enum(recallOutcomes).nullable().optional().meta({ description: 'How it ended; null before.' }),
      scopeVersion: z.int(),
      product: z.string(),
      reason: z.string(),
      launchedAt: Time.nullable(),
      stoppedAt: Time.nullable(),
      notifiedAt: Time.nullable(),
      completedAt: Time.nullable(),
      closedAt: Time.nullable(),
      traceMilliseconds: z.int().nullable(),
    }),
    consignees: z.object({
      total: z.int(),
      notified: z.int(),
      undeliverable: z.int(),
      responded: z.int(),
      notResponded: z.int(),
    }),
    notified: z
      .array(z.object({ day: z.iso.date(), channel: z.string(), consignees: z.int() }))
      .meta({ description: 'First notices, by the day on which they left (UTC) and how.' }),
    onHand: Units.meta({
      description: 'Units that who answered had when told: held, or since returned, destroyed or put right.',
    }),
    account: Account,
    byLot: partOf({ sku: z.string(), lot: z.string().nullable() }),
    byFacility: partOf({ facility: z.string() }),
    checks: z.object({
      level: z.enum(effectivenessLevels),
      share: z.int().meta({ description: 'In basis points.' }),
      consignees: z.int().meta({ description: 'From how many they were chosen.' }),
      chosen: z.int(),
      made: z.int(),
      followUp: z.int(),
      outcomes: z.record(z.enum(checkOutcomes), z.int()),
    }),
    confirmations: ConfirmationsBody.extend({
      rows: z.array(RecallFacilitySummaryBody.omit({ scopeVersion: true })),
      more: z.int().min(0).meta({ description: 'Facilities that are not named here; the CSV has them all.' }),
    })
      .optional()
      .meta({
        id: 'RecallReportConfirmations',
        description: 'Whether our facilities have found what is stopped there. Final reports of before lack it.',
      }),
    completion: z
      .object({
        checks: z.int().nullable().meta({ description: 'Effectiveness checks that were still open.' }),
        units: Units.nullable().meta({ description: 'Units that nobody had accounted for.' }),
        facilities: z
          .int()
          .nullable()
          .optional()
          .meta({ description: 'Facilities that had not confirmed, or had counted otherwise than the books.' }),
        note: z.boolean().meta({ description: 'Whether a note says why it was completed all the same.' }),
      })
      .optional()
      .meta({ description: 'What it was completed with, as it was looked up then; absent until it is.' }),
    estimate: z.object({
      completesOn: z.iso.date().nullable().meta({ description: 'As the coordinator expects it.' }),
      lastWordBy: Time.nullable().meta({
        description: 'When the last of those who have not answered will have been told the last word.',
      }),
    }),
  })
  .meta({ id: 'RecallReport' });
