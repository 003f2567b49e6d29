/** Statements that break one rule each of transfers. */
export const transferBreaches: Readonly<Record<string, string>> = {
  transfers_reason_known: transfer('reason', `'whim'`),
  transfers_two_facilities: transfer('destination', `'RC-1'`),
  transfers_one_carriage: transfer('trip', `'TP-1', carrier = 'UPS'`),
  transfers_back_once_shipped: transfer('turned_back', 'true'),
  transfer_lines_conserved: line('received', '1'),
  transfer_lines_no_more_than_before: line('picked', '3'),
  transfer_lines_units: line('damaged', '-1'),
  transfer_lines_out_stays: line('is_out', 'true, picked = 1'),
};

/** A transfer of two units that are kept for it, with one thing said of it that can't be. */
function transfer(column: string, value: string): string {
  return `INSERT INTO facilities SELECT 'RC-9', name, zone, company, street1, street2, city, state, zip, country FROM facilities LIMIT 1;
    INSERT INTO network_processes (number, kind, status, opened_at, version) VALUES ('TR-X', 'transfer', 'reserved', now(), 1);
    INSERT INTO transfers (number, origin, destination, reason, ship_by, arrive_by, turned_back)
      VALUES ('TR-X', 'RC-1', 'RC-9', 'manual', now(), now(), false);
    UPDATE transfers SET ${column} = ${value}`;
}

function line(column: string, value: string): string {
  const counts = [
    'reserved',
    'picked',
    'shipped',
    'in_transit',
    'received',
    'held',
    'disposed_of',
    'damaged',
    'lost',
    'at_origin',
  ];
  return `${transfer('plan', 'NULL')};
    INSERT INTO transfer_lines (number, line, sku, serials, quantity, ${counts.join()})
      VALUES ('TR-X', 'L1', 'MUG', '{}', 2, 2, ${counts
        .slice(1)
        .map(() => '0')
        .join()});
    UPDATE transfer_lines SET ${column} = ${value}`;
}
