import type { Letter } from '../../../local/sandbox/hand.ts';
import type { World } from '../world.ts';

export type RecallVerdict = {
  readonly consignees: number;
  /** Consignees without a letter. */
  readonly missing: number;
  /** Those who got theirs twice, under one message id: a crash fell between sending it and writing that down. */
  readonly doubled: number;
  readonly accountBalanced: boolean;
  readonly seconds: number;
  readonly problems: readonly string[];
};

type Launched = {
  readonly number: string;
  readonly consignees: number;
  /** Units that consignees were sent, and that are in the facility. */
  readonly shipped: number;
  readonly onHand: number;
  readonly seconds: number;
};

type Row = {
  readonly email: string;
  readonly message_id: string | null;
  readonly state: string | null;
  readonly attempts: number;
};

/** Compares what came in at the mail server with what the database says, consignee by consignee. */
export async function recallVerdict({ pool, sandbox }: World, launched: Launched): Promise<RecallVerdict> {
  const { number, consignees, seconds } = launched;
  const letters = Map.groupBy(await sandbox.letters(), ({ to }) => to);
  const { rows } = await pool.query<Row>(
    `SELECT t.email, n.message_id, n.state, coalesce(n.attempts, 0) AS attempts
      FROM recall_consignees c JOIN consignees k ON k.id = c.consignee JOIN contacts t ON t.id = k.contact_id
        LEFT JOIN notices n ON n.recall = c.recall AND n.consignee = c.consignee
      WHERE c.recall = $1`,
    [number],
  );
  const judged = rows.map((row) => ({ row, got: letters.get(row.email) ?? [] }));
  const wrong = judged.flatMap(({ row, got }) => problemsOf(row, got));
  const accountBalanced = await isBalanced({ pool }, launched);
  return {
    consignees,
    missing: consignees - rows.length + judged.filter(({ got }) => got.length === 0).length,
    doubled: judged.filter(({ got }) => got.length > 1).length,
    accountBalanced,
    seconds,
    problems: [
      ...(rows.length === consignees ? [] : [`${rows.length} consignees are in the recall`]),
      ...(accountBalanced ? [] : ['the account of its goods does not add up']),
      ...wrong.slice(0, 20),
      ...(wrong.length > 20 ? [`and ${wrong.length - 20} more`] : []),
    ],
  };
}

function problemsOf({ email, message_id: id, state, attempts }: Row, got: readonly Letter[]): string[] {
  if (got.length === 0) return [`${email} got no letter`];
  return [
    ...(state === 'sent' ? [] : [`${email} got a letter that is ${state} in the database`]),
    ...(got.every(({ messageId }) => messageId === id) ? [] : [`${email} got a letter under another message id`]),
    ...(got.length > 2 ? [`${email} got ${got.length} letters`] : []),
    ...(got.length > 1 && attempts < 2 ? [`${email} got two letters and no crash fell between`] : []),
  ];
}

/** Whether the account has every unit once: what was shipped with its consignees, who have said nothing yet, the rest in our hands. */
async function isBalanced({ pool }: Pick<World, 'pool'>, { number, shipped, onHand }: Launched): Promise<boolean> {
  const { rows } = await pool.query<{ balanced: boolean }>(
    `SELECT r.shipped_units = $2 AND r.held_units = $3 AND a.affected = $2 + $3 AND a.unaccounted = $2 AND a.claimed = $3 AS balanced
      FROM recalls r, LATERAL (
        SELECT sum(affected) AS affected, sum(unaccounted) AS unaccounted, sum(claimed_held + claimed_returned + claimed_destroyed
          + claimed_corrected + claimed_consumed + claimed_sold_on - passed_on) AS claimed
        FROM recall_positions WHERE recall = r.number) AS a
      WHERE r.number = $1`,
    [number, shipped, onHand],
  );
  return rows[0]?.balanced === true;
}
