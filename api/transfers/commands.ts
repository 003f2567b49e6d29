import { z } from 'zod';
import { mostTransferLines } from '../../domain/transfer/request.ts';
import { endpoint } from '../endpoint.ts';
import { noted, OptionalNote } from '../executions/command.ts';
import { Instant, LocalId, OutsideCode, Tracking } from '../fields.ts';
import { MoneyBody, moneyFaults, moneyIn } from '../money.ts';
import { onNetwork } from '../network/command.ts';
import { Problem } from '../problem.ts';
import { CarriageBody } from './create.ts';
import { transfers } from './desk.ts';
import { barStopped, barUnread } from './stopped.ts';
import { tell } from './tell.ts';
import { barTrip } from './trip.ts';

const onTransfer = onNetwork(transfers);
const Units = z.int().min(0).max(1_000_000);

/** What people tell a transfer of its goods. */
export const transferCommands = [
  endpoint({
    ...onTransfer,
    path: `${transfers.path}/{number}/pick`,
    id: 'pickTransfer',
    summary: 'Say what was found on the shelves',
    description: 'Lines that are not named were found whole. A lot that was not known is named here.',
    permission: 'network:handle',
    body: z
      .strictObject({
        lines: z
          .array(
            z.strictObject({
              line: LocalId,
              quantity: Units,
              lot: OutsideCode.nullable().default(null),
              serials: z.array(OutsideCode).max(1000).default([]),
            }),
          )
          .max(mostTransferLines)
          .default([]),
      })
      .meta({ id: 'TransferPick' }),
    handle: async (call, api) => {
      await barStopped(api.db, call.params.number, call.body.lines);
      return await tell(api, call, { type: 'pick', ...call.body });
    },
  }),
  endpoint({
    ...onTransfer,
    path: `${transfers.path}/{number}/shipment`,
    id: 'shipTransfer',
    summary: 'Say that the goods have left',
    description: 'Left out, all that was picked did; what is not taken along stays at the origin and is free again.',
    permission: 'network:handle',
    body: z
      .strictObject({
        by: CarriageBody,
        tracking: Tracking.nullable().default(null),
        lines: z
          .array(z.strictObject({ line: LocalId, quantity: Units }))
          .min(1)
          .max(mostTransferLines)
          .nullable()
          .default(null),
      })
      .meta({ id: 'TransferShipment' }),
    handle: async (call, api) => {
      await barUnread(api.pool, call.params.number);
      await barTrip(api.db, call.body.by, ['planned', 'under_way']);
      return await tell(api, call, { type: 'ship', ...call.body });
    },
  }),
  endpoint({
    ...onTransfer,
    path: `${transfers.path}/{number}/receipts`,
    id: 'receiveTransfer',
    summary: 'Receive goods, all of them or a part',
    description:
      'Whole units join the stock here; damaged ones and those that a recall has stopped wait in quarantine. What is more than was sent, or on no line, waits for a person; so does what is missing once nothing more is expected.',
    permission: 'network:handle',
    body: z
      .strictObject({
        lines: z
          .array(z.strictObject({ line: LocalId, good: Units, damaged: Units.default(0) }))
          .max(mostTransferLines)
          .default([]),
        others: z
          .array(
            z.strictObject({
              sku: OutsideCode,
              lot: OutsideCode.nullable().default(null),
              quantity: Units.min(1),
            }),
          )
          .max(50)
          .default([])
          .meta({ description: 'What came and is on no line: another SKU, or another lot.' }),
        last: z.boolean().default(false).meta({ description: 'Nothing more is expected.' }),
      })
      .meta({ id: 'TransferReceipt' }),
    handle: async (call, api) => await tell(api, call, { type: 'receive', ...call.body }),
  }),
  endpoint({
    ...onTransfer,
    path: `${transfers.path}/{number}/schedule`,
    id: 'rescheduleTransfer',
    summary: 'Give it other times, or another way to go',
    permission: 'network:handle',
    body: z
      .strictObject({
        by: CarriageBody.nullable().default(null),
        shipBy: Instant.nullable().default(null),
        arriveBy: Instant.nullable().default(null),
      })
      .meta({ id: 'TransferSchedule' }),
    handle: async (call, api) => {
      await barTrip(api.db, call.body.by);
      return await tell(api, call, { type: 'reschedule', ...call.body });
    },
  }),
  endpoint({
    ...onTransfer,
    path: `${transfers.path}/{number}/cancellation`,
    id: 'cancelTransfer',
    summary: 'Call it off',
    description: 'Before the goods leave they are free again; under way, what has not come turns back to the origin.',
    permission: 'network:handle',
    body: OptionalNote.meta({ id: 'TransferCancellation' }),
    handle: async (call, api) => {
      const { note, notes } = noted(call.commandId, call.body.note);
      return await tell(api, call, { type: 'cancel', note }, notes);
    },
  }),
  endpoint({
    ...onTransfer,
    path: `${transfers.path}/{number}/claims/{claim}/answers`,
    id: 'answerTransferClaim',
    summary: 'Say how the carrier answered a claim',
    description: 'What it paid goes into the books, in the currency in which the goods are carried.',
    permission: 'network:decide',
    params: onTransfer.params.extend({ claim: LocalId }),
    body: z
      .discriminatedUnion('outcome', [
        z.strictObject({
          outcome: z.literal('paid'),
          amount: MoneyBody,
          reference: OutsideCode.nullable().default(null),
        }),
        z.strictObject({ outcome: z.literal('refused'), reference: OutsideCode.nullable().default(null) }),
      ])
      .meta({ id: 'TransferClaimAnswer' }),
    handle: async (call, api) => {
      const { claim } = call.params;
      const { body } = call;
      const paid =
        body.outcome === 'paid' ? { paid: paidOf(body.amount), currency: body.amount.currency } : { paid: 0 };
      return await tell(api, call, { type: 'settle_claim', claim, ...paid, reference: body.reference });
    },
  }),
];

/** @throws {Problem} 422 where it is no amount of its currency, or less than nothing */
function paidOf({ amount, currency }: z.infer<typeof MoneyBody>): number {
  const paid = moneyIn(amount, currency);
  const fault = typeof paid === 'string' ? paid : paid.amount < 0 ? 'amount_malformed' : null;
  if (fault !== null) throw new Problem(422, fault, `the amount ${moneyFaults[fault]}`, { field: 'amount' });
  return typeof paid === 'string' ? 0 : paid.amount;
}
