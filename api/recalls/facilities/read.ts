import type { z } from 'zod';
import {
  CONFIRMATIONS,
  type Confirmations,
  type ConfirmingFacility,
  FACILITIES,
} from '../../../activities/recalls/confirmations/read.ts';
import type { ConfirmationState } from '../../../domain/recall/confirmation.ts';
import { withClient } from '../../../prisma/client.ts';
import type { Api } from '../../api.ts';
import { Problem } from '../../problem.ts';
import { RecallFacilityBody } from './bodies.ts';

/** Facilities of a recall with their sums, by their ids. */
export const facilitiesOf = (
  { pool }: Pick<Api, 'pool'>,
  recall: string,
  {
    state = null,
    differing = null,
    after = null,
    limit,
  }: {
    readonly state?: ConfirmationState | null | undefined;
    readonly differing?: boolean | null | undefined;
    readonly after?: string | null | undefined;
    readonly limit: number;
  },
): Promise<readonly ConfirmingFacility[]> =>
  withClient(pool, async (client) => {
    const text = `${FACILITIES} AND ($2::text IS NULL OR f.state = $2) AND ($3::boolean IS NULL OR coalesce(s.differs, false) = $3)
      AND ($4::text IS NULL OR f.facility > $4) ORDER BY f.facility LIMIT $5`;
    return (await client.query<ConfirmingFacility>(text, [recall, state, differing, after, limit])).rows;
  });

/** How far the facilities of a recall are. */
export const confirmationsOf = ({ pool }: Pick<Api, 'pool'>, recall: string): Promise<Confirmations> =>
  withClient(pool, async (client) => {
    const { rows } = await client.query<Confirmations>(CONFIRMATIONS, [recall]);
    return rows[0] ?? { asked: 0, confirmed: 0, late: 0, unasked: 0, differing: 0 };
  });

/**
 * What a facility is to confirm in a recall, and what it found.
 * @throws {Problem} 404
 */
export async function readFacility(
  { db, pool }: Pick<Api, 'db' | 'pool'>,
  recall: string,
  facility: string,
): Promise<z.infer<typeof RecallFacilityBody>> {
  const { rows } = await withClient(pool, (client) =>
    client.query<ConfirmingFacility>(`${FACILITIES} AND f.facility = $2`, [recall, facility]),
  );
  const [row] = rows;
  if (row === undefined) throw facilityNotInRecall(recall, facility);
  const positions = await db.recallPosition.findMany({
    where: { recall, consignee: null, facility },
    orderBy: [{ sku: 'asc' }, { lot: 'asc' }],
  });
  const confirmations = await db.recallConfirmation.findMany({
    where: { recall, facility },
    orderBy: { number: 'desc' },
  });
  return RecallFacilityBody.parse({
    recall,
    ...row,
    positions: positions.map(({ traced, found, leftSince, ...position }) => ({
      ...position,
      onBooks: traced,
      found: found === null ? null : Math.max(0, found - leftSince),
    })),
    confirmations: confirmations.map(({ number, at, by, counts }) => ({ number, at: at.toISOString(), by, counts })),
  });
}

export const facilityNotInRecall = (recall: string, facility: string): Problem =>
  new Problem(
    404,
    'facility_not_in_recall',
    `there is no facility ${facility} that recall ${recall} has stopped anything at; see GET /v1/recalls/${recall}/facilities`,
  );
