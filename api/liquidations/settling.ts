import { z } from 'zod';
import { grades } from '../../domain/goods/grading.ts';
import { liquidationResolutions } from '../../domain/liquidation/attention.ts';
import { complaintKinds, feeKinds } from '../../domain/liquidation/events.ts';
import { endpoint } from '../endpoint.ts';
import { Amount, noted, onAttentionOf, onExecution } from '../executions/command.ts';
import { LocalId, NoteText, OutsideCode } from '../fields.ts';
import { liquidations } from './desk.ts';
import { amountIn, tell } from './tell.ts';

const onLiquidation = onExecution(liquidations);

const Paid = z.strictObject({
  reference: OutsideCode.meta({ description: 'What names it in your books; taken once.' }),
  amount: Amount,
});

/** What people tell a liquidation once its goods are sold. */
export const settlingCommands = [
  endpoint({
    ...onLiquidation,
    path: '/v1/liquidations/{number}/payments',
    id: 'recordLiquidatorPayment',
    summary: 'Record a payment of the liquidator',
    description: 'Less than it owes, and more, waits for a person.',
    permission: 'executions:settle',
    body: Paid.meta({ id: 'LiquidatorPayment' }),
    handle: async (call, api) => {
      const amount = await amountIn(api, call, call.body.amount, 'amount');
      return await tell(api, call, { type: 'record_payment', reference: call.body.reference, amount });
    },
  }),
  endpoint({
    ...onLiquidation,
    path: '/v1/liquidations/{number}/payouts',
    id: 'recordLiquidatorPayout',
    summary: 'Record what was paid back to the liquidator',
    description: 'While the goods are here all that it paid may go back, so that they can be sold again.',
    permission: 'executions:settle',
    body: Paid.meta({ id: 'LiquidatorPayout' }),
    handle: async (call, api) => {
      const amount = await amountIn(api, call, call.body.amount, 'amount');
      return await tell(api, call, { type: 'record_payout', reference: call.body.reference, amount });
    },
  }),
  endpoint({
    ...onLiquidation,
    path: '/v1/liquidations/{number}/fees',
    id: 'recordLiquidationFee',
    summary: 'Record what selling cost: commission, freight, handling',
    description: 'It makes less of what the returns hear came of their goods.',
    permission: 'executions:settle',
    body: Paid.extend({ kind: z.enum(feeKinds) }).meta({ id: 'LiquidationFee' }),
    handle: async (call, api) => {
      const { kind, reference } = call.body;
      const amount = await amountIn(api, call, call.body.amount, 'amount');
      return await tell(api, call, { type: 'record_fee', kind, reference, amount });
    },
  }),
  endpoint({
    ...onLiquidation,
    path: '/v1/liquidations/{number}/shipment',
    id: 'shipLiquidation',
    summary: 'Record that the goods left',
    permission: 'executions:handle',
    body: z
      .strictObject({
        carrier: OutsideCode.nullable().meta({ description: 'Null where the liquidator fetched the goods.' }),
        reference: OutsideCode.meta({ description: 'The tracking number, or the receipt for what was fetched.' }),
      })
      .meta({ id: 'LiquidationShipment' }),
    handle: async (call, api) => await tell(api, call, { type: 'ship', ...call.body }),
  }),
  endpoint({
    ...onLiquidation,
    path: '/v1/liquidations/{number}/complaints',
    id: 'recordManifestComplaint',
    summary: 'Record a complaint of the liquidator about the manifest',
    permission: 'executions:handle',
    body: z
      .strictObject({
        reference: OutsideCode.meta({ description: 'The liquidator’s own number for it.' }),
        kind: z.enum(complaintKinds),
        sku: OutsideCode,
        grade: z.enum(grades).nullable().default(null),
        quantity: z.int().min(1).max(1_000_000),
        asked: Amount.meta({ description: 'What the liquidator wants off the price.' }),
      })
      .meta({ id: 'ManifestComplaint' }),
    handle: async (call, api) => {
      const asked = await amountIn(api, call, call.body.asked, 'asked');
      return await tell(api, call, { type: 'record_complaint', ...call.body, asked });
    },
  }),
  endpoint({
    ...onLiquidation,
    path: '/v1/liquidations/{number}/complaints/{complaint}/settlement',
    id: 'settleManifestComplaint',
    summary: 'Say what comes off the price for a complaint',
    permission: 'executions:settle',
    params: onLiquidation.params.extend({ complaint: LocalId }),
    body: z
      .strictObject({
        allowance: Amount.meta({ description: '0 refuses the complaint.' }),
        note: NoteText,
      })
      .meta({ id: 'ComplaintSettlement' }),
    handle: async (call, api) => {
      const allowance = await amountIn(api, call, call.body.allowance, 'allowance');
      const { note, notes } = noted(call.commandId, call.body.note);
      const { complaint } = call.params;
      return await tell(api, call, { type: 'settle_complaint', complaint, allowance, note }, notes);
    },
  }),
  endpoint({
    ...onLiquidation,
    path: '/v1/liquidations/{number}/write-off',
    id: 'writeOffLiquidation',
    summary: 'Give up what the liquidator has not paid',
    permission: 'executions:settle',
    body: z.strictObject({ note: NoteText }).meta({ id: 'LiquidationWriteOff' }),
    handle: async (call, api) => {
      const { note, notes } = noted(call.commandId, call.body.note);
      return await tell(api, call, { type: 'write_off', note }, notes);
    },
  }),
  endpoint({
    ...onLiquidation,
    path: '/v1/liquidations/{number}/resale',
    id: 'resellLiquidation',
    summary: 'Undo a sale whose goods are still here, and take bids anew',
    permission: 'executions:settle',
    body: z.strictObject({ note: NoteText }).meta({ id: 'LiquidationResale' }),
    handle: async (call, api) => {
      const { note, notes } = noted(call.commandId, call.body.note);
      return await tell(api, call, { type: 'sell_again', note }, notes);
    },
  }),
  endpoint({
    ...onAttentionOf(liquidations),
    permission: 'executions:settle',
    body: z
      .strictObject({ resolution: z.enum(liquidationResolutions), note: NoteText })
      .meta({ id: 'LiquidationResolution' }),
    handle: async (call, api) => {
      const { attention } = call.params;
      const { note, notes } = noted(call.commandId, call.body.note);
      const { resolution } = call.body;
      return await tell(api, call, { type: 'resolve', attention, resolution, note }, notes);
    },
  }),
];
