import pg from 'pg';
import { refuseNaming } from '../../domain/recall/naming.ts';
import {
  type Answer,
  decideResponse,
  type ResponseChannel,
  type ResponseEvent,
  type ResponseRefusal,
  type Said,
  saidBy,
} from '../../domain/recall/response.ts';
import { inTransaction } from '../../prisma/client.ts';
import { consigneeProcess } from '../journal/process.ts';
import { askBack } from './ask-back.ts';
import { readStanding } from './standing.ts';
import { type NewConsignee, nameConsignees, readNaming } from './sub-consignees.ts';
import { noteNamed } from './write-to-named.ts';

/** What a consignee of a recall answered, with who sent it and how. The same commandId may come any number of times. */
export type Response = {
  readonly recall: string;
  readonly consignee: string;
  readonly commandId: string;
  readonly at: string;
  readonly by: string;
  readonly channel: ResponseChannel;
  readonly positions: readonly Answer[];
  /** The number of the response that it was made after, 0 for none: where another came since, it isn't taken. Absent: whatever came. */
  readonly after?: number;
  /** Whom it sold goods on to, as far as they are new: with how to reach them. */
  readonly newConsignees: readonly NewConsignee[];
};

export type ResponseTaken =
  /** `number` is the response's own; null where nothing was said that wasn't known. */
  | { readonly type: 'taken'; readonly number: number | null }
  | { readonly type: 'refused'; readonly refusals: readonly ResponseRefusal[] }
  /** Another response came since the one that it was made after. */
  | { readonly type: 'overtaken' }
  /** There is no such recall, or it doesn't reach this consignee. */
  | { readonly type: 'unknown' };

/** Another response came between: a check violation, or a deadlock. */
const LOST_RACES: readonly (string | undefined)[] = ['23514', '40P01'];

/**
 * Decides what a consignee answered and writes all that follows in one transaction: the consignee's journal, the response, its
 * positions, those of whom it passed goods on to, and that nobody reminds it any more once it answered for all of its goods. No
 * process is told: a wave finds nothing due for who has answered.
 */
export async function takeResponse(pool: pg.Pool, response: Response): Promise<ResponseTaken> {
  try {
    return await inTransaction(pool, (client) => take(client, response));
  } catch (error) {
    if (!isLostRace(error)) throw error;
    // Another consignee's response came between what we read and wrote: with it, it is decided again.
    return await inTransaction(pool, (client) => take(client, response));
  }
}

/**
 * Takes several responses in one transaction, each decided by itself: what is refused writes nothing and leaves the others as they are.
 * Where another response comes between, they are taken one by one.
 *
 * @returns what came of each, in their order
 */
export async function takeResponses(pool: pg.Pool, responses: readonly Response[]): Promise<readonly ResponseTaken[]> {
  const taken: ResponseTaken[] = [];
  try {
    await inTransaction(pool, async (client) => {
      for (const response of responses) taken.push(await take(client, response));
    });
    return taken;
  } catch (error) {
    if (!isLostRace(error)) throw error;
  }
  const oneByOne: ResponseTaken[] = [];
  for (const response of responses) oneByOne.push(await takeResponse(pool, response));
  return oneByOne;
}

const isLostRace = (error: unknown): boolean => error instanceof pg.DatabaseError && LOST_RACES.includes(error.code);

async function take(client: pg.PoolClient, response: Response): Promise<ResponseTaken> {
  const { recall, consignee, commandId } = response;
  const named = response.positions.flatMap(({ passedOn }) => (passedOn ?? []).map((sub) => sub.consignee));
  const standing = await readStanding(client, recall, consignee, named);
  if (standing === null) return { type: 'unknown' };
  const process = consigneeProcess(recall, consignee);
  const { rows } = await client.query<{ known: number | null; last: number }>({
    name: 'responses of a consignee',
    text: `SELECT (SELECT (events->0->>'number')::int FROM journal WHERE process = $1 AND command_id = $2) AS known,
      (SELECT coalesce(max(version), 0) FROM journal WHERE process = $1) AS last`,
    values: [process, commandId],
  });
  const { known = null, last = 0 } = rows[0] ?? {};
  if (known !== null) return { type: 'taken', number: known };
  const { newConsignees, after = last } = response;
  if (after !== last) return { type: 'overtaken' };
  const kinds = { ...standing.kinds, ...Object.fromEntries(newConsignees.map(({ id, kind }) => [id, kind])) };
  const positions = response.positions.map((answer) => saidBy(standing, answer));
  const decision = decideResponse({ ...standing, kinds }, positions);
  if (decision.type === 'refused') return decision;
  const naming = await readNaming(client, recall, consignee, newConsignees);
  const refusals = refuseNaming({ channel: response.channel, ...naming }, positions);
  if (refusals.length > 0) return { type: 'refused', refusals };
  // Also where no figure changes: an address may have been put right.
  await nameConsignees(client, recall, consignee, newConsignees);
  if (decision.type === 'unchanged') return { type: 'taken', number: null };
  await write(client, response, positions, last + 1);
  return { type: 'taken', number: last + 1 };
}

async function write(
  client: pg.PoolClient,
  { recall, consignee, commandId, at, by, channel }: Response,
  positions: readonly Said[],
  number: number,
): Promise<void> {
  const event: ResponseEvent = { type: 'responded', recall, consignee, number, channel, positions };
  const process = consigneeProcess(recall, consignee);
  await client.query({
    name: 'journal a response',
    text: `WITH journaled AS (
        INSERT INTO journal (process, version, command_id, at, by, command, events) VALUES ($1, $2, $3, $4, $5, 'respond', $6)),
      told AS (INSERT INTO outbox (process, version, seq, event_type, payload) VALUES ($1, $2, 0, 'recall.responded', $7))
      INSERT INTO recall_responses (recall, consignee, number, at, by, channel, positions) VALUES ($8, $9, $2, $4, $5, $10, $11)`,
    values: [
      ...[process, number, commandId, at, by, JSON.stringify([event])],
      JSON.stringify({ number: recall, consignee, response: number, at }),
      ...[recall, consignee, channel, JSON.stringify(positions)],
    ],
  });
  await writePositions(client, recall, consignee, number, positions);
  if (positions.some(({ passedOn }) => passedOn.length > 0)) await noteNamed(client, recall);
  await askBack(client, { recall, consignee, response: number, by });
  await client.query({
    name: 'answered for all',
    text: `UPDATE recall_consignees c SET state = 'responded', due_kind = NULL, due_number = NULL, next_due = NULL
      WHERE recall = $1 AND consignee = $2 AND NOT EXISTS (
        SELECT FROM recall_positions p WHERE p.recall = c.recall AND p.consignee = c.consignee AND p.response IS NULL
          AND p.traced + p.taken_over + p.possible > 0)`,
    values: [recall, consignee],
  });
}

/** Who was passed nothing on after all has nothing to answer for, and hears no more, unless goods come to it again. */
async function askNoMore(client: pg.PoolClient, recall: string, named: readonly { sub: string }[]): Promise<void> {
  if (named.length === 0) return;
  await client.query({
    name: 'nothing to answer for',
    text: `UPDATE recall_consignees c SET state = 'responded', due_kind = NULL, due_number = NULL, next_due = NULL
      WHERE recall = $1 AND consignee = ANY ($2) AND state IN ('planned', 'notified') AND NOT EXISTS (
        SELECT FROM recall_positions p WHERE p.recall = c.recall AND p.consignee = c.consignee AND p.traced + p.taken_over + p.possible > 0)`,
    values: [recall, named.map(({ sub }) => sub)],
  });
}

/** What was passed on gets less before what was sold on does, and more after it: it never is more than that. */
async function writePositions(
  client: pg.PoolClient,
  recall: string,
  consignee: string,
  number: number,
  positions: readonly Said[],
): Promise<void> {
  const passed = positions.flatMap(({ sku, lot, passedOn }) => passedOn.map((sub) => ({ sku, lot, ...sub })));
  const said = JSON.stringify(positions);
  const goods = `jsonb_to_recordset($3::jsonb) AS n(sku text, lot text, held int, returned int, destroyed int, corrected int,
    consumed int, "soldOn" int)`;
  const subs = `jsonb_to_recordset($3::jsonb) AS n(sku text, lot text, consignee text, quantity int)`;
  const sameGoods = 'n.sku = e.sku AND n.lot IS NOT DISTINCT FROM e.lot';
  const gone = await client.query<{ sub: string }>({
    name: 'passed on no more',
    text: `DELETE FROM recall_passed_on e USING ${goods} WHERE e.recall = $1 AND e.consignee = $2 AND ${sameGoods}
      AND NOT EXISTS (SELECT FROM jsonb_to_recordset($4::jsonb) AS s(sku text, lot text, consignee text)
        WHERE s.sku = e.sku AND s.lot IS NOT DISTINCT FROM e.lot AND s.consignee = e.sub_consignee) RETURNING e.sub_consignee AS sub`,
    values: [recall, consignee, said, JSON.stringify(passed)],
  });
  await client.query({
    name: 'less passed on',
    text: `UPDATE recall_passed_on e SET quantity = n.quantity FROM ${subs}
      WHERE e.recall = $1 AND e.consignee = $2 AND e.sub_consignee = n.consignee AND ${sameGoods} AND n.quantity < e.quantity`,
    values: [recall, consignee, JSON.stringify(passed)],
  });
  await client.query({
    name: 'said of positions',
    text: `UPDATE recall_positions e SET response = $4, said_held = n.held, said_returned = n.returned, said_destroyed = n.destroyed,
        said_corrected = n.corrected, said_consumed = n.consumed, said_sold_on = n."soldOn"
      FROM ${goods} WHERE e.recall = $1 AND e.consignee = $2 AND ${sameGoods}`,
    values: [recall, consignee, said, number],
  });
  await client.query({
    name: 'passed on',
    text: `INSERT INTO recall_passed_on AS e (recall, consignee, sub_consignee, sku, lot, quantity)
      SELECT $1, $2, n.consignee, n.sku, n.lot, n.quantity FROM ${subs} ORDER BY n.consignee, n.sku, n.lot
      ON CONFLICT (recall, consignee, sub_consignee, sku, lot) DO UPDATE SET quantity = EXCLUDED.quantity
        WHERE e.quantity < EXCLUDED.quantity`,
    values: [recall, consignee, JSON.stringify(passed)],
  });
  await askNoMore(client, recall, gone.rows);
}
