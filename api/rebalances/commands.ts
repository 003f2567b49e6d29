import { z } from 'zod';
import { networkOf } from '../../activities/rebalances/network.ts';
import { merged } from '../../domain/rebalance/evolve.ts';
import { flawsOf } from '../../domain/rebalance/plan/check.ts';
import type { Edit } from '../../domain/rebalance/plan/network.ts';
import { withClient } from '../../prisma/client.ts';
import type { RebalanceMessage } from '../../workflows/rebalance/messages.ts';
import type { Api } from '../api.ts';
import { endpoint, type RawCall } from '../endpoint.ts';
import { noted, OptionalNote } from '../executions/command.ts';
import { LocalId, OutsideCode } from '../fields.ts';
import { carryOut } from '../network/carry-out.ts';
import { onNetwork } from '../network/command.ts';
import { Problem } from '../problem.ts';
import { processNotFound } from '../process-desk.ts';
import type { Note } from '../returns/notes.ts';
import { rebalances } from './desk.ts';

const onRebalance = onNetwork(rebalances);

type Call = Pick<RawCall, 'request' | 'commandId' | 'caller'> & { readonly params: { readonly number: string } };

const tell = (api: Api, call: Call, command: RebalanceMessage['command'], notes: readonly Note[] = []) =>
  carryOut(api, call, rebalances, call.params.number, command, notes);

const EditBody = z
  .strictObject({
    sku: OutsideCode,
    origin: LocalId,
    destination: LocalId,
    trip: OutsideCode.nullable().default(null).meta({ description: 'On this trip; left out, on the lane.' }),
    quantity: z.int().min(0).max(1_000_000).meta({ description: 'So many units; 0 forbids it.' }),
  })
  .meta({ id: 'RebalanceEdit' });

/** What people tell a rebalancing. */
export const rebalanceCommands = [
  endpoint({
    ...onRebalance,
    path: `${rebalances.path}/{number}/edits`,
    id: 'editRebalance',
    summary: 'Fix how much of a SKU goes from one facility to another, or that none does',
    description: 'The rest is planned anew around it. What is said last of a way holds.',
    permission: 'network:handle',
    body: z.strictObject({ edits: z.array(EditBody).min(1).max(200) }).meta({ id: 'RebalanceEdits' }),
    handle: async (call, api) => {
      await barImpossible(api, call.params.number, call.body.edits);
      return await tell(api, call, { type: 'edit', edits: call.body.edits });
    },
  }),
  endpoint({
    ...onRebalance,
    path: `${rebalances.path}/{number}/approval`,
    id: 'approveRebalance',
    summary: 'Approve a plan, and have its transfers started',
    permission: 'network:decide',
    body: z
      .strictObject({ plan: z.int().min(1).meta({ description: 'The plan that was looked at.' }) })
      .meta({ id: 'RebalanceApproval' }),
    handle: async (call, api) => await tell(api, call, { type: 'approve', plan: call.body.plan }),
  }),
  endpoint({
    ...onRebalance,
    path: `${rebalances.path}/{number}/cancellation`,
    id: 'cancelRebalance',
    summary: 'Give the plan up before it is approved',
    permission: 'network:handle',
    body: OptionalNote.meta({ id: 'RebalanceCancellation' }),
    handle: async (call, api) => {
      const { note, notes } = noted(call.commandId, call.body.note);
      return await tell(api, call, { type: 'cancel', note }, notes);
    },
  }),
];

/**
 * Looks whether what people fix, now and before, can be done together.
 * @throws {Problem} 404, or 422 with the first thing that can't
 */
async function barImpossible({ db, pool }: Api, number: string, edits: readonly Edit[]): Promise<void> {
  const row = await db.rebalance.findUnique({ where: { number }, select: { currency: true, horizonDays: true } });
  if (row === null) throw processNotFound(rebalances, number);
  const { currency, horizonDays } = row;
  const before = await db.rebalanceLine.findMany({
    where: { number, why: 'fixed' },
    select: { sku: true, origin: true, destination: true, trip: true, quantity: true },
  });
  const fixed = merged(before, edits).filter(({ quantity }) => quantity > 0);
  const skus = [...new Set(fixed.map(({ sku }) => sku))];
  const asked = { number, currency, terms: { horizonDays, perSpareUnit: 0 }, edits: [] };
  const network = await withClient(pool, (client) => networkOf(client, asked, skus));
  const [flaw] = flawsOf(network, fixed);
  if (flaw === undefined) return;
  throw new Problem(422, 'edit_not_possible', `${whyNot[flaw.code]} (${flaw.subject})`, { field: 'edits' });
}

const whyNot: Readonly<Record<ReturnType<typeof flawsOf>[number]['code'], string>> = {
  not_whole: 'units are whole',
  unknown_way: 'there is no such way',
  not_planned_there: 'the SKU has no stock limits there that the plan could go by',
  too_late: 'that way takes longer than the horizon',
  lane_overfull: 'the lane has no room for so many',
  trip_overfull: 'the trip has no room for so many',
  size_unknown: 'nobody knows the size of the SKU, so it rides on no trip',
  makes_shortage: 'that would leave its origin below its minimum',
  more_than_on_hand: 'so many are not on hand at its origin',
  edit_ignored: 'that was not kept',
};
