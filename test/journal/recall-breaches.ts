/** A recall that is right but for one column; with nothing said, a right one. */
export function recall(column = 'lots', wrong = '0'): string {
  const row: Record<string, string> = {
    number: `'RC'`,
    kind: `'recall'`,
    hazard_class: 'NULL',
    depth: `'retail'`,
    mandated: 'false',
    mock: 'false',
    effectiveness: `'A'`,
    status: `'notifying'`,
    paused: 'false',
    per_minute: '1',
    wave_size: '1',
    schedules: `'{}'`,
    scope_version: '1',
    planned_version: '1',
    consignees: '1',
    lots: '1',
    facilities: '1',
    shipped_units: '1',
    held_units: '1',
    waves: '1',
    waves_started: '0',
    waves_ended: '0',
    outcome: 'NULL',
    drafted_at: 'now()',
    version: '1',
    [column]: wrong,
  };
  return `INSERT INTO recalls (${Object.keys(row).join(', ')}) VALUES (${Object.values(row).join(', ')})`;
}

/** A recall of this number, as far as it got when its notices have left. */
export const aRecallOf = (number: string): string => recall('number', `'${number}'`);

export const consignee = (state: string, kind: string, number: string, due: string) =>
  `${recall()}; INSERT INTO consignees (id, kind) VALUES ('K', 'store');
     INSERT INTO recall_consignees (recall, consignee, wave, scope_version, state, due_kind, due_number, next_due)
       VALUES ('RC', 'K', 1, 1, ${state}, ${kind}, ${number}, ${due})`;
const notice = (kind: string, channel: string, state: string, number = '1') =>
  `${consignee(`'planned'`, `'initial'`, '1', 'now()')};
     INSERT INTO notices (recall, consignee, kind, scope_version, number, channel, message_id, state)
       VALUES ('RC', 'K', ${kind}, 1, ${number}, ${channel}, 'm', ${state})`;
const question = (column = 'state', wrong = `'open'`): string => {
  const row: Record<string, string> = {
    ...{
      recall: `'RC'`,
      question: '1',
      field: `'codeInfo'`,
      start: '0',
      '"end"': '1',
      text: `'A'`,
      code: `'proposed'`,
    },
    ...{ proposal: `'{}'`, state: `'open'`, [column]: wrong },
  };
  return `INSERT INTO recall_records (recall, record) VALUES ('RC', '{}');
    INSERT INTO recall_questions (${Object.keys(row).join(', ')}) VALUES (${Object.values(row).join(', ')})`;
};
const units = (holder: string, quantity: string) =>
  `INSERT INTO recall_units (recall, scope_version, holder, sku, descended, possible, quantity) VALUES ('RC', 1, ${holder}, 'S', false, false, ${quantity})`;

/** A consignee `K` that got two units, with what it says of them. */
const position = (column: string, wrong: string) =>
  `${consignee(`'planned'`, `'initial'`, '1', 'now()')};
     INSERT INTO recall_positions (recall, consignee, sku, traced) VALUES ('RC', 'K', 'S', 2);
     UPDATE recall_positions SET ${column} = ${wrong}`;
/** What the database counts itself can only be wrong where it doesn't. */
const miscounted = (column: string, wrong: string) =>
  `${position('traced', '2')}; ALTER TABLE recall_positions DISABLE TRIGGER recall_positions_counted;
     UPDATE recall_positions SET ${column} = ${wrong}`;
const passed = (from: string, to: string, sku = `'S'`, quantity = 1) =>
  `INSERT INTO recall_passed_on (recall, consignee, sub_consignee, sku, quantity) VALUES ('RC', ${from}, ${to}, ${sku}, ${quantity})`;
/** `K` sold both units on, to whomever it may be. */
const soldOn = `${position('said_sold_on', '2')}; INSERT INTO consignees (id, kind) VALUES ('L', 'store')`;
const response = (channel: string, number = '1') =>
  `${position('said_held', '1')}; INSERT INTO recall_responses VALUES ('RC', 'K', ${number}, now(), 'key', ${channel}, '[]')`;

const proof = (contentType: string, bytes = 'x') =>
  `${consignee(`'planned'`, `'initial'`, '1', 'now()')}; INSERT INTO recall_proofs (recall, consignee, content_type, bytes, sha256)
     VALUES ('RC', 'K', ${contentType}, '${bytes}', encode(sha256('${bytes}'), 'hex'))`;

/** A facility that was asked, but for one column. */
const facility = (column = 'letter', wrong = 'NULL') => {
  const row: Record<string, string> = {
    ...{
      recall: `'RC'`,
      facility: '(SELECT id FROM facilities LIMIT 1)',
      scope_version: '1',
      state: `'asked'`,
      asked_at: 'now()',
    },
    ...{ due_at: `now() + interval '1 day'`, letter: 'NULL', [column]: wrong },
  };
  return `${recall()}; INSERT INTO recall_facilities (${Object.keys(row).join(', ')}) VALUES (${Object.values(row).join(', ')})`;
};
/** Goods of a facility that it was asked about, but for one column. */
const counted = (column: string, wrong: string) =>
  `${recall()}; INSERT INTO recall_positions (recall, facility, sku, traced, asked_scope) VALUES ('RC', (SELECT id FROM facilities LIMIT 1), 'S', 2, 1);
     UPDATE recall_positions SET ${column} = ${wrong}`;

/** Statements that break one rule each of recalls and their notices. */
export const recallBreaches: Readonly<Record<string, string>> = {
  recalls_kind_known: recall('kind', `'rumour'`),
  recalls_hazard_class_known: recall('hazard_class', `'IV'`),
  recalls_depth_known: recall('depth', `'orbit'`),
  recalls_effectiveness_known: recall('effectiveness', `'F'`),
  recalls_status_known: recall('status', `'forgotten'`),
  recalls_termination_notice_of_terminated: recall('termination_notice', 'true'),
  recalls_outcome_known: `${recall()}; UPDATE recalls SET status = 'closed', closed_at = now(), outcome = 'lost'`,
  recalls_closed_with_outcome: recall('status', `'closed'`),
  recalls_rate_positive: recall('per_minute', '0'),
  recalls_waves_in_turn: recall('waves_ended', '1'),
  recalls_stopped_before_notified: recall('waves_started', '1'),
  recalls_counted: recall('held_units', '-1'),
  recalls_open_counted: `${recall()}; UPDATE recalls SET completed_at = now(), open_checks = 1`,
  recalls_completion_of_completed: recall('completion_note', `'N'`),
  recalls_versions: recall('planned_version', '2'),
  recall_scopes_version_positive: `INSERT INTO recall_scopes (recall, version, scope) VALUES ('RC', 0, '{}')`,
  recall_texts_language_known: `INSERT INTO recall_texts VALUES ('RC', 'xx', 'p', 'r', 'i', 'c')`,
  recall_questions_code_known: question('code', `'why'`),
  recall_questions_state_known: `${question()}; UPDATE recall_questions SET state = 'forgotten', at = now(), by = 'P', note = 'N'`,
  recall_questions_somewhere: question('"end"', '0'),
  recall_questions_proposal_whole: question('proposal', 'NULL'),
  recall_questions_settled_whole: question('at', 'now()'),
  recall_questions_noted: `${question()}; UPDATE recall_questions SET state = 'answered', at = now(), by = 'P'`,
  recall_questions_recall_fkey: `${question()}; DELETE FROM recall_records`,
  recall_units_quantity_positive: units(`'stock'`, '0'),
  recall_units_holder_known: units(`'consignee'`, '1'),
  stop_sales_lifted_after_placed: `INSERT INTO stop_sales (recall, sku, mock, lifted_at) VALUES ('RC', 'S', false, now() - interval '1 hour')`,
  recall_consignees_state_known: consignee(`'lost'`, 'NULL', 'NULL', 'NULL'),
  recall_consignees_due_kind_known: consignee(`'planned'`, `'visit'`, '1', 'now()'),
  recall_consignees_due_whole: consignee(`'planned'`, `'initial'`, 'NULL', 'now()'),
  recall_consignees_waits_while_open: consignee(`'silent'`, `'initial'`, '1', 'now()'),
  recall_consignees_round_positive: `${consignee(`'planned'`, `'initial'`, '1', 'now()')}; UPDATE recall_consignees SET round = 0`,
  notices_kind_known: notice(`'visit'`, `'email'`, `'claimed'`),
  notices_channel_known: notice(`'initial'`, `'pigeon'`, `'claimed'`),
  notices_state_known: notice(`'initial'`, `'email'`, `'lost'`),
  notices_sent_whole: notice(`'initial'`, `'email'`, `'sent'`),
  notices_claimed_while_open: `${notice(`'initial'`, `'email'`, `'bounced'`)}; UPDATE notices SET claimed_until = now()`,
  notices_counted: notice(`'initial'`, `'email'`, `'claimed'`, '0'),
  recall_positions_of_one_holder: position('facility', '(SELECT id FROM facilities LIMIT 1)'),
  recall_positions_not_negative: position('said_held', '-1'),
  recall_positions_passed_on_within: position('passed_on', '1'),
  recall_positions_came_back: position('destroyed_here', '1'),
  recall_positions_identified_within: miscounted('identified', '1, affected = 3, unaccounted = 3'),
  recall_positions_asked_back: position('asked_back', '1'),
  recall_positions_add_up: position('said_held', '3'),
  recall_positions_verified_within: miscounted('verified_held', '1'),
  recall_positions_found_at_facilities: position('asked_scope', '1'),
  recall_positions_found_whole: counted('found', '1'),
  recalls_open_facilities_counted: `${recall()}; UPDATE recalls SET completed_at = now(), open_facilities = 1`,
  recall_facilities_state_known: facility('state', `'forgotten'`),
  recall_facilities_hazard_class_known: facility('hazard_class', `'IV'`),
  recall_facilities_letter_known: `${facility()}; UPDATE recall_facilities SET letter = 'visit', letter_at = now()`,
  recall_facilities_asked_whole: facility('due_at', 'NULL'),
  recall_facilities_confirmed_whole: facility('confirmed_at', 'now()'),
  recall_facilities_letter_while_open: facility('letter', `'ask'`),
  recall_confirmations_number_positive: `${facility()}; INSERT INTO recall_confirmations SELECT recall, facility, 0, now(), 'key', '[]' FROM recall_facilities`,
  recall_confirmations_append_only: `${facility()}; INSERT INTO recall_confirmations SELECT recall, facility, 1, now(), 'key', '[]' FROM recall_facilities;
    DELETE FROM recall_confirmations`,
  recall_passed_on_quantity_positive: `${soldOn}; ${passed(`'K'`, `'L'`, `'S'`, 0)}`,
  recall_passed_on_to_another: `${soldOn}; ${passed(`'K'`, `'K'`)}`,
  recall_passed_on_no_circle: `${soldOn}; ${passed(`'K'`, `'L'`)}; UPDATE recall_positions SET said_sold_on = 1 WHERE consignee = 'L';
    INSERT INTO recall_consignees (recall, consignee, wave, scope_version, state) VALUES ('RC', 'L', 1, 1, 'responded'); ${passed(`'L'`, `'K'`)}`,
  recall_passed_on_from_a_position: `${soldOn}; ${passed(`'K'`, `'L'`, `'OTHER'`)}`,
  recall_responses_number_positive: response(`'api'`, '0'),
  recall_responses_channel_known: response(`'rumour'`),
  recall_responses_append_only: `${response(`'api'`)}; DELETE FROM recall_responses`,
  recall_proofs_content_type_known: proof(`'image/svg+xml'`),
  recall_proofs_bytes_bounded: proof(`'image/png'`, ''),
  recall_proofs_have_room: `${proof(`'image/png'`)}; INSERT INTO recall_proofs (recall, consignee, content_type, bytes, sha256)
    SELECT 'RC', 'K', 'image/png', n::text::bytea, encode(sha256(n::text::bytea), 'hex') FROM generate_series(1, 20) AS n`,
  recall_proofs_sha256_of_bytes: `${proof(`'image/png'`)}; UPDATE recall_proofs SET sha256 = 'y'`,
  consignee_webhook_changes_append_only: `INSERT INTO consignee_webhook_changes (consignee, by) VALUES ('K', 'key'); DELETE FROM consignee_webhook_changes`,
  recall_rates_not_overdrawn: `INSERT INTO recall_rates (recall, tokens) VALUES ('RC', -1)`,
};
