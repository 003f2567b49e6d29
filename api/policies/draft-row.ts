import { z } from 'zod';
import { overruledBy } from '../../domain/policy/overruled.ts';
import { policyFaults } from '../../domain/policy/sense.ts';
import type { Prisma, PrismaClient } from '../../prisma/generated/client.ts';
import { type FieldError, Problem } from '../problem.ts';
import { PolicyRules } from './document.ts';
import { faultSentences, overruledSentences } from './sentences.ts';

export type Draft = {
  readonly policy: string;
  readonly basedOn: number | null;
  readonly revision: number;
  readonly updatedAt: Date;
  readonly updatedBy: string;
  readonly rules: z.infer<typeof PolicyRules>;
};

/**
 * The draft of a policy.
 * @throws {Problem} 404 `policy_draft_not_found`
 */
export async function draftOf(
  db: Pick<PrismaClient, 'policyDraft'> | Prisma.TransactionClient,
  policy: string,
): Promise<Draft> {
  const row = await db.policyDraft.findUnique({ where: { policy } });
  if (row === null)
    throw new Problem(
      404,
      'policy_draft_not_found',
      `nobody has drafted a change of ${policy}; begin one with revision 0`,
    );
  const { document, program: _program, ...rest } = row;
  return { ...rest, rules: rulesIn(document) };
}

/** The stored document has its policy's id beside the rules. */
function rulesIn(document: Prisma.JsonValue): z.infer<typeof PolicyRules> {
  return PolicyRules.strip().parse(document);
}

/** A setting that the law goes over for the sales that it is for. */
export const OverruledBody = z
  .object({ field: z.string(), floor: z.string(), detail: z.string() })
  .meta({ id: 'OverruledSetting' });

/** What of the rules the law goes over. */
export function overruledIn(rules: Draft['rules']): z.infer<typeof OverruledBody>[] {
  return overruledBy(rules).map(({ field, floor, code }) => ({ field, floor, detail: overruledSentences[code] }));
}

/** What still keeps a draft from being published. */
export function faultsOf({ rules }: Pick<Draft, 'rules'>): readonly FieldError[] {
  return policyFaults(rules).map(({ field, code }) => ({
    field,
    code,
    detail: faultSentences[code],
  }));
}
