import type { Pool } from 'pg';
import type { ReturnCommand } from '../../domain/return/commands.ts';
import { withClient } from '../../prisma/client.ts';
import { priceOf } from '../carriers/price.ts';
import type { ClaimEvent } from '../carriers/webhook.ts';

type Found = {
  readonly rma: string;
  readonly claim: string;
  readonly provider_id: string | null;
  readonly currency: string;
};

/**
 * The return that a carrier's answer is about, with what to tell it; without, where it is about an earlier claim of the
 * same name. Null where no claim of ours fits.
 */
export async function claimAnswered(
  pool: Pool,
  { reference, providerId, status, amount }: ClaimEvent,
): Promise<
  | { readonly rma: string; readonly command: Extract<ReturnCommand, { type: 'report_claim' }> }
  | { readonly rma: string }
  | null
> {
  const found = await findClaim(pool, reference, providerId);
  if (found === null) return null;
  const { rma, claim, currency, provider_id } = found;
  if (provider_id !== null && provider_id !== providerId) return { rma };
  if (status === 'refused') return { rma, command: { type: 'report_claim', claim, outcome: status } };
  // An approval that doesn't say how much: a person has to ask.
  if (amount === null) return null;
  return { rma, command: { type: 'report_claim', claim, outcome: status, amount: priceOf(amount, currency) } };
}

/** By the provider's id, or by our reference (`RMA:claim:P1`, `RMA:claim:P1:2`) where its answer overtook its opening. */
async function findClaim(pool: Pool, reference: string | null, providerId: string): Promise<Found | null> {
  const [rma, name] = reference?.split(':claim:') ?? [];
  return await withClient(pool, async (client) => {
    const { rows } = await client.query<Found>({
      name: 'claim by provider',
      text: `SELECT c.rma, c.claim, c.provider_id, r.currency FROM claims c JOIN returns r ON r.rma = c.rma
        WHERE c.provider_id = $1 OR (c.rma = $2 AND c.claim = $3)
        ORDER BY (c.provider_id = $1) DESC NULLS LAST LIMIT 1`,
      values: [providerId, rma ?? null, name?.replace(/:\d+$/, '') ?? null],
    });
    return rows[0] ?? null;
  });
}
