/** What a valid row of each table has, by column. */
const rows: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  stock_limits: { sku: `'S'`, facility: 'id', minimum: '1', maximum: '2', value: '3', currency: `'EUR'` },
  demand_forecasts: { sku: `'S'`, facility: 'id', from_day: 'current_date', days: '7', quantity: '1' },
  lanes: {
    ...{ origin: 'id', destination: `'X'`, currency: `'EUR'`, per_unit: '1', per_shipment: '0' },
    ...{ days: '1', capacity: 'NULL' },
  },
  sku_facts: { sku: `'S'`, millilitres: '1', grams: '1', currency: `'EUR'`, liquidation: '5' },
  rebalances: {
    ...{ number: `'RB-X'`, currency: `'EUR'`, horizon_days: '14', plan: '1', edits: '0', positions: 'NULL' },
    ...{ started: '0', ended: '0', late: '0', received: '0', lost: '0' },
  },
  rebalance_lines: {
    ...{ number: `'RB-X'`, line: '1', plan: '1', transfer: '1', sku: `'S'`, origin: `'A'`, destination: `'B'` },
    ...{ quantity: '1', why: `'fixed'`, from_excess: 'true', days: '1', cost: '0', saving: '0' },
  },
  rebalance_leftovers: { number: `'RB-X'`, sku: `'S'`, facility: `'A'`, quantity: '1', exit: `'markdown'`, worth: '0' },
  rebalance_transfers: { number: `'RB-X'`, transfer: '1', started: `'TR-X'`, refusal: 'NULL' },
};

/** A row with another value in one column. */
function row(table: string, column: string, value: string): string {
  const values = { ...rows[table], [column]: value };
  return `INSERT INTO ${table} (${Object.keys(values).join()}) SELECT ${Object.values(values).join()} FROM facilities LIMIT 1`;
}

/** Statements that break one rule each of what plans are made of and what they say. */
export const rebalanceBreaches: Readonly<Record<string, string>> = {
  stock_limits_in_order: row('stock_limits', 'maximum', '0'),
  stock_limits_currency_iso: row('stock_limits', 'currency', `'eur'`),
  demand_forecasts_bounded: row('demand_forecasts', 'days', '0'),
  lanes_between_two: row('lanes', 'destination', 'id'),
  lanes_bounded: row('lanes', 'capacity', '-1'),
  lanes_currency_iso: row('lanes', 'currency', `'eur'`),
  sku_facts_size_whole: row('sku_facts', 'grams', 'NULL'),
  sku_facts_prices_whole: row('sku_facts', 'liquidation', 'NULL'),
  sku_facts_currency_iso: row('sku_facts', 'currency', `'eur'`),
  rebalances_plan_whole: row('rebalances', 'positions', '1'),
  rebalances_counts: row('rebalances', 'ended', '1'),
  rebalance_lines_quantity_positive: row('rebalance_lines', 'quantity', '0'),
  rebalance_lines_why_known: row('rebalance_lines', 'why', `'whim'`),
  rebalance_leftovers_quantity_positive: row('rebalance_leftovers', 'quantity', '0'),
  rebalance_leftovers_exit_known: row('rebalance_leftovers', 'exit', `'gift'`),
  rebalance_transfers_one_end: row('rebalance_transfers', 'refusal', `'out_of_stock'`),
};
