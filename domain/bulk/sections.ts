import { sectionRma } from '../numbers/rma.ts';
import type { ReasonCode } from '../reasons.ts';
import type { RequestedLine } from '../return/request.ts';

/** A row of a bulk return's file, with the order line that it names. */
export type BulkRow = {
  /** Counted from 1, without the header. */
  readonly row: number;
  readonly orderLine: string;
  readonly sku: string;
  readonly quantity: number;
  readonly reason: ReasonCode;
  readonly lot: string | null;
  readonly opened?: boolean;
  readonly serials?: readonly string[];
};

/** A part of a bulk return that runs as a return of its own. */
export type Section = {
  readonly rma: string;
  readonly lines: readonly RequestedLine[];
  readonly rows: readonly (BulkRow & { readonly line: string })[];
};

/**
 * Divides a bulk return into sections of at most so many rows, in the order of its rows. Rows of one order line, which
 * differ by their lots, are one line and stay together: an order line's units are held by one section. As each lot is an
 * item of its own, it is rows that a section's state and decisions grow with.
 *
 * @param most rows a section; only a line of more has a section of more, to itself
 */
export function intoSections(whole: string, rows: readonly BulkRow[], most: number): readonly Section[] {
  const sections: BulkRow[][][] = [];
  let left = 0;
  for (const line of Map.groupBy(rows, ({ orderLine }) => orderLine).values()) {
    if (sections.length === 0 || line.length > left) {
      sections.push([]);
      left = most;
    }
    sections.at(-1)?.push(line);
    left -= line.length;
  }
  return sections.map((lines, index): Section => {
    const named = lines.map((ofLine, place) => ({ line: `L${place + 1}`, ofLine }));
    return {
      rma: sectionRma(whole, index + 1),
      lines: named.flatMap(({ line, ofLine }) => requestedLine(line, ofLine)),
      rows: named.flatMap(({ line, ofLine }) => ofLine.map((row) => ({ ...row, line }))),
    };
  });
}

function requestedLine(line: string, rows: readonly BulkRow[]): RequestedLine[] {
  const [first] = rows;
  if (first === undefined) return [];
  const lots = rows.flatMap(({ lot }) => lot ?? []);
  const serials = rows.flatMap((row) => row.serials ?? []);
  const asked: RequestedLine = {
    line,
    orderLine: first.orderLine,
    quantity: rows.reduce((sum, { quantity }) => sum + quantity, 0),
    reason: first.reason,
    ...(first.opened === undefined ? {} : { opened: first.opened }),
    ...(serials.length === 0 ? {} : { serials }),
    // A row without a lot lets any lot come.
    ...(lots.length < rows.length ? {} : { lots }),
  };
  return [asked];
}
