/** What measures can be told apart by. */
export const dimensions = ['none', 'sku', 'reason', 'facility', 'carrier', 'program', 'category', 'week'] as const;
export type Dimension = (typeof dimensions)[number];

/** The ISO week of an instant in UTC, `2026-W48`. */
const week = (instant: string) => `to_char(${instant} AT TIME ZONE 'UTC', 'IYYY-"W"IW')`;

/**
 * How each dimension is read, in SQL, off the CTEs of facts.ts: of an item, of a line, of a whole return, and of a line of
 * a sale. A return is in every group that it has a line (or a label) in; goods are in one.
 */
type Reading = {
  readonly ofItem: string;
  readonly ofLine: string;
  /** Rows of (process, grp). */
  readonly ofReturn: string;
  /** Null where a sale knows nothing of it: its share is then of all that was sold. */
  readonly ofSale: string | null;
};

const ofCohort = (expression: string): Reading => ({
  ofItem: expression,
  ofLine: expression,
  ofReturn: `SELECT c.process, ${expression} AS grp FROM cohort c`,
  ofSale: null,
});

const ofLines = (column: string): Pick<Reading, 'ofLine' | 'ofReturn'> => ({
  ofLine: `l.${column}`,
  ofReturn: `SELECT DISTINCT l.process, l.${column} AS grp FROM line l`,
});

export const readings: Readonly<Record<Dimension, Reading>> = {
  none: { ...ofCohort(`'all'::text`), ofSale: `'all'::text` },
  sku: { ...ofLines('sku'), ofItem: 'r.sku', ofSale: 's.sku' },
  reason: { ...ofLines('reason'), ofItem: 'l.reason', ofSale: null },
  category: { ...ofLines('category'), ofItem: 'l.category', ofSale: 's.category' },
  facility: ofCohort('c.facility'),
  program: ofCohort('c.program'),
  week: { ...ofCohort(week('c.requested_at')), ofSale: week('s.placed_at') },
  carrier: {
    ofItem: 'k.carrier',
    ofLine: 'NULL::text',
    ofReturn: `SELECT c.process, k.carrier AS grp FROM cohort c LEFT JOIN (SELECT DISTINCT process, carrier FROM label) k
      ON k.process = c.process`,
    ofSale: null,
  },
};
