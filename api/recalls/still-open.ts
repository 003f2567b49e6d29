import { OPEN_FACILITIES } from '../../activities/recalls/confirmations/read.ts';
import type { StillOpen } from '../../domain/recall/events.ts';
import { withClient } from '../../prisma/client.ts';
import type { Api } from '../api.ts';

/** What would be left of a recall that was completed now. */
export const stillOpen = ({ pool }: Pick<Api, 'pool'>, recall: string): Promise<StillOpen> =>
  withClient(pool, async (client) => {
    const { rows } = await client.query<StillOpen>(
      `SELECT (SELECT count(*)::int FROM recall_checks WHERE recall = $1 AND state IN ('open', 'follow_up')) AS checks,
        (SELECT coalesce(sum(unaccounted), 0)::float8 FROM recall_positions WHERE recall = $1) AS units,
        (${OPEN_FACILITIES}) AS facilities`,
      [recall],
    );
    const [row] = rows;
    if (row === undefined) throw new Error('a query without a table gave no row');
    return row;
  });
