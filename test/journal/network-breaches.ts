/** Statements that break one rule each of what is alike of all processes of the network. */
export const networkBreaches: Readonly<Record<string, string>> = {
  network_processes_kind_known: process('kind', `'caravan'`),
  network_processes_codes: process('status', `'Under way'`),
  network_processes_closed_whole: process('outcome', `'completed'`),
  network_processes_version_positive: process('version', '0'),
};

/** A process with another value in one column. */
function process(column: string, value: string): string {
  const row: Readonly<Record<string, string>> = {
    number: `'TR-X'`,
    kind: `'transfer'`,
    status: `'requested'`,
    opened_at: 'now()',
    version: '1',
    [column]: value,
  };
  return `INSERT INTO network_processes (${Object.keys(row).join()}) VALUES (${Object.values(row).join()})`;
}
