import { z } from 'zod';
import { checkMethods, checkOutcomes, checkStates } from '../../../domain/recall/checks.ts';
import type { RecallCheck, RecallCheckAttempt } from '../../../prisma/generated/client.ts';

const Time = z.iso.datetime();

export const CheckNumber = z.coerce
  .number('is not the number of a check')
  .int('is not the number of a check')
  .min(1, 'is not the number of a check')
  .max(1_000_000_000, 'is not the number of a check')
  .meta({ description: 'The number of the check in its recall.' });

export const RecallCheckBody = z
  .object({
    check: z.int(),
    consignee: z.string(),
    kind: z.string(),
    state: z.enum(checkStates).meta({
      description: '`follow_up`: asked, and to be asked again until `dueAt`; `withdrawn`: the level asks for fewer.',
    }),
    assignee: z.string().nullable().meta({ description: 'The id of an API key, or a role.' }),
    method: z.enum(checkMethods).nullable(),
    outcome: z.enum(checkOutcomes).nullable().meta({ description: 'That of the newest attempt.' }),
    checkedAt: Time.nullable(),
    dueAt: Time.nullable(),
    attempts: z.array(
      z.object({
        method: z.enum(checkMethods),
        outcome: z.enum(checkOutcomes),
        checkedAt: Time,
        by: z.string(),
        recordedAt: Time,
      }),
    ),
  })
  .meta({ id: 'RecallCheck' });

/** A check as it leaves. */
export function checkOut({
  number,
  of,
  tries,
  ...row
}: RecallCheck & {
  readonly of: { readonly who: { readonly kind: string } };
  readonly tries: readonly RecallCheckAttempt[];
}): z.infer<typeof RecallCheckBody> {
  return RecallCheckBody.parse({
    ...{ check: number, consignee: row.consignee, kind: of.who.kind, state: row.state },
    ...{ assignee: row.assignee, method: row.method, outcome: row.outcome },
    checkedAt: row.checkedAt?.toISOString() ?? null,
    dueAt: row.dueAt?.toISOString() ?? null,
    attempts: tries.map(({ method, outcome, checkedAt, by, recordedAt }) => ({
      ...{ method, outcome, by },
      checkedAt: checkedAt.toISOString(),
      recordedAt: recordedAt.toISOString(),
    })),
  });
}

/** What belongs to a check as it leaves. */
export const withAttempts = {
  of: { select: { who: { select: { kind: true } } } },
  tries: { orderBy: { attempt: 'asc' } },
} as const;
