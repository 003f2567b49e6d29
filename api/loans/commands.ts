import { z } from 'zod';
import { endOfDay } from '../../activities/journal/schedule.ts';
import type { LoanMessage } from '../../workflows/loan/messages.ts';
import type { Api } from '../api.ts';
import { type Endpoint, endpoint, type RawCall } from '../endpoint.ts';
import { noted, OptionalNote } from '../executions/command.ts';
import { Day, LocalId, NoteText, OutsideCode } from '../fields.ts';
import { carryOut } from '../network/carry-out.ts';
import { onNetwork, resolveNetworkAttention } from '../network/command.ts';
import { numberField } from '../network/desk.ts';
import { minorUnits } from '../orders/stand-in.ts';
import { processNotFound } from '../process-desk.ts';
import type { Note } from '../returns/notes.ts';
import { Facts } from '../returns/seen.ts';
import { loans } from './desk.ts';

const onLoan = onNetwork(loans);

type Call = Pick<RawCall, 'request' | 'commandId' | 'caller'> & { readonly params: { readonly number: string } };

const tell = (api: Api, call: Call, command: LoanMessage['command'], notes: readonly Note[] = []) =>
  carryOut(api, call, loans, call.params.number, command, notes);

const Amount = z.string().max(40).meta({ description: 'A decimal amount in the loan’s currency.', example: '12.34' });
const UnitName = z.string().regex(/^U[1-9]\d{0,3}$/, 'units are called U1, U2 and so on');
const Units = z
  .strictObject({
    units: z
      .array(UnitName)
      .min(1)
      .max(100)
      .nullable()
      .default(null)
      .meta({ description: 'Left out: all that are out.' }),
  })
  .meta({ id: 'LoanUnits' });

/** What people tell a loan. */
export const loanCommands: readonly Endpoint[] = [
  endpoint({
    ...onLoan,
    path: '/v1/loans/{number}/handover',
    id: 'handOverLoan',
    summary: 'Record that the borrower has the goods, in which condition',
    description: 'All of them together. The condition is what they are compared with when they come back.',
    permission: 'network:handle',
    body: z
      .strictObject({
        units: z
          .array(z.strictObject({ unit: UnitName, facts: Facts }))
          .min(1)
          .max(100),
        deposit: OutsideCode.nullable().default(null).meta({
          description: 'The reference under which the deposit was taken, where one was agreed.',
        }),
      })
      .meta({ id: 'LoanHandover' }),
    handle: async (call, api) => await tell(api, call, { type: 'hand_over', ...call.body }),
  }),
  endpoint({
    ...onLoan,
    path: '/v1/loans/{number}/extensions',
    id: 'askLoanExtension',
    summary: 'Ask for a longer term',
    description:
      'The terms may agree by themselves; else a person does. A return that was started is called off again.',
    permission: 'network:handle',
    body: z
      .strictObject({ until: Day.meta({ description: 'The last day of the longer term.' }) })
      .meta({ id: 'LoanExtension' }),
    handle: async (call, api) => {
      const { zone } = await lentFrom(api, call.params.number);
      return await tell(api, call, { type: 'ask_extension', until: endOfDay(call.body.until, zone) });
    },
  }),
  endpoint({
    ...onLoan,
    path: '/v1/loans/{number}/extensions/{extension}/answer',
    id: 'answerLoanExtension',
    summary: 'Agree to a longer term, or refuse it',
    permission: 'network:decide',
    params: z.object({ number: numberField(loans), extension: LocalId }),
    body: z
      .strictObject({
        agreed: z.boolean(),
        fee: Amount.nullable()
          .default(null)
          .meta({ description: 'For all units together; left out: as the terms say.' }),
      })
      .meta({ id: 'LoanExtensionAnswer' }),
    handle: async (call, api) => {
      const { currency } = await lentFrom(api, call.params.number);
      const { agreed, fee } = call.body;
      const amount = fee === null ? null : minorUnits(fee, currency, 'fee');
      const { extension } = call.params;
      return await tell(api, call, { type: 'answer_extension', extension, agreed, fee: amount });
    },
  }),
  endpoint({
    ...onLoan,
    path: '/v1/loans/{number}/early-return',
    id: 'returnLoanEarly',
    summary: 'Have goods come back before the term is over',
    permission: 'network:handle',
    body: Units,
    handle: async (call, api) => await tell(api, call, { type: 'return_early', ...call.body }),
  }),
  endpoint({
    ...onLoan,
    path: '/v1/loans/{number}/losses',
    id: 'reportLoanLoss',
    summary: 'Record that the borrower has lost goods',
    description: 'They are charged at their price of replacement, which is taken back should they come all the same.',
    permission: 'network:handle',
    body: Units,
    handle: async (call, api) => await tell(api, call, { type: 'report_lost', ...call.body }),
  }),
  endpoint({
    ...onLoan,
    path: '/v1/loans/{number}/purchases',
    id: 'buyLoanUnits',
    summary: 'Record that the borrower buys what it has',
    permission: 'network:handle',
    body: Units,
    handle: async (call, api) => await tell(api, call, { type: 'buy', ...call.body }),
  }),
  endpoint({
    ...onLoan,
    path: '/v1/loans/{number}/payments',
    id: 'recordLoanPayment',
    summary: 'Record that the borrower paid something of what it owes',
    permission: 'network:handle',
    body: z.strictObject({ reference: OutsideCode, amount: Amount }).meta({ id: 'LoanPayment' }),
    handle: async (call, api) => {
      const { currency } = await lentFrom(api, call.params.number);
      const { reference } = call.body;
      const amount = minorUnits(call.body.amount, currency, 'amount');
      return await tell(api, call, { type: 'record_payment', reference, amount });
    },
  }),
  endpoint({
    ...onLoan,
    path: '/v1/loans/{number}/waivers',
    id: 'waiveLoanCharges',
    summary: 'Let go something of what the borrower owes',
    permission: 'network:decide',
    body: z.strictObject({ amount: Amount, note: NoteText }).meta({ id: 'LoanWaiver' }),
    handle: async (call, api) => {
      const { currency } = await lentFrom(api, call.params.number);
      const { note, notes } = noted(call.commandId, call.body.note);
      const amount = minorUnits(call.body.amount, currency, 'amount');
      return await tell(api, call, { type: 'waive', amount, note }, notes);
    },
  }),
  endpoint({
    ...onLoan,
    path: '/v1/loans/{number}/cancellation',
    id: 'cancelLoan',
    summary: 'Call it off while the goods are still here',
    permission: 'network:handle',
    body: OptionalNote.meta({ id: 'LoanCancellation' }),
    handle: async (call, api) => {
      const { note, notes } = noted(call.commandId, call.body.note);
      return await tell(api, call, { type: 'cancel', note }, notes);
    },
  }),
  resolveNetworkAttention(loans),
];

/** @throws {Problem} 404 where there is no such loan */
async function lentFrom({ db }: Api, number: string): Promise<{ readonly currency: string; readonly zone: string }> {
  const row = await db.loan.findUnique({
    where: { number },
    select: { currency: true, process: { select: { at: { select: { zone: true } } } } },
  });
  if (row === null) throw processNotFound(loans, number);
  return { currency: row.currency, zone: row.process.at?.zone ?? 'UTC' };
}
