import { z } from 'zod';
import { defaultLoanTerms, type LoanTerms } from '../../domain/loan/terms.ts';
import { minorUnits } from '../orders/stand-in.ts';
import { BasisPoints, ByGrade, Duration } from '../policies/fields.ts';

const Amount = z
  .string()
  .max(40)
  .meta({ description: 'A decimal amount in the loan’s currency, net.', example: '12.34' });

export const LoanTermsBody = z
  .strictObject({
    reminders: z
      .array(Duration)
      .max(10)
      .default([...defaultLoanTerms.reminders])
      .meta({
        description: 'How long before the end the borrower is reminded.',
      }),
    overdueReminders: z
      .array(Duration)
      .max(20)
      .default([...defaultLoanTerms.overdueReminders])
      .meta({
        description: 'How long after it, of what is still out.',
      }),
    grace: Duration.default(defaultLoanTerms.grace).meta({
      description: 'What comes back within this costs nothing; later, all days since the end count.',
    }),
    overdueFee: Amount.default('0').meta({ description: 'A unit for each started day.' }),
    overdueCap: Amount.nullable().default(null).meta({
      description: 'The most that a unit’s overdue fees come to; null: its price of replacement.',
    }),
    damageBasisPoints: ByGrade.default(defaultLoanTerms.damageBasisPoints).meta({
      description: 'What a unit is worth less in each grade, of its price of replacement.',
    }),
    wearBasisPoints: BasisPoints.default(defaultLoanTerms.wearBasisPoints).meta({
      description: 'So much of the price of replacement is wear that nobody pays for.',
    }),
    lostAfter: Duration.default(defaultLoanTerms.lostAfter).meta({
      description: 'What is still out so long after the end counts as lost.',
    }),
    extension: z
      .strictObject({ upTo: Duration, feePerDay: Amount.default('0') })
      .nullable()
      .default(null)
      .meta({
        description: 'Longer by so much in all is agreed by itself while the term runs; null: a person decides.',
      }),
  })
  .meta({ id: 'LoanTerms' });

/** @throws {Problem} 422 where an amount can't be read */
export function termsIn(body: z.infer<typeof LoanTermsBody>, currency: string): LoanTerms {
  const { overdueFee, overdueCap, extension } = body;
  const read = (text: string, field: string) => minorUnits(text, currency, `terms.${field}`);
  return {
    ...body,
    overdueFee: read(overdueFee, 'overdueFee'),
    overdueCap: overdueCap === null ? null : read(overdueCap, 'overdueCap'),
    extension:
      extension === null ? null : { upTo: extension.upTo, feePerDay: read(extension.feePerDay, 'extension.feePerDay') },
  };
}
