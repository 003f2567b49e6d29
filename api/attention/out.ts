import type { z } from 'zod';
import type { Attention } from '../../prisma/generated/client.ts';
import type { AttentionBody } from '../returns/bodies.ts';

/**
 * What waits for a person, with what that person can do about it. A reason that a newer worker gave, and this API doesn't
 * know yet, is shown by its name.
 */
export function attentionOut(
  row: Pick<Attention, 'id' | 'attention' | 'reason' | 'subject' | 'raisedAt'>,
  sentences: Readonly<Record<string, string>>,
  resolutions: Readonly<Record<string, readonly string[]>>,
): z.infer<typeof AttentionBody> {
  const { reason } = row;
  return {
    attention: row.attention ?? row.id,
    reason,
    sentence: (Object.hasOwn(sentences, reason) ? sentences[reason] : undefined) ?? reason.replaceAll('_', ' '),
    subject: row.subject,
    raisedAt: row.raisedAt.toISOString(),
    resolutions: [...((Object.hasOwn(resolutions, reason) ? resolutions[reason] : undefined) ?? [])],
  };
}
