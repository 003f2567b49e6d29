import { z } from 'zod';
import { vendorReturnResolutions } from '../../domain/vendor-return/attention.ts';
import type { VendorReturnMessage } from '../../workflows/vendor-return/messages.ts';
import type { Api } from '../api.ts';
import { endpoint, type RawCall } from '../endpoint.ts';
import { carryOut } from '../executions/carry-out.ts';
import {
  Amount,
  currencyOf,
  minorUnits,
  noted,
  OptionalNote,
  onAttentionOf,
  onExecution,
} from '../executions/command.ts';
import { Instant, LocalId, NoteText, OutsideCode, Rma } from '../fields.ts';
import type { Note } from '../returns/notes.ts';
import { vendorReturns } from './desk.ts';

const onVendorReturn = onExecution(vendorReturns);

const Named = z.strictObject({ rma: Rma, item: LocalId });

const tell = (
  api: Api,
  call: Pick<RawCall, 'request' | 'commandId' | 'caller'> & { readonly params: { readonly number: string } },
  command: VendorReturnMessage['command'],
  notes: readonly Note[] = [],
) => carryOut(api, call, vendorReturns, call.params.number, command, notes);

/** What people tell a vendor return. */
export const vendorReturnCommands = [
  endpoint({
    ...onVendorReturn,
    path: '/v1/vendor-returns/{number}/authorization',
    id: 'authorizeVendorReturn',
    summary: 'Record that the vendor takes the goods',
    description:
      'Items that it does not take are let go: their returns choose another way for them. It says what the goods will bring.',
    permission: 'executions:settle',
    body: z
      .strictObject({
        vendorRma: OutsideCode.meta({ description: 'The vendor’s own number for it.' }),
        restockingBasisPoints: z
          .int()
          .min(0)
          .max(10_000)
          .default(0)
          .meta({ description: 'What the vendor keeps of the cost.' }),
        shipBy: Instant.nullable().default(null),
        refused: z.array(Named).max(250).default([]),
      })
      .meta({ id: 'VendorAuthorization' }),
    handle: async (call, api) => await tell(api, call, { type: 'authorize', ...call.body }),
  }),
  endpoint({
    ...onVendorReturn,
    path: '/v1/vendor-returns/{number}/refusal',
    id: 'refuseVendorReturn',
    summary: 'Record that the vendor does not take the goods, or sends them back',
    description:
      'What had left may come back in part, as long as nothing was credited for it: it waits in its returns again, and the vendor owes that much less.',
    permission: 'executions:handle',
    body: z
      .strictObject({
        items: z.array(Named).min(1).max(250).nullable().default(null).meta({ description: 'Null: all of them.' }),
        freight: Amount.exactOptional().meta({ description: 'What their way back costs us; absent: nothing.' }),
        note: NoteText.exactOptional(),
      })
      .meta({ id: 'VendorRefusal' }),
    handle: async (call, api) => {
      const { items, freight } = call.body;
      const { note, notes } = noted(call.commandId, call.body.note);
      const currency = freight === undefined ? null : await currencyOf(api, vendorReturns, call.params.number);
      const cost = freight && currency ? { freight: minorUnits(freight, currency, 'freight') } : {};
      return await tell(api, call, { type: 'decline', items, ...cost, note }, notes);
    },
  }),
  endpoint({
    ...onVendorReturn,
    path: '/v1/vendor-returns/{number}/shipment',
    id: 'shipVendorReturn',
    summary: 'Record that the goods left for the vendor',
    permission: 'executions:handle',
    body: z.strictObject({ carrier: OutsideCode, tracking: OutsideCode }).meta({ id: 'VendorShipment' }),
    handle: async (call, api) => await tell(api, call, { type: 'ship', ...call.body }),
  }),
  endpoint({
    ...onVendorReturn,
    path: '/v1/vendor-returns/{number}/credits',
    id: 'recordVendorCredit',
    summary: 'Record a credit memo of the vendor',
    description:
      'Less than expected is a short payment, which waits for a person. Without items the memo is shared out over what each is still to bring, to the last minor unit.',
    permission: 'executions:settle',
    body: z
      .strictObject({
        memo: OutsideCode.meta({ description: 'The number of the credit memo.' }),
        amount: Amount,
        items: z
          .array(Named.extend({ amount: Amount }))
          .min(1)
          .max(250)
          .nullable()
          .default(null),
      })
      .meta({ id: 'VendorCredit' }),
    handle: async (call, api) => {
      const { memo, amount, items } = call.body;
      const currency = await currencyOf(api, vendorReturns, call.params.number);
      const total = minorUnits(amount, currency, 'amount');
      const shares = items?.map((each, index) => ({
        ...each,
        amount: minorUnits(each.amount, currency, `items[${index}].amount`),
      }));
      return await tell(api, call, { type: 'record_credit', memo, total, items: shares ?? null });
    },
  }),
  endpoint({
    ...onVendorReturn,
    path: '/v1/vendor-returns/{number}/write-off',
    id: 'writeOffVendorReturn',
    summary: 'Give up what the vendor has not credited',
    permission: 'executions:settle',
    body: z.strictObject({ note: NoteText }).meta({ id: 'VendorWriteOff' }),
    handle: async (call, api) => {
      const { note, notes } = noted(call.commandId, call.body.note);
      return await tell(api, call, { type: 'write_off', note }, notes);
    },
  }),
  endpoint({
    ...onVendorReturn,
    path: '/v1/vendor-returns/{number}/cancellation',
    id: 'cancelVendorReturn',
    summary: 'Call it off while nothing has left; its items are free again',
    permission: 'executions:handle',
    body: OptionalNote.meta({ id: 'VendorReturnCancellation' }),
    handle: async (call, api) => {
      const { note, notes } = noted(call.commandId, call.body.note);
      return await tell(api, call, { type: 'cancel', note }, notes);
    },
  }),
  endpoint({
    ...onAttentionOf(vendorReturns),
    permission: 'executions:settle',
    body: z
      .strictObject({ resolution: z.enum(vendorReturnResolutions), note: NoteText })
      .meta({ id: 'VendorReturnResolution' }),
    handle: async (call, api) => {
      const { attention } = call.params;
      const { note, notes } = noted(call.commandId, call.body.note);
      const { resolution } = call.body;
      return await tell(api, call, { type: 'resolve', attention, resolution, note }, notes);
    },
  }),
];
