import { z } from 'zod';
import { serialsElsewhere } from '../../activities/journal/serials-elsewhere.ts';
import { deviceFindings } from '../../domain/goods/evidence.ts';
import { reasonCodes } from '../../domain/reasons.ts';
import type { Finding } from '../../domain/return/findings.ts';
import { endpoint } from '../endpoint.ts';
import { LocalId, OutsideCode, Quantity, Rma } from '../fields.ts';
import { MoneyBody } from '../money.ts';
import { minorUnits } from './adjustments.ts';
import { carryOut, commandResponses } from './carry-out.ts';
import { EvidenceBody } from './evidence.ts';
import { readSeen, seenFields } from './seen.ts';

const onReturn = { method: 'post', tag: 'Returns', problems: [404], responses: commandResponses } as const;
const ItemPath = z.object({ rma: Rma, item: LocalId });

/** Units of one SKU, lot and state, as they were counted. */
export const Content = z
  .strictObject({
    sku: OutsideCode,
    quantity: Quantity,
    lot: OutsideCode.exactOptional(),
    serials: z.array(OutsideCode).max(1000).exactOptional(),
    damagedInTransit: z.boolean().exactOptional(),
  })
  .meta({ id: 'ReceivedContent' });

const FindingBody = z
  .strictObject({
    quantity: Quantity,
    ...seenFields,
    reason: z
      .enum(reasonCodes)
      .exactOptional()
      .meta({ description: 'The reason found, where it differs from the one claimed.' }),
    serials: z.array(OutsideCode).max(1000).exactOptional(),
    found: z.array(z.enum(deviceFindings)).max(deviceFindings.length).exactOptional().meta({
      description:
        'Of a device: data are on it, or an activation lock is. Neither is taken back by another inspection, only by evidence.',
    }),
  })
  .transform(
    ({ facts, answers, ...finding }, context): Finding => ({ ...finding, ...readSeen(facts, answers, context) }),
  )
  .meta({ id: 'Finding' });

/** Commands of the bench: what arrived, what it is like, where it went. */
export const goodsEndpoints = [
  endpoint({
    ...onReturn,
    path: '/v1/returns/{rma}/receipts',
    id: 'receiveParcel',
    summary: 'Book in what a parcel held',
    description:
      'What was not announced becomes an item or a discrepancy of its own: nothing that was counted is lost.',
    permission: 'returns:handle',
    params: z.object({ rma: Rma }),
    body: z
      .strictObject({
        parcel: LocalId.nullable().default(null).meta({ description: 'Null for goods without a label of ours.' }),
        contents: z.array(Content).max(1000).meta({ description: 'Empty for an empty box.' }),
        partial: z.boolean().default(false).meta({ description: 'More is on its way: what is absent is not short.' }),
        weightGrams: z.int().min(0).max(100_000_000).exactOptional(),
      })
      .meta({ id: 'Receipt' }),
    handle: async (call, api) => {
      const { rma } = call.params;
      const elsewhere = await serialsElsewhere(api.pool, rma, call.body.contents);
      return await carryOut(api, call, rma, { type: 'receive', ...call.body, ...elsewhere });
    },
  }),
  endpoint({
    ...onReturn,
    path: '/v1/returns/{rma}/items/{item}/inspections',
    id: 'inspectItem',
    summary: 'Record what an item is like',
    description:
      'Several findings split the item. It can be graded again until it has moved. Above the policy’s threshold a second ' +
      'person inspects it too: the same facts confirm the grade.',
    permission: 'returns:handle',
    params: ItemPath,
    body: z.strictObject({ findings: z.array(FindingBody).min(1).max(100) }).meta({ id: 'Inspection' }),
    handle: async (call, api) => {
      const { rma, item } = call.params;
      return await carryOut(api, call, rma, { type: 'inspect', item, findings: call.body.findings });
    },
  }),
  endpoint({
    ...onReturn,
    path: '/v1/returns/{rma}/items/{item}/evidence',
    id: 'recordEvidence',
    summary: 'Record what lifts a veto from an item',
    description:
      'A wipe certificate, an activation lock that is off, a recall that was lifted. An item that waits for it gets its way ' +
      'anew. Devices are named by their serials, as a certificate does. A device that goes back to its owner is wiped with ' +
      'the owner’s recorded consent only.',
    permission: 'returns:handle',
    params: ItemPath,
    body: EvidenceBody,
    handle: async (call, api) => {
      const { rma, item } = call.params;
      return await carryOut(api, call, rma, { type: 'record_evidence', item, evidence: call.body });
    },
  }),
  endpoint({
    ...onReturn,
    path: '/v1/returns/{rma}/items/{item}/confirmations',
    id: 'confirmDisposition',
    summary: 'Confirm that an item went where it was to go',
    permission: 'returns:handle',
    params: ItemPath,
    body: z
      .strictObject({
        evidence: OutsideCode.meta({
          description: 'A location, certificate or document code; no prose.',
          example: 'BIN-A-12',
        }),
        proceeds: MoneyBody.exactOptional().meta({ description: 'What an asset was sold for; absent: nothing.' }),
      })
      .meta({ id: 'Confirmation' }),
    handle: async (call, api) => {
      const { rma, item } = call.params;
      const { evidence, proceeds } = call.body;
      const sold = proceeds === undefined ? {} : { proceeds: await minorUnits(api, rma, proceeds, 'proceeds') };
      return await carryOut(api, call, rma, { type: 'confirm_disposition', item, evidence, ...sold });
    },
  }),
];
