import { randomBytes, randomUUID } from 'node:crypto';
import { loadavg } from 'node:os';
import { WithStartWorkflowOperation } from '@temporalio/client';
import { z } from 'zod';
import { checkLedgers } from '../../activities/journal/ledgers.ts';
import type { LoanRequest } from '../../domain/loan/events.ts';
import type { LoanState } from '../../domain/loan/state.ts';
import { defaultLoanTerms } from '../../domain/loan/terms.ts';
import { networkNumber } from '../../domain/network/number.ts';
import { makeRma } from '../../domain/numbers/rma.ts';
import type { ProcessTold } from '../../domain/process/told.ts';
import { asNew } from '../../local/as-new.ts';
import { type LoanMessage, loanWorkflowId, loanWorkflowType } from '../../workflows/loan/messages.ts';
import { lastingPairs } from '../../workflows/process/attributes.ts';
import { decisionUpdate, type NumberedArguments } from '../../workflows/process/messages.ts';
import { inLanes } from '../lanes.ts';
import { type Leg, withLeg } from '../leg.ts';
import { facility } from '../sales.ts';
import { rounded } from '../statistics.ts';

export type LoansReport = {
  /** The goods and their borrowers are made up. */
  readonly synthetic: true;
  readonly loans: number;
  /** Requested and handed over, all of them. */
  readonly startedPerSecond: number;
  readonly cache: number;
  /** Of the worker after a collection, at a fifth of the loans and at all. */
  readonly at: readonly { readonly open: number; readonly rssMiB: number }[];
  readonly rssGrowth: number;
  /** Of the last minute when the last was handed over: what else the machine did. */
  readonly loadAverage: number;
};

/** Runs that the worker keeps: far fewer than are open. */
const CACHE = 500;
const DAY = 86_400_000;

/**
 * Opens loans of one thing each, from the request until the goods are with the borrower, and looks at the worker's memory.
 *
 * @throws where a loan isn't open with its goods out, or the books don't add up: then no figure counts
 */
export function measureLoans(loans: number, log: (line: string) => void): Promise<LoansReport> {
  const env = { WORKER_MAX_CACHED_WORKFLOWS: String(CACHE) };
  return withLeg({ side: 'engine', subject: 'loan', sales: 1, log, env }, async (leg) => {
    const at: { open: number; rssMiB: number }[] = [];
    const begun = performance.now();
    let measuring = 0;
    for (const open of [...new Set([Math.ceil(loans / 5), loans])]) {
      await inLanes(open - (at.at(-1)?.open ?? 0), () => lend(leg));
      const paused = performance.now();
      const { rssBytes } = await leg.workerMemory();
      measuring += performance.now() - paused;
      at.push({ open, rssMiB: Math.round(rssBytes / 2 ** 20) });
      log(`${open} open, ${at.at(-1)?.rssMiB} MiB resident`);
    }
    const seconds = (performance.now() - begun - measuring) / 1_000;
    const loadAverage = rounded(loadavg()[0] ?? Number.NaN);
    await checkAllOut(leg, loans);
    const [first = 0, last = 0] = [at[0]?.rssMiB, at.at(-1)?.rssMiB];
    const figures = {
      startedPerSecond: rounded(loans / seconds),
      cache: CACHE,
      at,
      rssGrowth: rounded(last / first - 1),
    };
    return { synthetic: true, loans, ...figures, loadAverage };
  });
}

declare function Process(start: NumberedArguments<LoanState, LoanRequest>): Promise<unknown>;

/** As the API does it: update-with-start, answered with the decision; then the hand-over. */
async function lend({ client, taskQueue }: Leg): Promise<void> {
  const number = networkNumber('loan', makeRma(randomBytes(8)));
  const request = aRequest(number);
  const workflowId = loanWorkflowId(number);
  await client.workflow.executeUpdateWithStart<typeof Process, ProcessTold, []>(decisionUpdate, {
    updateId: randomUUID(),
    startWorkflowOperation: new WithStartWorkflowOperation<typeof Process>(loanWorkflowType, {
      ...{ taskQueue, workflowId, staticSummary: `Loan ${number}` },
      args: [{ number, request: { commandId: randomUUID(), by: 'bench', request } }],
      typedSearchAttributes: lastingPairs('loan', facility, [number], ['DRILL']),
      workflowIdConflictPolicy: 'USE_EXISTING',
    }),
  });
  const command = { type: 'hand_over', units: [{ unit: 'U1', facts: asNew }], deposit: 'CASH' } as const;
  const message: LoanMessage<'hand_over'> = { commandId: randomUUID(), by: 'bench', command };
  await client.workflow
    .getHandle(workflowId)
    .executeUpdate<ProcessTold, [LoanMessage<'hand_over'>]>(command.type, { args: [message] });
}

function aRequest(number: string): LoanRequest {
  const unit = { unit: 'U1', sku: 'DRILL', serial: number, category: 'tools' };
  return {
    ...{ borrower: 'B-1', facility, currency: 'EUR', deposit: 5_000, terms: defaultLoanTerms },
    units: [{ ...unit, bookValue: 20_000, replacementPrice: 30_000, purchasePrice: null }],
    from: new Date().toISOString(),
    until: new Date(Date.now() + 365 * DAY).toISOString(),
  };
}

const Counted = z.array(z.object({ open: z.int(), out: z.int() })).length(1);

async function checkAllOut({ pool }: Leg, loans: number): Promise<void> {
  const { rows } = await pool.query(
    `SELECT count(*) FILTER (WHERE p.status = 'handed_over')::int AS open, count(*) FILTER (WHERE u.stage = 'out' AND l.held = 5000)::int AS out
     FROM loans l JOIN network_processes p USING (number) JOIN loan_units u USING (number)`,
  );
  const [counted] = Counted.parse(rows);
  if (counted?.open !== loans || counted.out !== loans)
    throw new Error(`${loans} were lent, but ${JSON.stringify(counted)}`);
  const { disagreements } = await checkLedgers(pool);
  if (disagreements.length > 0) throw new Error(`the books don't add up: ${JSON.stringify(disagreements[0])}`);
}
