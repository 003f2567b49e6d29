import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common';
import {
  condition,
  defineSignal,
  defineUpdate,
  proxyActivities,
  setHandler,
  upsertSearchAttributes,
} from '@temporalio/workflow';
import type { Carriers } from '../../activities/carriers/port.ts';
import type { Payments } from '../../activities/payments/port.ts';
import type { CommandOutcome, ReturnArguments, ReturnMessage } from '../../workflows/return/messages.ts';
import type { Step, TwinRecords } from './activities.ts';

const statusKey = defineSearchAttributeKey('Status', SearchAttributeType.KEYWORD);
const nextDeadlineKey = defineSearchAttributeKey('NextDeadline', SearchAttributeType.DATETIME);

const records = proxyActivities<TwinRecords>({ startToCloseTimeout: '10 seconds' });
const outside = proxyActivities<Carriers & Payments>({ startToCloseTimeout: '40 seconds' });

/**
 * The bare twin: the happy path of a return as a good Temporal engineer would write it first, with none of the engine.
 * It is what the engine is measured against, so each choice in it is the one its author would make for themselves:
 *
 * - **Same outside.** It is started by the same update-with-start with the same arguments, static summary and start
 *   attributes, hears the same signal and updates with the same payloads, and answers them with the same outcome.
 *   Carrier and payment calls are the very adapters, intents and time-outs that the engine uses.
 * - **Same database.** Its activities write the very rows that the engine's appends write, through the same prepared
 *   statements with the same fsync (see activities.ts).
 * - **Each step is one ordinary regular activity** with a default retry policy: a transaction of our database or a call
 *   to a provider, never both, since an activity that does both repeats the one when the other fails. Where that rule
 *   leaves a choice it is made in the twin's favour: reading the order, reserving its units and recording the decision
 *   are two statements and one activity here, and two journal calls in the engine.
 * - **Rules run in the activities**, in plain Node, where they are cheaper than in a workflow's sandbox; the workflow
 *   only waits and sequences. Payloads are ids and the few facts that the next step needs, so history stays small.
 * - **Updates are handled where they arrive**: the handler runs its activity and returns, so a person's answer waits
 *   for one transaction and never for a refund. This is the shortest way to an answer that regular activities allow.
 * - **Deadlines** are `condition(done, timeout)`: one timer a wait, started and cancelled by the SDK. It knows them all
 *   from the database, and tells it when one has passed.
 * - **Attributes** are upserted when the engine upserts them, with the same values: once a message, not once a step.
 *
 * Left out is what costs nothing on this path: reviews, cancellation, pickups, discrepancies, several parcels, reopening,
 * continue-as-new, summaries and the story in the UI. The engine carries all of it through every measurement.
 */
export async function BareReturn({ rma, request }: ReturnArguments): Promise<CommandOutcome> {
  if (request === null) throw new Error('The twin has no second life.');
  let authorized: Step | null = null;
  let latest: Step | null = null;
  let inspected: Step | null = null;
  let received = false;
  let confirmed = false;
  const scans: ReturnMessage<'track'>[] = [];

  setHandler(defineUpdate<CommandOutcome>('decision'), async () => {
    await condition(() => authorized !== null);
    return outcomeOf(authorized);
  });
  setHandler(defineSignal<[ReturnMessage<'track'>]>('track'), (message) => {
    scans.push(message);
  });
  setHandler(defineUpdate<CommandOutcome, [ReturnMessage<'receive'>]>('receive'), async (message) => {
    latest = await records.recordReceipt({ rma, message });
    received = true;
    return latest.outcome;
  });
  setHandler(defineUpdate<CommandOutcome, [ReturnMessage<'inspect'>]>('inspect'), async (message) => {
    latest = await records.recordInspection({ rma, message });
    inspected = latest;
    return latest.outcome;
  });
  setHandler(
    defineUpdate<CommandOutcome, [ReturnMessage<'confirm_disposition'>]>('confirm_disposition'),
    async (message) => {
      latest = await records.recordConfirmation({ rma, message });
      confirmed = true;
      return latest.outcome;
    },
  );

  authorized = await records.authorizeReturn({ rma, request });
  latest = authorized;
  if (authorized.label !== null) {
    const label = await outside.buyLabel(authorized.label);
    latest = await records.recordLabel({ rma, label });
  }
  show();

  await until(() => scans.length > 0);
  for (const message of scans) latest = await records.recordScan({ rma, message });
  show();

  await until(() => received);
  show();

  await until(() => inspected !== null);
  for (const due of refundsOf(inspected)) {
    const refund = await outside.issueRefund(due);
    latest = await records.recordRefund({ rma, refund });
  }
  show();

  await until(() => confirmed);
  show();
  return outcomeOf(latest);

  /** Waits for a message; each deadline that passes before it is recorded. */
  async function until(done: () => boolean): Promise<void> {
    for (;;) {
      const deadline = latest?.nextDeadline ?? null;
      if (deadline === null) return await condition(done);
      if (await condition(done, Math.max(0, Date.parse(deadline) - Date.now()))) return;
      latest = await records.recordDeadline({ rma });
    }
  }

  function show(): void {
    const { outcome, nextDeadline } = latest ?? { outcome: outcomeOf(null), nextDeadline: null };
    upsertSearchAttributes([
      { key: statusKey, value: outcome.goods },
      { key: nextDeadlineKey, value: nextDeadline === null ? null : new Date(nextDeadline) },
    ]);
  }
}

function outcomeOf(step: Step | null): CommandOutcome {
  if (step === null) throw new Error('Nothing was recorded yet.');
  return step.outcome;
}

const refundsOf = (step: Step | null): Step['refunds'] => step?.refunds ?? [];
