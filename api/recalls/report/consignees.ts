import { Readable } from 'node:stream';
import { HERE } from '../../../activities/recalls/confirmations/standing.ts';
import { SUMMED, type Summed, summedFigures } from '../../../activities/recalls/report.ts';
import { withClient } from '../../../prisma/client.ts';
import type { Api } from '../../api.ts';
import { type Cell, csvLine } from '../../csv.ts';

/** Rows that are read at once: what is in memory doesn't grow with the recall. */
const CHUNK = 500;

/** Every consignee of a recall with what is known of it, and every facility of ours that has affected goods. */
export const consigneesCsv = (api: Pick<Api, 'pool'>, recall: string): Readable => Readable.from(lines(api, recall));

async function* lines({ pool }: Pick<Api, 'pool'>, recall: string): AsyncIterable<string> {
  yield csvLine([...facts, ...summedFigures]);
  for (const [text, named] of [
    [CONSIGNEES, 'consignee'],
    [FACILITIES, 'facility'],
  ] as const) {
    for (let after = ''; ; ) {
      const { rows } = await withClient(pool, (client) => client.query<Line>(text, [recall, after, CHUNK]));
      if (rows.length > 0) yield rows.map(cellsOf).join('');
      if (rows.length < CHUNK) break;
      after = rows.at(-1)?.[named] ?? after;
    }
  }
}

const facts = [
  ...['consignee', 'facility', 'kind', 'name', 'country', 'state', 'notifiedAt', 'channel', 'respondedAt', 'onHand'],
  ...['check', 'checkState', 'checkOutcome', 'checkedAt'],
  ...['confirmation', 'askedAt', 'confirmBy', 'confirmedAt', 'confirmedByKey', 'onBooks', 'found'],
] as const;
type Figure = 'onHand' | 'check' | 'onBooks' | 'found';
type Line = Readonly<Record<Exclude<(typeof facts)[number], Figure>, string | null>> &
  Readonly<Record<Figure, number | null>> &
  Summed;

const cellsOf = (line: Line): string =>
  csvLine([...facts.map((name): Cell => line[name]), ...summedFigures.map((name): Cell => line[name])]);

const time = (column: string) => `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`;

/** A shopper's name is nobody's here. */
const CONSIGNEES = `
  SELECT c.consignee, NULL AS facility, k.kind, k.name, k.country, c.state, ${time('n.sent_at')} AS "notifiedAt", n.channel,
    ${time('r.at')} AS "respondedAt", p.on_hand AS "onHand", h.number AS "check", h.state AS "checkState",
    h.outcome AS "checkOutcome", ${time('h.checked_at')} AS "checkedAt", NULL AS confirmation, NULL AS "askedAt", NULL AS "confirmBy",
    NULL AS "confirmedAt", NULL AS "confirmedByKey", NULL::float8 AS "onBooks", NULL::float8 AS found, p.*
  FROM recall_consignees c JOIN consignees k ON k.id = c.consignee
    LEFT JOIN LATERAL (SELECT sent_at, channel FROM notices WHERE recall = c.recall AND consignee = c.consignee
      AND state IN ('sent', 'withheld') ORDER BY sent_at LIMIT 1) AS n ON true
    LEFT JOIN LATERAL (SELECT at FROM recall_responses WHERE recall = c.recall AND consignee = c.consignee
      ORDER BY number DESC LIMIT 1) AS r ON true
    LEFT JOIN recall_checks h ON h.recall = c.recall AND h.consignee = c.consignee
    CROSS JOIN LATERAL (SELECT sum(said_held + said_returned + said_destroyed + said_corrected)::float8 AS on_hand, ${SUMMED}
      FROM recall_positions WHERE recall = c.recall AND consignee = c.consignee) AS p
  WHERE c.recall = $1 AND c.consignee > $2 ORDER BY c.consignee LIMIT $3`;

const FACILITIES = `
  SELECT NULL AS consignee, f.facility, 'facility' AS kind, NULL AS name, NULL AS country, NULL AS state, NULL AS "notifiedAt",
    NULL AS channel, NULL AS "respondedAt", NULL::float8 AS "onHand", NULL::int AS "check", NULL AS "checkState",
    NULL AS "checkOutcome", NULL AS "checkedAt", c.state AS confirmation, ${time('c.asked_at')} AS "askedAt", ${time('c.due_at')} AS "confirmBy",
    ${time('c.confirmed_at')} AS "confirmedAt", c.confirmed_by AS "confirmedByKey", f.on_books AS "onBooks", f.found, f.*
  FROM (SELECT p.facility, sum(p.traced)::float8 AS on_books, sum(${HERE})::float8 AS found, ${SUMMED}
      FROM recall_positions p WHERE p.recall = $1 AND p.facility > $2 GROUP BY p.facility) AS f
    LEFT JOIN recall_facilities c ON c.recall = $1 AND c.facility = f.facility
  ORDER BY f.facility LIMIT $3`;
