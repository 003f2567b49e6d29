import { z } from 'zod';
import { removalCauses, waysInstead } from '../../domain/liquidation/events.ts';
import { endpoint } from '../endpoint.ts';
import { Amount, minorUnits, noted, onExecution } from '../executions/command.ts';
import { Instant, LocalId, NoteText, OutsideCode, Rma } from '../fields.ts';
import { authorize } from '../keys/authenticate.ts';
import { isCurrency } from '../money.ts';
import { liquidations } from './desk.ts';
import { amountIn, tell } from './tell.ts';

const onLiquidation = onExecution(liquidations);
const onBid = { ...onLiquidation, params: onLiquidation.params.extend({ bid: LocalId }) } as const;

/** What people tell a liquidation until its goods are sold. */
export const sellingCommands = [
  endpoint({
    ...onLiquidation,
    path: '/v1/liquidations/{number}/bids',
    id: 'recordBid',
    summary: 'Record a bid for the whole lot',
    description: 'An earlier bid of the same liquidator that still stands makes way for it.',
    permission: 'executions:handle',
    body: z
      .strictObject({
        liquidator: OutsideCode.meta({ description: 'Who bids, by a code of yours.' }),
        amount: Amount,
        currency: z.string().refine(isCurrency, 'is in no ISO 4217 currency'),
        validUntil: Instant,
      })
      .meta({ id: 'LiquidationBid' }),
    handle: async (call, api) => {
      const amount = minorUnits(call.body.amount, call.body.currency, 'amount');
      return await tell(api, call, { type: 'record_bid', ...call.body, amount });
    },
  }),
  endpoint({
    ...onBid,
    path: '/v1/liquidations/{number}/bids/{bid}/withdrawal',
    id: 'withdrawBid',
    summary: 'Record that a liquidator withdraws its bid',
    permission: 'executions:handle',
    body: z.strictObject({}).meta({ id: 'BidWithdrawal' }),
    handle: async (call, api) => await tell(api, call, { type: 'withdraw_bid', bid: call.params.bid }),
  }),
  endpoint({
    ...onBid,
    path: '/v1/liquidations/{number}/bids/{bid}/acceptance',
    id: 'acceptBid',
    summary: 'Sell to the liquidator of a bid',
    description: 'From then on it owes the price. Below the reserve a lead or admin says why.',
    permission: 'executions:handle',
    body: z
      .strictObject({
        invoice: OutsideCode.meta({ description: 'The number of the invoice for the sale.' }),
        belowReserve: z
          .strictObject({ reason: NoteText })
          .exactOptional()
          .meta({ description: 'Given where the bid may be below the reserve.' }),
      })
      .meta({ id: 'BidAcceptance' }),
    handle: async (call, api) => {
      const { invoice, belowReserve } = call.body;
      if (belowReserve !== undefined) authorize(call.caller, 'executions:settle');
      const { note, notes } = noted(call.commandId, belowReserve?.reason);
      const { bid } = call.params;
      return await tell(api, call, { type: 'accept_bid', bid, invoice, belowReserve: note !== null, note }, notes);
    },
  }),
  endpoint({
    ...onLiquidation,
    path: '/v1/liquidations/{number}/reserve',
    id: 'repriceLiquidation',
    summary: 'Set another reserve and take bids anew',
    description: 'Bids that still stand go on standing; the time for bids begins again.',
    permission: 'executions:settle',
    body: z.strictObject({ reserve: Amount, note: NoteText.exactOptional() }).meta({ id: 'LiquidationReserve' }),
    handle: async (call, api) => {
      const reserve = await amountIn(api, call, call.body.reserve, 'reserve');
      const { note, notes } = noted(call.commandId, call.body.note);
      return await tell(api, call, { type: 'reprice', reserve, note }, notes);
    },
  }),
  endpoint({
    ...onLiquidation,
    path: '/v1/liquidations/{number}/removals',
    id: 'takeOutOfLiquidation',
    summary: 'Take an item out before the sale',
    description:
      'Recalled or held goods wait in quarantine for a person; what got in by mistake waits for another lot.',
    permission: 'executions:handle',
    body: z
      .strictObject({ rma: Rma, item: LocalId, cause: z.enum(removalCauses), note: NoteText.exactOptional() })
      .meta({ id: 'LiquidationRemoval' }),
    handle: async (call, api) => {
      const { rma, item, cause } = call.body;
      const { note, notes } = noted(call.commandId, call.body.note);
      return await tell(api, call, { type: 'take_out', rma, item, cause, note }, notes);
    },
  }),
  endpoint({
    ...onLiquidation,
    path: '/v1/liquidations/{number}/cancellation',
    id: 'cancelLiquidation',
    summary: 'Call it off while nothing is sold; its items are free again',
    description:
      'With `instead` they go that way, as far as no veto bars it, where a lead or admin says so; others wait to be liquidated.',
    permission: 'executions:handle',
    body: z
      .strictObject({ note: NoteText.exactOptional(), instead: z.enum(waysInstead).nullable().default(null) })
      .meta({ id: 'LiquidationCancellation' }),
    handle: async (call, api) => {
      const { note, notes } = noted(call.commandId, call.body.note);
      const { instead } = call.body;
      if (instead !== null) authorize(call.caller, 'executions:settle');
      return await tell(api, call, { type: 'cancel', note, instead }, notes);
    },
  }),
];
