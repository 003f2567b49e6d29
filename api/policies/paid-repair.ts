import { z } from 'zod';
import { AmountByCurrency, Category, Duration, Months } from './fields.ts';

/** How what no warranty covers is mended for a price that its owner agrees to. */
export const PaidRepairBody = z
  .strictObject({
    quoteValidFor: Duration,
    reminders: z.array(Duration).max(20).meta({ description: 'Each from the quote, while it is valid.' }),
    diagnosisFee: AmountByCurrency.exactOptional().meta({
      description: 'Net; what an owner owes for an item who does not agree to its quote. Absent: nothing.',
    }),
    prices: z
      .record(Category, AmountByCurrency)
      .exactOptional()
      .meta({ description: 'Net; what mending a unit costs. Of what is not named a person writes each quote.' }),
    coverMonths: Months.exactOptional().meta({
      description: 'How long such a repair is covered. Absent: no longer than the goods were.',
    }),
  })
  .meta({
    description:
      'How goods are mended that the warranty does not cover, or whose fault their owner caused. Absent: they are not taken.',
  });
