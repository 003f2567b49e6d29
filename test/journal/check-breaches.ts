import { consignee, recall } from './recall-breaches.ts';

/** A check that is right but for one column; with nothing said, a right one that nobody has begun. */
const check = (column = 'attempts', wrong = '0') => {
  const row: Record<string, string> = {
    recall: `'RC'`,
    number: '1',
    consignee: `'K'`,
    state: `'open'`,
    assignee: 'NULL',
    method: 'NULL',
    attempts: '0',
    [column]: wrong,
  };
  return `${consignee(`'planned'`, `'initial'`, '1', 'now()')};
     INSERT INTO recall_checks (${Object.keys(row).join(', ')}) VALUES (${Object.values(row).join(', ')})`;
};
const asked = (state: string, outcome: string, due = 'NULL') =>
  `${check()}; UPDATE recall_checks SET state = ${state}, attempts = 1, outcome = ${outcome}, checked_at = now(), due_at = ${due}`;
const attempt = (number: string, method: string, outcome: string) =>
  `${check()}; INSERT INTO recall_check_attempts VALUES ('RC', 1, ${number}, ${method}, ${outcome}, now(), NULL, 'key')`;

const digest = `encode(sha256('{}'), 'hex')`;
const final = (sha256: string, stage = `'completed'`) =>
  `${recall()}; INSERT INTO recall_final_reports (recall, stage, at, sha256, report) VALUES ('RC', ${stage}, now(), ${sha256}, '{}')`;

const schedule = (columns = '', values = '') =>
  `INSERT INTO recall_drill_schedules (id, name, time_zone, depth, tell, created_by${columns || ', every'}) VALUES ('D', 'D', 'UTC', 'retail', '{a}', 'key'${values || `, 'P1D'`})`;
const drill = (columns: string, values: string) =>
  `${schedule()}; INSERT INTO recall_drills (run, schedule, fired_at, ${columns}) VALUES ('R', 'D', now(), ${values})`;

/** Statements that break one rule each of effectiveness checks, final reports and drills. */
export const checkBreaches: Readonly<Record<string, string>> = {
  recall_final_reports_sha256_of_report: final(`'x'`),
  recall_final_reports_append_only: `${final(digest)}; DELETE FROM recall_final_reports`,
  recall_final_reports_stage_known: final(digest, `'begun'`),
  recall_drill_schedules_one_clock: schedule(', every, cron', `, 'P1D', '0 9 1 * *'`),
  recall_drill_schedules_lot_whole: schedule(', every, lot', `, 'P1D', 'L'`),
  recall_drill_schedules_depth_known: `${schedule()}; UPDATE recall_drill_schedules SET depth = 'orbit'`,
  recall_drill_schedules_forgets_whom: `${schedule()}; UPDATE recall_drill_schedules SET deleted_at = now()`,
  recall_drills_state_known: drill('state, recall, sku, lot, ended_at', `'lost', 'RC', 'S', 'L', now()`),
  recall_drills_skipped_for_known: drill('state, skipped_for, ended_at', `'skipped', 'rain', now()`),
  recall_drills_skipped_whole: drill('state, ended_at', `'skipped', now()`),
  recall_drills_about_a_lot: drill('state, recall', `'running', 'RC'`),
  recall_drills_ended_whole: drill('state, recall, sku, lot, ended_at', `'running', 'RC', 'S', 'L', now()`),
  recalls_check_share_of_level_b: recall('check_share', '1000'),
  recall_draws_counted: `INSERT INTO recall_draws (recall, draw, share, consignees, checks, withdrawn) VALUES ('RC', 1, 200, 3, 3, 1)`,
  recall_checks_number_positive: check('number', '0'),
  recall_checks_state_known: asked(`'lost'`, `'no_action'`),
  recall_checks_method_known: check('method', `'telepathy'`),
  recall_checks_outcome_known: asked(`'follow_up'`, `'unsure'`, 'now()'),
  recall_checks_assigned_with_method: check('assignee', `'ops'`),
  recall_checks_asked_whole: check('attempts', '1'),
  recall_checks_follow_up_due: asked(`'follow_up'`, `'no_action'`),
  recall_checks_done_with_outcome: asked(`'done'`, `'no_action'`),
  recall_check_attempts_counted: attempt('0', `'visit'`, `'effective'`),
  recall_check_attempts_method_known: attempt('1', `'telepathy'`, `'effective'`),
  recall_check_attempts_outcome_known: attempt('1', `'visit'`, `'unsure'`),
};
