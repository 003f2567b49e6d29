import { z } from 'zod';
import { checkMethods } from '../../../domain/recall/checks.ts';
import { effectivenessLevels } from '../../../domain/recall/terms.ts';
import { inTransaction } from '../../../prisma/client.ts';
import type { Api } from '../../api.ts';
import { type Endpoint, endpoint } from '../../endpoint.ts';
import { LocalId } from '../../fields.ts';
import { type FieldError, Problem } from '../../problem.ts';
import { roles } from '../../roles.ts';
import { carryOut, recallUnderWay } from '../carry-out.ts';
import { onRecall, step } from '../commands.ts';
import { CheckShare } from './share.ts';

/** What coordinators do with the effectiveness checks of a recall. */
export const recallCheckCommands: readonly Endpoint[] = [
  endpoint({
    ...onRecall,
    path: '/v1/recalls/{number}/effectiveness',
    id: 'setRecallEffectiveness',
    summary: 'Change how many consignees are checked',
    description:
      'The level of effectiveness checks (21 CFR 7.42(b)(3)). More are drawn at once, those that nobody has begun and the level does ' +
      'not ask for any more are withdrawn; what was found stays.',
    body: z
      .strictObject({ effectiveness: z.enum(effectivenessLevels), checkShare: CheckShare })
      .meta({ id: 'RecallEffectiveness' }),
    handle: async (call, api) => {
      const { effectiveness, checkShare } = call.body;
      return await carryOut(api, call, call.params.number, { type: 'set_effectiveness', effectiveness, checkShare });
    },
  }),
  step(
    'checks/draws',
    'drawRecallChecks',
    'Choose whom to check now',
    'By itself it is done once every consignee was written to. Chosen are the first of all consignees by SHA-256 of the recall’s ' +
      'number, a line feed and the consignee’s id; who has come since the last draw is a sample of its own.',
    { type: 'draw_checks' },
  ),
  endpoint({
    ...onRecall,
    path: '/v1/recalls/{number}/checks/assignments',
    id: 'assignRecallChecks',
    summary: 'Give checks to those who make them',
    description:
      'The checks that are named, else all that nobody has; they are dealt in turn where several are to share them.',
    responses: {
      200: {
        description: 'How many were given.',
        schema: z.object({ assigned: z.int() }).meta({ id: 'RecallChecksAssigned' }),
      },
    },
    body: z
      .strictObject({
        assignees: z.array(LocalId).min(1).max(100).meta({ description: 'Ids of API keys, or roles.' }),
        method: z.enum(checkMethods),
        checks: z.array(z.int().positive()).min(1).max(10_000).optional(),
      })
      .meta({ id: 'RecallCheckAssignment' }),
    handle: async ({ params: { number }, body }, api) => {
      await recallUnderWay(api, number);
      await refuseUnknownAssignees(api, body.assignees);
      return { status: 200, body: { assigned: await assign(api, number, body) } };
    },
  }),
];

/** @throws {Problem} 422 `assignee_unknown`, which names each */
async function refuseUnknownAssignees({ db }: Api, assignees: readonly string[]): Promise<void> {
  const keys = await db.apiKey.findMany({
    where: { id: { in: [...assignees] }, revokedAt: null },
    select: { id: true },
  });
  const known = new Set<string>([...roles, ...keys.map(({ id }) => id)]);
  const errors = assignees.flatMap((assignee, index): FieldError[] =>
    known.has(assignee)
      ? []
      : [
          {
            field: `assignees[${index}]`,
            code: 'assignee_unknown',
            detail: `${assignee} is neither an API key nor a role`,
          },
        ],
  );
  const [first] = errors;
  if (first !== undefined) throw new Problem(422, first.code, first.detail, { field: first.field, errors });
}

type Assignment = {
  readonly assignees: readonly string[];
  readonly method: string;
  readonly checks?: readonly number[] | undefined;
};

/** All that were named, or none. */
const assign = (api: Api, recall: string, { assignees, method, checks }: Assignment): Promise<number> =>
  inTransaction(api.pool, async (client) => {
    const { rows } = await client.query<{ number: number }>(
      `UPDATE recall_checks c SET assignee = ($2::text[])[1 + mod(turn - 1, cardinality($2::text[]))], method = $3
        FROM (SELECT number, row_number() OVER (ORDER BY number) AS turn FROM recall_checks
          WHERE recall = $1 AND state IN ('open', 'follow_up')
            AND CASE WHEN $4::int[] IS NULL THEN assignee IS NULL ELSE number = ANY ($4) END) AS chosen
        WHERE c.recall = $1 AND c.number = chosen.number RETURNING c.number`,
      [recall, assignees, method, checks ?? null],
    );
    const given = new Set(rows.map(({ number }) => number));
    const errors = (checks ?? []).flatMap((check, index): FieldError[] =>
      given.has(check)
        ? []
        : [
            {
              field: `checks[${index}]`,
              code: 'check_not_open',
              detail: `there is no check ${check} that waits to be made`,
            },
          ],
    );
    const [first] = errors;
    if (first !== undefined) throw new Problem(422, first.code, first.detail, { field: first.field, errors });
    return given.size;
  });
