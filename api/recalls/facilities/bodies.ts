import { z } from 'zod';
import { confirmationStates, differenceResolutions } from '../../../domain/recall/confirmation.ts';
import { LocalId, NoteText, OutsideCode } from '../../fields.ts';

const Time = z.iso.datetime();
const Units = z.int().min(0).max(1_000_000);
const Lot = OutsideCode.nullable()
  .default(null)
  .meta({ description: 'Null for goods whose lot isn’t known: those of them that are of the scope.' });

export const ConfirmationRequest = z
  .strictObject({
    counts: z
      .array(
        z.strictObject({
          sku: OutsideCode,
          lot: Lot,
          found: Units.meta({ description: 'Units that were found and set aside; 0 where there are none.' }),
          location: OutsideCode.nullable()
            .default(null)
            .meta({ description: 'Where they were put: needed where any were found.' }),
        }),
      )
      .min(1)
      .max(10_000),
  })
  .meta({
    id: 'RecallConfirmation',
    description: 'What was found of goods; those that aren’t named stay as they were.',
  });

export const DifferenceRequest = z
  .strictObject({
    sku: OutsideCode,
    lot: Lot,
    found: Units.meta({ description: 'The count that is meant, as another may have come since.' }),
    resolution: z.enum(differenceResolutions).meta({
      description:
        '`accept`: the count is right, and what the books had beyond it is unaccounted for; `count_again`: the facility is asked anew.',
    }),
    note: NoteText,
  })
  .meta({ id: 'RecallDifference' });

/** Whether facilities have confirmed, all of a recall. */
export const ConfirmationsBody = z
  .object({
    asked: z.int().meta({ description: 'Facilities that were asked to confirm what is stopped there.' }),
    confirmed: z.int().meta({ description: 'Of these: those that have.' }),
    late: z.int().meta({ description: 'Of these: those whose time is over.' }),
    unasked: z.int().meta({ description: 'Beside them: those that found goods which no book had there.' }),
    differing: z.int().meta({ description: 'Where a count differs from the books and nobody has settled that.' }),
  })
  .meta({ id: 'RecallConfirmations' });

export const RecallFacilitySummaryBody = z
  .object({
    facility: z.string(),
    state: z.enum(confirmationStates).meta({
      description: '`late`: its time is over; `ended`: the recall was over before it had confirmed.',
    }),
    scopeVersion: z.int(),
    askedAt: Time.nullable().meta({ description: 'Null where it reported goods that nobody had asked it about.' }),
    dueAt: Time.nullable(),
    confirmedAt: Time.nullable().meta({ description: 'When it had counted all that it was asked about.' }),
    confirmedBy: z.string().nullable().meta({ description: 'The API key by which the last count came.' }),
    onBooks: z.int().meta({ description: 'Units that the books have there for certain, less what has left since.' }),
    found: z.int().nullable().meta({ description: 'Units that were found; null before the first count.' }),
    differs: z.boolean().meta({ description: 'A count differs from the books and nobody has settled that.' }),
  })
  .meta({ id: 'RecallFacilitySummary' });

const FacilityPosition = z
  .object({
    sku: z.string(),
    lot: z.string().nullable(),
    onBooks: z.int(),
    possible: z.int().meta({ description: 'Beside them: may be of the scope, as their lot isn’t known.' }),
    found: z.int().nullable(),
    location: z.string().nullable(),
    confirmation: z.int().nullable().meta({ description: 'The number of the count that holds.' }),
    differs: z.boolean(),
    accepted: z.boolean().meta({ description: 'A person said that the count is right.' }),
    beyondBooks: z
      .int()
      .meta({ description: 'Units that were found and that no book had there: affected like the others.' }),
    unaccounted: z.int(),
  })
  .meta({ id: 'RecallFacilityPosition' });

export const RecallFacilityBody = RecallFacilitySummaryBody.extend({
  recall: z.string(),
  positions: z.array(FacilityPosition),
  confirmations: z
    .array(
      z.object({
        number: z.int(),
        at: Time,
        by: z.string(),
        counts: z.array(
          z.object({ sku: z.string(), lot: z.string().nullable(), found: z.int(), location: z.string().nullable() }),
        ),
      }),
    )
    .meta({ description: 'All that was ever counted, newest first.' }),
}).meta({ id: 'RecallFacility' });

export const FacilityId = LocalId.meta({ description: 'The id of the facility.', example: 'RC1' });
