import { z } from 'zod';
import { OutsideCode } from '../fields.ts';

/** What a buyer has agreed to of the card that paid. */
export const CardConsentBody = z
  .strictObject({
    reference: OutsideCode.meta({ description: 'The agreement, by the shop’s own name for it.' }),
    at: z.iso.datetime().meta({ description: 'When the buyer agreed.' }),
  })
  .meta({
    id: 'CardConsent',
    description:
      'The buyer agrees that the card which paid for the goods may be held, and charged, for what comes to be owed of this ' +
      'return. No data of the card are kept: the provider has it.',
  });
