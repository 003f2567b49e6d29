/** A loan that is right but for one column; `owed` where that must go with it. */
const loan = (column = 'held', wrong = '0', owed = '0') => {
  const row: Record<string, string> = {
    number: `'LN-X'`,
    borrower: `'B'`,
    currency: `'EUR'`,
    term_from: `'2026-03-01'`,
    term_until: `'2026-04-01'`,
    ...{ deposit: '0', held: '0', fees: '0', extension_fees: '0', damages: '0', prices: '0', owed },
    ...{ set_off: '0', paid: '0', waived: '0', written_off: '0', repaid: '0' },
    [column]: wrong,
  };
  return `INSERT INTO network_processes (number, kind, status, opened_at, version) VALUES ('LN-X', 'loan', 'requested', now(), 1);
    INSERT INTO loans (${Object.keys(row).join()}) VALUES (${Object.values(row).join()})`;
};

/** Likewise one of its units. */
const unit = (column: string, wrong: string, name = 'U1', ended = 'NULL') => {
  const row: Record<string, string> = {
    ...{
      number: `'LN-X'`,
      unit: `'${name}'`,
      sku: `'DRILL'`,
      serial: `'S-1'`,
      stage: `'out'`,
      fee: '0',
      damage: '0',
      price: '0',
    },
    ended_at: ended,
    [column]: wrong,
  };
  return `INSERT INTO loan_units (${Object.keys(row).join()}) VALUES (${Object.values(row).join()})`;
};

/** An account of packaging, and a movement of it, each right but for one column. */
const account = (column = 'went_out', wrong = '0') => {
  const row: Record<string, string> = { partner: `'P'`, type: `'TOTE'`, went_out: '0', [column]: wrong };
  return `INSERT INTO packaging_accounts (${Object.keys(row).join()}) VALUES (${Object.values(row).join()})`;
};
const movement = (direction = `'out'`, quantity = '1') =>
  `${account()}; INSERT INTO packaging_movements (partner, type, direction, quantity, reference, at, by)
   VALUES ('P', 'TOTE', ${direction}, ${quantity}, 'DN', now(), 'key')`;

/** Statements that break one rule each of loans, and of packaging that is to come back. */
export const loanBreaches: Readonly<Record<string, string>> = {
  packaging_accounts_terms_positive: account('most', '0'),
  packaging_accounts_deposit_whole: account('deposit_per_piece', '1'),
  packaging_accounts_counts_not_negative: account('came_back', '-1'),
  packaging_accounts_lost_went_out: account('lost', '1'),
  packaging_movements_direction_known: movement(`'away'`),
  packaging_movements_quantity_positive: movement(`'out'`, '0'),
  packaging_movements_append_only: `${movement()}; DELETE FROM packaging_movements`,
  loans_term_valid: loan('term_until', `'2026-03-01'`),
  loans_deposit_held: loan('held', '1'),
  loans_amounts_not_negative: loan('paid', '-1'),
  loans_owed_adds_up: loan('owed', '1'),
  loans_repaid_was_paid: loan('repaid', '1', '1'),
  loan_units_stage_known: `${loan()}; ${unit('stage', `'away'`, 'U1', 'now()')}`,
  loan_units_grade_out_known: `${loan()}; ${unit('grade_out', `'E'`)}`,
  loan_units_grade_back_known: `${loan()}; ${unit('grade_back', `'E'`)}`,
  loan_units_ended_whole: `${loan()}; ${unit('stage', `'lost'`)}`,
  loan_units_charges_not_negative: `${loan()}; ${unit('fee', '-1')}`,
  loan_units_with_one_borrower: `${loan()}; ${unit('stage', `'out'`)}; ${unit('stage', `'reserved'`, 'U2')}`,
};
