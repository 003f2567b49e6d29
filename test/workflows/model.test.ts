import fc from 'fast-check';
import { expect, test } from 'vitest';
import { noteDispute } from '../../activities/journal/disputes.ts';
import { defaultCustomerPolicy } from '../../domain/policy/default-customer.ts';
import { reasonCodes } from '../../domain/reasons.ts';
import type { ReturnCommand } from '../../domain/return/commands.ts';
import type { Opened } from '../../domain/return/state.ts';
import { type MessageType, messageTypes } from '../../workflows/return/messages.ts';
import { sensible } from '../return/storm-calm.ts';
import { at, commandOf, facilities, strangeIds, trackOf } from '../return/storm-commands.ts';
import { aStep, type Step } from '../return/storm-steps.ts';
import { Twin } from './model.ts';
import { type Sale, withFacilities } from './orders.ts';
import { type Asked, askFor } from './returns.ts';
import { realTime } from './servers.ts';
import { aWorld, type World } from './world.ts';

/** `MODEL_RUNS=2000 MODEL_SEED=7` looks longer, elsewhere. */
const runs = Number(process.env['MODEL_RUNS'] ?? 200);
const seed = Number(process.env['MODEL_SEED'] ?? 20261122);
/** So many returns are under way at once. */
const lanes = 8;

const world = aWorld({ server: realTime });

const aSale: fc.Arbitrary<Sale & Asked> = fc
  .record({
    quantity: fc.integer({ min: 1, max: 3 }),
    lines: fc.integer({ min: 1, max: 2 }),
    unitPrice: fc.constantFrom(0, 900, 5000),
    payments: fc.constantFrom('one', 'two', 'too little'),
    refunds: fc.constantFrom(undefined, undefined, 'pending' as const),
    finalSale: fc.nat(7).map((n) => n === 0),
    serials: fc.constantFrom([], [], ['S-1', 'S-2']),
    reason: fc.constantFrom('changed_mind' as const, 'changed_mind' as const, ...reasonCodes),
    method: fc.constantFrom('drop_off' as const, 'drop_off' as const, 'pickup' as const),
    instrument: fc.constantFrom('original', 'original', 'store_credit', 'exchange', 'replacement'),
    price: fc.constantFrom(1, 900, 5000, 12_000),
    timing: fc.constantFrom('inspection' as const, 'receipt' as const),
    reviewAbove: fc.constantFrom(1000, 1_000_000, 1_000_000),
  })
  .map(({ payments, timing, reviewAbove, refunds, price, ...sale }) => {
    const total = sale.quantity * sale.lines * sale.unitPrice;
    const captured = {
      one: [total],
      two: [Math.floor(total / 3), Math.ceil((total * 2) / 3)],
      'too little': [total / 2],
    };
    return {
      ...sale,
      wanted: [{ sku: 'LAMP', quantity: 1, price }],
      // Enough for some of them.
      stock: { LAMP: 20, KETTLE: 40, 'KETTLE-2': 40 },
      ...(refunds === undefined ? {} : { refunds }),
      captured: captured[payments as keyof typeof captured].map((amount) => Math.max(50, Math.floor(amount))),
      policy: {
        refund: { ...defaultCustomerPolicy.refund, timing },
        review: { ...defaultCustomerPolicy.review, aboveAmount: { EUR: reviewAbove } },
      },
    };
  });

/** The storm's steps as messages to a run; what a step needs that nobody can send is left out. */
function messageOf(step: Step, state: Opened): Extract<ReturnCommand, { type: MessageType }> | null {
  const { kind, pick, other } = step;
  const now = new Date().toISOString();
  const idOf = (ids: readonly string[]) => (step.strange ? at(strangeIds, pick) : at(ids, pick)) ?? 'P1';
  const commands: ReturnCommand[] = [];
  const weather = {
    at: now,
    state,
    inFlight: [],
    get books(): never {
      throw new Error('the books are in the database');
    },
    send: (command: ReturnCommand) => {
      commands.push(command);
      return { type: 'accepted', events: [] } as const;
    },
    end: () => undefined,
    fire: () => undefined,
  };
  switch (kind) {
    case 'end':
    case 'fire':
    case 'take':
    case 'payments':
    case 'ledger':
    case 'nonsense':
    case 'sensible':
      sensible(weather, state, pick, other);
      break;
    case 'track':
      commands.push(trackOf(weather, idOf(Object.keys(state.parcels)), pick, other));
      break;
    default:
      commands.push(commandOf(weather, state, { ...step, kind }, idOf));
  }
  const [command] = commands;
  // Only the API adds a line, as it alone reads what the order has; those of a storm are on no order.
  return command !== undefined && isMessage(command) && command.type !== 'add_line' ? command : null;
}

const isMessage = (command: ReturnCommand): command is Extract<ReturnCommand, { type: MessageType }> =>
  messageTypes.some((type) => type === command.type);

/** Plays one sequence; says how its commands were taken. */
async function play(its: World, sale: Sale & Asked, steps: readonly Step[]): Promise<('accepted' | 'refused')[]> {
  const twin = new Twin(await askFor(its, await its.anOrder(sale), sale), its.pool);
  const answers: ('accepted' | 'refused')[] = [];
  let state = await twin.settled();
  for (const [index, step] of steps.entries()) {
    const command = messageOf(step, state);
    if (command === null) continue;
    if (command.type === 'dispute_update') await asTheInbox(its, state, command);
    answers.push(await twin.tell(command, `C${index}`));
    state = await twin.settled();
  }
  return answers;
}

/** A dispute is in the database before a return hears of it. */
async function asTheInbox(
  its: World,
  { payments }: Opened,
  command: Extract<ReturnCommand, { type: 'dispute_update' }>,
) {
  const payment = payments.find((each) => each.payment === command.payment);
  await noteDispute(its.pool, [payment?.providerPaymentId ?? ''], command.dispute);
}

test(
  'any sequence of commands leads the workflow where it leads the decider, and its books add up after each',
  async () => {
    const answers: ('accepted' | 'refused')[] = [];
    await withFacilities(world().db, facilities);
    await Promise.all(
      Array.from({ length: lanes }, (_, lane) =>
        fc.assert(
          fc.asyncProperty(
            aSale,
            fc.array(aStep, { minLength: 4, maxLength: 18, size: 'max' }),
            async (sale, steps) => {
              answers.push(...(await play(world(), sale, steps)));
            },
          ),
          { numRuns: Math.ceil(runs / lanes), seed: seed + lane, endOnFailure: false },
        ),
      ),
    );
    // Both kinds often enough for this to mean anything.
    expect(answers.filter((answer) => answer === 'accepted').length).toBeGreaterThan(runs);
    expect(answers.filter((answer) => answer === 'refused').length).toBeGreaterThan(runs / 4);
  },
  120_000 + runs * 3_000,
);
