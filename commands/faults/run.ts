import { setTimeout as sleep } from 'node:timers/promises';
import type { Part } from '../../local/part.ts';
import { driveReturn, type Stage, stages } from './drive.ts';
import { sell } from './orders.ts';
import type { Fault } from './strikes.ts';
import { settled, type Verdict, verdictOn } from './verdict.ts';
import type { World } from './world.ts';

/** So many are asked for at a time; once open, all go on together. */
const OPENING_AT_ONCE = 16;
const STEP_PATIENCE_MS = 600_000;

/** Brings returns from start to end while one fault strikes, and says what came of them. */
export async function runFault(world: World, fault: Fault, count: number, name: string): Promise<Verdict> {
  const { client, sandbox, log } = world;
  const begin = performance.now();
  const sales = await sell(world.db, sandbox, name, count);
  await sandbox.fail(fault.sandbox ?? {});

  const strike = async (when: string) => {
    if (fault.strike === undefined) return;
    log(`${when}: ${fault.about}`);
    await fault.strike(world);
  };
  const gate = Promise.withResolvers<void>();
  const halfOpen = Promise.withResolvers<void>();
  const allHeld = Promise.withResolvers<void>();
  let open = 0;
  let held = 0;
  let finished = 0;
  const seats = createSeats(OPENING_AT_ONCE);
  const problems: string[] = [];
  const returns = sales.map(async (sale, index) => {
    // Spread over all stages, so that the fault meets returns at each.
    const holdAt = stages[index % stages.length];
    let leaveSeat: (() => void) | undefined = await seats.take();
    const hold = () => {
      leaveSeat?.();
      leaveSeat = undefined;
      held += 1;
      if (held === count) allHeld.resolve();
    };
    const reached = async (stage: Stage) => {
      if (stage === 'opened') {
        open += 1;
        if (open === Math.ceil(count / 2)) halfOpen.resolve();
      }
      if (stage !== holdAt) return;
      hold();
      await gate.promise;
    };
    try {
      await driveReturn({ client, sandbox, reached, patienceMs: STEP_PATIENCE_MS }, sale);
      finished += 1;
    } catch (error) {
      problems.push(`${sale.order}: ${error instanceof Error ? error.message : String(error)}`);
      if (leaveSeat !== undefined) hold();
    }
  });
  const watch = setInterval(() => log(`${open} opened, ${finished} closed`), 10_000);
  try {
    if (fault.onlyWhenAllAreOpen !== true) {
      await Promise.race([halfOpen.promise, allHeld.promise]);
      await strike('half open');
    }
    await allHeld.promise;
    log(`${open} returns in flight`);
    gate.resolve();
    await sleep(500);
    await strike('all in flight');
    await Promise.race([Promise.all(returns), ...world.stack.parts.map(endedByItself)]);
  } finally {
    clearInterval(watch);
    gate.resolve();
  }
  await sandbox.fail({});
  await settled(world, name);
  const verdict = await verdictOn(world, name, fault.name, count);
  const seconds = Math.round((performance.now() - begin) / 100) / 10;
  return { ...verdict, seconds, problems: [...problems, ...verdict.problems] };
}

/** Whatever struck, the parts that weren't struck live on. */
async function endedByItself(part: Part): Promise<never> {
  await part.ended();
  throw new Error(`${part.name} ended by itself.`);
}

/** A seat each for so many at a time. */
function createSeats(free: number): { take: () => Promise<() => void> } {
  const waiting: (() => void)[] = [];
  let left = free;
  const leave = () => {
    const next = waiting.shift();
    if (next === undefined) left += 1;
    else next();
  };
  return {
    take: async () => {
      if (left > 0) left -= 1;
      else await new Promise<void>((resolve) => waiting.push(resolve));
      return leave;
    },
  };
}
