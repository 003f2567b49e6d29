import { z } from 'zod';
import { refurbishmentResolutions } from '../../domain/refurbishment/attention.ts';
import { holdCodes } from '../../domain/refurbishment/events.ts';
import type { RefurbishmentMessage } from '../../workflows/refurbishment/messages.ts';
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
import { NoteText, OutsideCode, Quantity } from '../fields.ts';
import type { Note } from '../returns/notes.ts';
import { refurbishments } from './desk.ts';

export const onRefurbishment = onExecution(refurbishments);

type Call = Pick<RawCall, 'request' | 'commandId' | 'caller'> & { readonly params: { readonly number: string } };

export const tell = (api: Api, call: Call, command: RefurbishmentMessage['command'], notes: readonly Note[] = []) =>
  carryOut(api, call, refurbishments, call.params.number, command, notes);

const Minutes = z.int().min(0).max(100_000);
const None = z.strictObject({});

/** An amount of the body in minor units of the refurbishment's currency. */
const inMinorUnits = async (api: Api, { params }: Call, amount: string, field: string): Promise<number> =>
  minorUnits(amount, await currencyOf(api, refurbishments, params.number), field);

/** What people tell a refurbishment of its costs, its waits and its end; of the goods themselves, see units.ts. */
export const refurbishmentCommands = [
  endpoint({
    ...onRefurbishment,
    path: '/v1/refurbishments/{number}/estimates',
    id: 'estimateRefurbishment',
    summary: 'Say what the rest of the work will take',
    description:
      'In place of what was expected before. Where what was spent and what is expected come to more than the work brings, it stops for a person.',
    permission: 'executions:handle',
    body: z.strictObject({ minutes: Minutes, parts: Amount }).meta({ id: 'WorkEstimate' }),
    handle: async (call, api) => {
      const { minutes } = call.body;
      const parts = await inMinorUnits(api, call, call.body.parts, 'parts');
      return await tell(api, call, { type: 'estimate', minutes, parts });
    },
  }),
  endpoint({
    ...onRefurbishment,
    path: '/v1/refurbishments/{number}/parts',
    id: 'usePart',
    summary: 'Book a part that is built in',
    permission: 'executions:handle',
    body: z.strictObject({ sku: OutsideCode, quantity: Quantity, unitCost: Amount }).meta({ id: 'PartUsed' }),
    handle: async (call, api) => {
      const { sku, quantity } = call.body;
      const unitCost = await inMinorUnits(api, call, call.body.unitCost, 'unitCost');
      return await tell(api, call, { type: 'use_part', sku, quantity, unitCost });
    },
  }),
  endpoint({
    ...onRefurbishment,
    path: '/v1/refurbishments/{number}/labour',
    id: 'bookLabour',
    summary: 'Book minutes of work',
    permission: 'executions:handle',
    body: z.strictObject({ minutes: Minutes.min(1) }).meta({ id: 'Labour' }),
    handle: async (call, api) => await tell(api, call, { type: 'book_labour', ...call.body }),
  }),
  endpoint({
    ...onRefurbishment,
    path: '/v1/refurbishments/{number}/charges',
    id: 'bookRefurbisherCharge',
    summary: 'Book what a refurbisher outside charges',
    permission: 'executions:handle',
    body: z
      .strictObject({ reference: OutsideCode.meta({ description: 'The number of its invoice.' }), amount: Amount })
      .meta({ id: 'RefurbisherCharge' }),
    handle: async (call, api) => {
      const { reference } = call.body;
      const amount = await inMinorUnits(api, call, call.body.amount, 'amount');
      return await tell(api, call, { type: 'book_charge', reference, amount });
    },
  }),
  endpoint({
    ...onRefurbishment,
    path: '/v1/refurbishments/{number}/parts-awaited',
    id: 'awaitParts',
    summary: 'Say that the work waits for parts',
    permission: 'executions:handle',
    body: z.strictObject({ sku: OutsideCode, until: z.iso.datetime() }).meta({ id: 'PartsAwaited' }),
    handle: async (call, api) => {
      const { sku, until } = call.body;
      return await tell(api, call, { type: 'await_parts', sku, until: new Date(until).toISOString() });
    },
  }),
  endpoint({
    ...onRefurbishment,
    path: '/v1/refurbishments/{number}/parts-arrived',
    id: 'partsArrive',
    summary: 'Say that the parts are here',
    permission: 'executions:handle',
    body: None.meta({ id: 'PartsArrived' }),
    handle: async (call, api) => await tell(api, call, { type: 'parts_arrive' }),
  }),
  endpoint({
    ...onRefurbishment,
    path: '/v1/refurbishments/{number}/budget-raises',
    id: 'raiseBudget',
    summary: 'Grant more than the work brings',
    permission: 'executions:settle',
    body: z.strictObject({ by: Amount, note: NoteText }).meta({ id: 'BudgetRaise' }),
    handle: async (call, api) => {
      const { note, notes } = noted(call.commandId, call.body.note);
      const by = await inMinorUnits(api, call, call.body.by, 'by');
      return await tell(api, call, { type: 'raise_budget', by, note }, notes);
    },
  }),
  endpoint({
    ...onRefurbishment,
    path: '/v1/refurbishments/{number}/hold',
    id: 'holdRefurbishment',
    summary: 'Let nothing be done to the goods',
    description: 'They stay at the bench. What the work has cost until then can still be booked.',
    permission: 'executions:handle',
    body: z.strictObject({ code: z.enum(holdCodes) }).meta({ id: 'WorkHold' }),
    handle: async (call, api) => await tell(api, call, { type: 'hold', ...call.body }),
  }),
  endpoint({
    ...onRefurbishment,
    path: '/v1/refurbishments/{number}/hold-lifted',
    id: 'liftRefurbishmentHold',
    summary: 'Let the work go on',
    permission: 'executions:settle',
    body: None.meta({ id: 'WorkHoldLifted' }),
    handle: async (call, api) => await tell(api, call, { type: 'lift_hold' }),
  }),
  endpoint({
    ...onRefurbishment,
    path: '/v1/refurbishments/{number}/cancellation',
    id: 'cancelRefurbishment',
    summary: 'Call it off while no unit is done; its items are free again',
    permission: 'executions:handle',
    body: OptionalNote.extend({
      partsBack: z.boolean().meta({ description: 'What was built in goes back into stock; else it is lost.' }),
    }).meta({ id: 'RefurbishmentCancellation' }),
    handle: async (call, api) => {
      const { note, notes } = noted(call.commandId, call.body.note);
      const { partsBack } = call.body;
      return await tell(api, call, { type: 'cancel', partsBack, note }, notes);
    },
  }),
  endpoint({
    ...onAttentionOf(refurbishments),
    permission: 'executions:settle',
    body: z
      .strictObject({ resolution: z.enum(refurbishmentResolutions), note: NoteText })
      .meta({ id: 'RefurbishmentResolution' }),
    handle: async (call, api) => {
      const { attention } = call.params;
      const { note, notes } = noted(call.commandId, call.body.note);
      const { resolution } = call.body;
      return await tell(api, call, { type: 'resolve', attention, resolution, note }, notes);
    },
  }),
];
