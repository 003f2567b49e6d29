import { setTimeout as sleep } from 'node:timers/promises';
import type { ClientBase, Pool } from 'pg';
import { type Units, withoutUnits } from '../../domain/goods/units.ts';
import { withClient } from '../../prisma/client.ts';
import { factsOf, readOrder, wantsOf } from './facts.ts';
import type { Opened, OpenInput, ReserveInput } from './port.ts';
import { processOf } from './process.ts';
import { readPage } from './tail.ts';
import { planHolds, readAvailability, takeHolds } from './unit-holds.ts';

/** Races for one order line end after as many rounds as there are returns in them; beyond this something is wrong. */
const ROUNDS = 200;

/**
 * What a process starts from: its journal where it has one; else the facts that its request is decided on, with the
 * requested units reserved as far as they are free. Asked again, it answers with the same units.
 */
export function openReturn(pool: Pool, { rma, request }: OpenInput): Promise<Opened> {
  return withClient(pool, async (client) => {
    if (request === null) return knownOr(client, rma, { type: 'unknown' });
    return untilWritten(async () => {
      const reading = await readOrder(client, request, rma);
      if (reading === null || reading.known) return knownOr(client, rma, { type: 'unknown' });
      const plan = planHolds(wantsOf(request), reading.lines);
      if (!(await takeHolds(client, rma, plan))) return null;
      const held = new Map(plan.map(({ line, units }) => [line, units]));
      return { type: 'new', facts: factsOf(reading, request, held, new Date()) };
    });
  });
}

/** Reserves units for a return that came back to life; see the port. */
export function reserveUnits(pool: Pool, { rma, wants }: ReserveInput): Promise<Readonly<Record<string, Units>>> {
  return withClient(pool, (client) =>
    untilWritten(async () => {
      const lines = await readAvailability(
        client,
        rma,
        wants.map(({ orderLine }) => orderLine),
      );
      const plan = planHolds(wants, lines);
      if (!(await takeHolds(client, rma, plan))) return null;
      const held = new Map(plan.map(({ line, units }) => [line, units]));
      return Object.fromEntries(wants.map(({ line, known }) => [line, withoutUnits(held.get(line) ?? [], known)]));
    }),
  );
}

async function knownOr(client: ClientBase, rma: string, otherwise: Opened): Promise<Opened> {
  const { rows } = await readPage(client, processOf(rma), 0);
  return rows.length > 0 ? { type: 'known', rows } : otherwise;
}

/** Tries until no race was lost; each round somebody wins, so a pause that grows a little is enough. */
async function untilWritten<T>(attempt: () => Promise<T | null>): Promise<T> {
  for (let round = 0; round < ROUNDS; round += 1) {
    const result = await attempt();
    if (result !== null) return result;
    await sleep(Math.random() * Math.min(50, 2 * (round + 1)));
  }
  throw new Error('Units could not be reserved: other returns kept taking them.');
}
