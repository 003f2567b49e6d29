import { z } from 'zod';
import { parseRma } from '../domain/numbers/rma.ts';
import { parseReceiptNumber } from '../domain/receipt/number.ts';
import { isCurrency } from './money.ts';
import { trackingNumber, trackingPattern } from './orders/tracking.ts';

/**
 * An RMA as people and scanners write it, in its one form. A wrong check character is a 400 and not a 404: it says that
 * the number was misread, which can be told without looking, and that typing it again will help.
 */
export const Rma = z
  .string()
  .max(40)
  .transform((text, context) => {
    const rma = parseRma(text);
    if (rma !== null) return rma;
    const complete = /^[0-9A-Z]{9}$/i.test(text.replace(/[\s-]/g, ''));
    context.addIssue({
      code: 'custom',
      message: complete
        ? 'its check character does not fit, so a character is wrong; read it again'
        : 'is not an RMA, which is nine letters and digits, as in 7K3M-Q9TX-C',
      params: { code: complete ? 'rma_check_character' : 'rma_malformed' },
    });
    return z.NEVER;
  })
  .meta({ description: 'The number of the return.', example: '7K3M-Q9TX-C', override: { type: 'string' } });

/** The number of a parcel that nobody expected, as people and scanners write it, in its one form. */
export const ReceiptNumber = z
  .string()
  .max(40)
  .transform((text, context) => {
    const receipt = parseReceiptNumber(text);
    if (receipt !== null) return receipt;
    context.addIssue({
      code: 'custom',
      message:
        'is not a receipt’s number, which is a U and nine letters and digits, as in U-7K3M-Q9TX-1; read it again',
      params: { code: 'receipt_number_malformed' },
    });
    return z.NEVER;
  })
  .meta({ description: 'The number of the receipt.', example: 'U-7K3M-Q9TX-1', override: { type: 'string' } });

/**
 * The number of a process that begins with the letters of its kind, in its one form.
 * @param parse null where the text can't be one
 */
export const prefixedNumberField = (parse: (text: string) => string | null, example: string) =>
  z
    .string()
    .max(40)
    .transform((text, context) => {
      const number = parse(text);
      if (number !== null) return number;
      context.addIssue({
        code: 'custom',
        message: `is not such a number, or was misread; it looks like ${example}`,
        params: { code: 'number_malformed' },
      });
      return z.NEVER;
    })
    .meta({ description: 'Its number.', example, override: { type: 'string' } });

/** A short id inside a return: `L1`, `P1`, `I3-2`. */
export const LocalId = z.string().regex(/^[A-Za-z0-9:_./-]{1,80}$/, 'is not an id of ours');

/**
 * Years that the database can read and that an instant in its one form sorts by: one before the year 0 or after 9999 does neither, also once
 * terms are added to it, and its process would stand still with it.
 */
function isInReach(text: string): boolean {
  return /^(19|2\d)\d\d-/.test(text);
}
const outOfReach = 'lies outside of the years 1900 to 2999';

/**
 * An instant in the one form that the engine compares by: with milliseconds, in UTC. `12:00:00Z` would sort after
 * `12:00:00.500Z`, and its timer find nothing due yet.
 */
export const Instant = z.iso
  .datetime({ offset: true })
  .overwrite((text) => new Date(text).toISOString())
  .refine(isInReach, outOfReach);

/** A day by the calendar. */
export const Day = z.iso.date().refine(isInReach, outOfReach);

/** Whole units of something. */
export const Quantity = z
  .int('a quantity is a whole number from 1 to 1,000,000')
  .min(1, 'a quantity is a whole number from 1 to 1,000,000')
  .max(1_000_000, 'a quantity is a whole number from 1 to 1,000,000');

/** A parcel's number at its carrier, in its one form. */
export const Tracking = z
  .string()
  .max(80)
  .transform(trackingNumber)
  .refine((text) => trackingPattern.test(text), 'is not a tracking number')
  .meta({ example: 'EZ1000000001', override: { type: 'string' } });

/** A code that comes from outside: a SKU, lot, serial, order or order line. Printable, and without blanks around it. */
export const OutsideCode = z
  .string()
  .min(1)
  .max(120)
  .regex(
    /^[\p{L}\p{M}\p{N}\p{P}\p{S}]([\p{L}\p{M}\p{N}\p{P}\p{S} ]*[\p{L}\p{M}\p{N}\p{P}\p{S}])?$/u,
    'holds characters that no code has',
  );

/** Whoever goods come from, by an id that names nobody: it is kept in histories and journals for ever. */
export const PartyId = OutsideCode.refine((id) => !id.includes('@'), {
  error: 'looks like an e-mail address; use an id that names nobody, as it is kept for ever',
});

/** Text of a person: any script, several lines, but no control characters, which PostgreSQL can't all store. */
export const PlainText = z
  .string()
  .trim()
  .refine((text) => /^(?:[^\p{Cc}\p{Cs}]|[\n\r\t])*$/u.test(text), 'holds control characters');

/** What a person wrote about a command. */
export const NoteText = PlainText.min(1).max(2000);

export const Currency = z.string().refine(isCurrency, 'is not a currency of ISO 4217');

/** ISO 3166-1, alpha-2. */
export const Country = z.string().regex(/^[A-Z]{2}$/, 'use two capital letters, as in DE');
