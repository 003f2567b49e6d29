import { createHash } from 'node:crypto';
import { z } from 'zod';
import { type CreditCommand, takeCreditCommand, takeReversal } from '../../activities/journal/store-credits.ts';
import { makeRma } from '../../domain/numbers/rma.ts';
import { paymentOfRedemption, type StoreCredit } from '../../domain/store-credit/credit.ts';
import { close, redeem, reverse, type StoreCreditDecision } from '../../domain/store-credit/decide.ts';
import type { Api } from '../api.ts';
import { type Answer, endpoint, type RawCall } from '../endpoint.ts';
import { LocalId, NoteText, OutsideCode, PartyId } from '../fields.ts';
import { MoneyBody, moneyIn } from '../money.ts';
import { Problem } from '../problem.ts';
import { forgetNotes, type Note, noteId, writeNotes } from '../returns/notes.ts';
import { StoreCreditBody } from './bodies.ts';
import { codeHash, newCode } from './code.ts';
import { creditNotFound, readCredit, StoreCreditPath } from './read.ts';
import { creditProblem } from './refusals.ts';

const onCredit = {
  method: 'post',
  tag: 'Store credit',
  params: StoreCreditPath,
  responses: { 200: { description: 'The credit as it is then.', schema: StoreCreditBody } },
  problems: [404, 409, 422],
} as const;

/** What a shop's checkout and its staff do with store credit. */
export const storeCreditCommands = [
  endpoint({
    ...onCredit,
    path: '/v1/store-credits/{storeCredit}/redemptions',
    id: 'redeemStoreCredit',
    summary: 'Pay for an order with it',
    description:
      'Never more than is left, once for each reference: told again, it is the same payment, for ever. By its buyer, or by whoever ' +
      'has its code. An order that is imported with the answered `payment` gets what comes back of it as store credit again.',
    permission: 'store-credits:spend',
    body: z
      .strictObject({
        amount: MoneyBody,
        order: OutsideCode.meta({ description: 'The shop’s own number of what is paid for.' }),
        reference: OutsideCode.meta({ description: 'The shop’s own number of this payment.' }),
        buyer: PartyId.exactOptional(),
        code: z.string().min(1).max(60).exactOptional(),
      })
      .meta({ id: 'Redemption' }),
    handle: async (call, api) => {
      const { amount: asked, order, reference, buyer = null, code } = call.body;
      const { storeCredit: credit } = call.params;
      const { amount, currency } = moneyAsked(asked);
      const shown = code !== undefined && (await hasCode(api, credit, code));
      const at = new Date().toISOString();
      const decide = (state: StoreCredit, withheld: number) =>
        redeem(state, { amount, currency, order, reference, buyer, shown }, { at, withheld });
      return await settle(api, call, credit, 'redeem', decide);
    },
  }),
  endpoint({
    ...onCredit,
    path: '/v1/store-credits/{storeCredit}/redemptions/{redemption}/reversals',
    id: 'reverseRedemption',
    summary: 'Put back all that was redeemed',
    description:
      'Where the checkout came to nothing. What comes back of goods that were sold is a return’s, and where an order was imported with ' +
      'this payment, nothing is given back for it any more.',
    permission: 'store-credits:spend',
    params: StoreCreditPath.extend({ redemption: LocalId }),
    body: z.strictObject({}).meta({ id: 'RedemptionReversal' }),
    handle: async (call, api) => {
      const { storeCredit, redemption } = call.params;
      const payment = paymentOfRedemption(storeCredit, redemption);
      const taken = await takeReversal(api.pool, payment, (isGiven) =>
        commandOf(call, storeCredit, 'reverse', (state) => reverse(state, redemption, isGiven)),
      );
      if (taken.type === 'refused') throw creditProblem(taken);
      return { status: 200, body: await readCredit(api, storeCredit) };
    },
  }),
  endpoint({
    ...onCredit,
    path: '/v1/store-credits/{storeCredit}/codes',
    id: 'makeStoreCreditCode',
    summary: 'Make its code',
    description: 'Shown once; whoever has it may spend the credit. One that was made before is of no use any more.',
    permission: 'store-credits:spend',
    body: z.strictObject({}).meta({ id: 'StoreCreditCodeRequest' }),
    responses: {
      201: {
        description: 'The code, which is not stored.',
        schema: z.object({ storeCredit: z.string(), code: z.string().optional() }),
      },
    },
    problems: [404],
    handle: async ({ params: { storeCredit: credit }, caller }, { db }) => {
      if ((await db.storeCredit.findUnique({ where: { credit } })) === null) throw creditNotFound(credit);
      const code = newCode();
      const made = { hash: codeHash(code), madeAt: new Date(), madeBy: caller.id };
      await db.storeCreditCode.upsert({ where: { credit }, create: { credit, ...made }, update: made });
      return {
        status: 201,
        body: { storeCredit: credit },
        once: { code },
        headers: { 'cache-control': 'no-store' },
      };
    },
  }),
  endpoint({
    ...onCredit,
    path: '/v1/store-credits/{storeCredit}/closures',
    id: 'closeStoreCredit',
    summary: 'End it for good',
    description: 'What is left is forfeited, as where its code was stolen and another credit is given instead.',
    permission: 'store-credits:issue',
    body: z.strictObject({ note: NoteText }).meta({ id: 'StoreCreditClosure' }),
    handle: async (call, api) => {
      const note = { id: noteId(call.commandId), text: call.body.note };
      return await settle(api, call, call.params.storeCredit, 'close', (state) => close(state, note.id), note);
    },
  }),
  endpoint({
    method: 'post',
    tag: 'Store credit',
    path: '/v1/store-credits',
    id: 'issueStoreCredit',
    summary: 'Issue one by hand',
    description: 'A gift card that was sold, or a gift of ours; it never expires. Returns issue theirs by themselves.',
    permission: 'store-credits:issue',
    body: z
      .strictObject({
        amount: MoneyBody,
        cause: z.enum(['gift_card', 'goodwill']),
        buyer: PartyId.nullable().default(null).meta({ description: 'Null: whoever has its code may spend it.' }),
      })
      .meta({ id: 'NewStoreCredit' }),
    responses: { 201: { description: 'It can be spent.', schema: StoreCreditBody } },
    problems: [422],
    handle: async ({ body, commandId, caller }, api) => {
      const { cause, buyer } = body;
      const { amount, currency } = moneyAsked(body.amount);
      if (amount < 1) throw creditProblem({ type: 'refused', code: 'amount_not_positive', field: 'amount' });
      const credit = `SC-${makeRma(createHash('sha256').update(`store credit\n${commandId}`).digest())}`;
      const issued = { type: 'issued', credit, currency, amount, buyer, expiresAt: null, cause, refund: null } as const;
      const decide = (state: StoreCredit | null): StoreCreditDecision => {
        // Another command has the same number: the next try of this one would find it again.
        if (state !== null) throw new Problem(409, 'number_taken', 'try again with another Idempotency-Key');
        return { type: 'accepted', events: [issued] };
      };
      const at = new Date().toISOString();
      await takeCreditCommand(api.pool, { credit, commandId, at, by: caller.id, name: 'issue', decide });
      const headers = { location: `/v1/store-credits/${credit}` };
      return { status: 201, body: await readCredit(api, credit), headers };
    },
  }),
];

type Decide = (state: StoreCredit, withheld: number) => StoreCreditDecision;

const commandOf = (
  { commandId, caller }: Pick<RawCall, 'commandId' | 'caller'>,
  credit: string,
  name: string,
  decide: Decide,
): CreditCommand => ({
  ...{ credit, commandId, at: new Date().toISOString(), by: caller.id, name },
  decide: (state, withheld) => {
    if (state === null) throw creditNotFound(credit);
    return decide(state, withheld);
  },
});

async function settle(
  api: Api,
  call: Pick<RawCall, 'commandId' | 'caller'>,
  credit: string,
  name: string,
  decide: Decide,
  note?: Note,
): Promise<Answer> {
  if (note !== undefined) await writeNotes(api.db, credit, call.caller.id, [note]);
  const taken = await takeCreditCommand(api.pool, commandOf(call, credit, name, decide));
  if (taken.type === 'refused') {
    if (note !== undefined) await forgetNotes(api.db, [note]);
    throw creditProblem(taken);
  }
  return { status: 200, body: await readCredit(api, credit) };
}

function moneyAsked(asked: z.infer<typeof MoneyBody>): { readonly amount: number; readonly currency: string } {
  const read = moneyIn(asked.amount, asked.currency);
  if (typeof read !== 'string') return read;
  throw new Problem(422, read, `${asked.amount} ${asked.currency} is not an amount`, { field: 'amount' });
}

const hasCode = async ({ db }: Api, credit: string, code: string): Promise<boolean> =>
  (await db.storeCreditCode.findUnique({ where: { credit, hash: codeHash(code) } })) !== null;
