import { z } from 'zod';
import { type RecallScope, scopeFaults } from '../../domain/recall/scope.ts';
import { Instant, OutsideCode } from '../fields.ts';
import { Problem } from '../problem.ts';

const codes = z.array(OutsideCode).max(10_000).default([]);
const range = z.strictObject({ from: OutsideCode, to: OutsideCode });
const Range = range.meta({
  id: 'CodeRange',
  description: 'Codes of one length that are alike but for the number at their end, both ends included.',
  example: { from: 'L2401', to: 'L2418' },
});

const LotRange = z
  .strictObject({ from: OutsideCode.nullable().default(null), to: OutsideCode.nullable().default(null) })
  .meta({
    id: 'LotRange',
    description:
      'Codes of one length that are alike but for the number at their end, both ends included. Without `to`: that one and all later ones; ' +
      'without `from`: all up to it. Beyond such an end numbers have as many digits or, unless they are padded with zeros, more or fewer.',
    example: { from: 'L2401', to: 'L2418' },
  });

const ScopeLineBody = z
  .strictObject({
    sku: OutsideCode,
    lots: codes,
    lotRanges: z.array(LotRange).max(1_000).default([]),
    lotPrefixes: z
      .array(OutsideCode)
      .max(1_000)
      .default([])
      .meta({ description: 'All lots that begin so, as with the code of a plant.', example: ['38-25'] }),
    serialRanges: z.array(Range).max(1_000).default([]),
    dateCodes: codes.meta({ description: 'As they are printed on the goods.' }),
    expires: z
      .strictObject({ from: z.iso.date(), to: z.iso.date() })
      .nullable()
      .default(null)
      .meta({ description: 'Days on which its lots expire, the first and the last.' }),
    shipped: z
      .strictObject({ from: Instant, until: Instant })
      .nullable()
      .default(null)
      .meta({
        description:
          'When goods of the SKU left. It narrows shipments; stock counts where something else chooses it, and what was made of ' +
          'a chosen lot counts whenever it left.',
      }),
  })
  .meta({
    id: 'RecallScopeLine',
    description: 'A SKU with what chooses goods of it. These add up; where none is named it is all of the SKU.',
  });

/** Which goods a recall is about, as a request says it. */
export const RecallScopeBody = z.strictObject({ lines: z.array(ScopeLineBody).max(1_000) }).meta({ id: 'RecallScope' });

/**
 * A scope that holds something, and says nothing twice.
 *
 * @param at where in the request it is
 * @throws {Problem} 422, which names each field that is wrong
 */
export function soundScope(scope: RecallScope, at = 'scope'): RecallScope {
  const errors = scopeFaults(scope).map((fault) => ({ ...fault, field: `${at}.${fault.field}` }));
  const [first] = errors;
  if (first === undefined) return scope;
  const others = errors.length > 1 ? ` (and ${errors.length - 1} more, see errors)` : '';
  throw new Problem(422, first.code, `${first.field}: ${first.detail}${others}`, { field: first.field, errors });
}
