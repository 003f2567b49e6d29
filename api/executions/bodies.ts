import { z } from 'zod';
import type { Execution, ExecutionItem } from '../../prisma/generated/client.ts';
import { acceptedBody, outcomeBody } from '../carry-out.ts';
import { MoneyBody, moneyOut } from '../money.ts';
import { AttentionBody } from '../returns/bodies.ts';

const Time = z.iso.datetime();

export const ExecutionSummaryBody = z
  .object({
    number: z.string(),
    kind: z.string(),
    disposition: z.string(),
    party: z
      .string()
      .nullable()
      .meta({ description: 'Who gets the goods: a vendor, a buyer, a bench; null while nobody does yet.' }),
    facility: z.string(),
    status: z.string(),
    reference: z.string().nullable().meta({ description: 'Their number for it.' }),
    tracking: z.string().nullable(),
    expected: MoneyBody.meta({ description: 'What the other side is to give us.' }),
    received: MoneyBody,
    writtenOff: MoneyBody,
    budget: MoneyBody.nullable().meta({ description: 'What work on the goods may cost; null where there is none.' }),
    spent: MoneyBody.nullable(),
    requestedAt: Time,
    closedAt: Time.nullable(),
    nextDeadline: Time.nullable(),
    outcome: z.string().nullable(),
    version: z.int(),
    needsPerson: z.array(z.string()).meta({ description: 'Why it needs a person; empty where it does not.' }),
  })
  .meta({ id: 'ExecutionSummary' });

export const ExecutionBody = ExecutionSummaryBody.extend({
  items: z.array(
    z.object({
      rma: z.string(),
      item: z.string(),
      sku: z.string(),
      quantity: z.int(),
      lot: z.string().nullable(),
      grade: z.string().nullable(),
      cost: MoneyBody,
      expected: MoneyBody,
      received: MoneyBody,
      state: z.string(),
      code: z.string().nullable().meta({ description: 'Why its return did not give it.' }),
      mended: z.int().nullable().meta({ description: 'Units of it that are done, by how the work on them ended.' }),
      beyondRepair: z.int().nullable(),
      givenUp: z.int().nullable(),
    }),
  ),
  attention: z.array(AttentionBody),
  timeline: z.array(z.object({ version: z.int(), at: Time, by: z.string(), type: z.string(), sentence: z.string() })),
  links: z.object({ self: z.string(), temporal: z.string() }),
}).meta({ id: 'Execution' });

const named = { number: z.string() };
export const ExecutionOutcomeBody = outcomeBody(named, 'Execution');
export const ExecutionAcceptedBody = acceptedBody(named, 'Execution');

/** A row of the read model as it leaves. */
export function executionSummary(
  row: Execution & { readonly attention: readonly { readonly reason: string }[] },
): z.infer<typeof ExecutionSummaryBody> {
  const { currency } = row;
  return {
    number: row.number,
    kind: row.kind,
    disposition: row.disposition,
    party: row.party,
    facility: row.facility,
    status: row.status,
    reference: row.reference,
    tracking: row.tracking,
    expected: moneyOut(Number(row.expected), currency),
    received: moneyOut(Number(row.received), currency),
    writtenOff: moneyOut(Number(row.writtenOff), currency),
    budget: row.budget === null ? null : moneyOut(Number(row.budget), currency),
    spent: row.spent === null ? null : moneyOut(Number(row.spent), currency),
    requestedAt: row.requestedAt.toISOString(),
    closedAt: row.closedAt?.toISOString() ?? null,
    nextDeadline: row.nextDeadline?.toISOString() ?? null,
    outcome: row.outcome,
    version: row.version,
    needsPerson: [...new Set(row.attention.map(({ reason }) => reason))],
  };
}

export const executionItemOut = (
  { number: _, cost, expected, received, ...item }: ExecutionItem,
  currency: string,
): z.infer<typeof ExecutionBody>['items'][number] => ({
  ...item,
  cost: moneyOut(Number(cost), currency),
  expected: moneyOut(Number(expected), currency),
  received: moneyOut(Number(received), currency),
});
