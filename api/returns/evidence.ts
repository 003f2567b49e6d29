import { z } from 'zod';
import { wipeMethods } from '../../domain/goods/evidence.ts';
import { OutsideCode } from '../fields.ts';

const document = {
  certificate: OutsideCode.meta({ description: 'The number of the document.', example: 'WIPE-4711' }),
};
const devices = { serials: z.array(OutsideCode).min(1).max(1000) };

/** What lifts a veto. */
export const EvidenceBody = z
  .discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('data_wiped'),
      ...document,
      ...devices,
      method: z.enum(wipeMethods).meta({ description: 'As NIST SP 800-88 names them.' }),
      tool: OutsideCode,
      consent: OutsideCode.exactOptional().meta({ description: 'The number of the owner’s recorded consent.' }),
    }),
    z.strictObject({ kind: z.literal('activation_unlocked'), ...document, ...devices }),
    z.strictObject({ kind: z.literal('recall_lifted'), ...document }),
  ])
  .meta({ id: 'Evidence' });
