import { z } from 'zod';
import { PlainText } from '../fields.ts';

/** Whoever goods are fetched from, as labels and pickups need it. */
export const ContactBody = z.strictObject({
  name: PlainText.min(1).max(120),
  street1: PlainText.min(1).max(120),
  street2: PlainText.max(120).exactOptional(),
  city: PlainText.min(1).max(120),
  state: PlainText.max(60).exactOptional(),
  zip: PlainText.min(1).max(20),
  phone: PlainText.max(40).exactOptional(),
  email: z.email().max(200).exactOptional(),
});
