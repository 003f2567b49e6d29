import { randomBytes } from 'node:crypto';
import { pino } from 'pino';
import type { LoanRequest } from '../../domain/loan/events.ts';
import { loanOrderLine } from '../../domain/loan/order.ts';
import type { Opened } from '../../domain/loan/state.ts';
import type { LoanTerms } from '../../domain/loan/terms.ts';
import { networkNumber } from '../../domain/network/number.ts';
import { makeRma } from '../../domain/numbers/rma.ts';
import { defaultPolicies } from '../../domain/policy/defaults.ts';
import { sweepInbox } from '../../worker/inbox.ts';
import { type LoanMessage, loanWorkflowId, loanWorkflowType } from '../../workflows/loan/messages.ts';
import { aUnit, someTerms, worn } from '../domain/loan/world.ts';
import { anExecution } from './executions.ts';
import { facility, seededContact, withFacilities } from './orders.ts';
import { type AskedReturn, askedReturn } from './returns.ts';
import type { World } from './world.ts';

const DAY = 86_400_000;
const log = pino({ level: 'error' });

/** What a test says of a loan; the rest is ordinary: one thing for a month. */
type Lent = { readonly days?: number; readonly deposit?: number; readonly terms?: Partial<LoanTerms> };

/** One thing of ours with a borrower, who has it from now on. */
export async function aLoan(world: World, { days = 30, deposit = 0, terms = {} }: Lent = {}) {
  const { db } = world;
  const number = networkNumber('loan', makeRma(randomBytes(8)));
  const now = await world.now();
  const units = [aUnit(1, { sku: 'KETTLE', serial: number })];
  const request: LoanRequest = {
    ...{ borrower: 'B-1', facility, currency: 'EUR', units, deposit, terms: { ...someTerms, ...terms } },
    from: new Date(now).toISOString(),
    until: new Date(now + days * DAY).toISOString(),
  };
  await withFacilities(db, [facility]);
  await rentalTerms(world);
  await standsFor(world, number, request);
  const workflowId = loanWorkflowId(number);
  const its = await anExecution<Opened, LoanMessage['command']>(
    world,
    { workflowType: loanWorkflowType, workflowId, number },
    request,
  );
  await its.tell({ type: 'hand_over', units: [{ unit: 'U1', facts: worn }], deposit: deposit > 0 ? 'D-1' : null });
  return {
    ...its,
    /** The return that it comes back by, once that is known. */
    comesBack: async (comingBack = 'R1'): Promise<AskedReturn> => {
      const { returns } = await its.until((state) => typeof state.returns[comingBack]?.rma === 'string');
      return askedReturn(world, returns[comingBack]?.rma ?? '', number);
    },
    /** What the inbox has for loans is brought to them. */
    hears: async (is: (state: Opened) => boolean): Promise<Opened> => {
      const toReturn = () => Promise.reject(new Error('nothing is for returns here'));
      await sweepInbox(
        world.pool,
        {
          toReturn,
          toLoan: async ({ loan, message }) => {
            await world.client.workflow.getHandle(loanWorkflowId(loan)).signal(message.command.type, message);
          },
        },
        log,
      );
      return await its.until(is);
    },
  };
}

/** The terms of rentals as they come with a fresh installation. */
async function rentalTerms({ db }: World): Promise<void> {
  for (const { id, version, program, ...rules } of defaultPolicies) {
    if (program !== 'rental') continue;
    const document = JSON.parse(JSON.stringify({ id, version, program, ...rules }));
    await db.policy.createMany({
      skipDuplicates: true,
      data: [{ id, version, program, document, effectiveFrom: new Date(0) }],
    });
  }
}

/** What its returns come back against. */
async function standsFor({ db }: World, number: string, { units, from }: LoanRequest): Promise<void> {
  await db.contact.create({ data: { id: number, ...seededContact, city: 'Berlin', zip: '10115', country: 'DE' } });
  const order = { id: number, kind: 'loan', channel: 'loan', currency: 'EUR', country: 'DE', contactId: number };
  await db.order.create({ data: { ...order, placedAt: new Date(from) } });
  for (const [index, { unit, sku, serial, category, bookValue }] of units.entries()) {
    const id = loanOrderLine(number, unit);
    const line = { id, orderId: number, number: index + 1, sku, title: sku, category, quantity: 1, price: 0 };
    await db.orderLine.create({ data: { ...line, serials: [serial], bookValue, unitWeightGrams: 900 } });
    await db.fulfilment.create({ data: { id: `${id}:most`, orderLineId: id, quantity: 1 } });
  }
}
