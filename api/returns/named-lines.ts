import type { RequestedLine } from '../../domain/return/request.ts';
import { Problem } from '../problem.ts';

/** What a request says of one line: by the id of an order line or a kit, or by its SKU. */
export type NamedLine = Omit<RequestedLine, 'line' | 'orderLine'> & {
  readonly orderLine?: string;
  readonly sku?: string;
};

export type OrderLine = {
  readonly id: string;
  readonly number: number;
  readonly sku: string;
  readonly quantity: number;
  readonly kitId: string | null;
  readonly kitUnits: number | null;
};

/** What can be named of an order. */
export type Sold = {
  readonly id: string;
  readonly lines: readonly OrderLine[];
  readonly kits: readonly { readonly id: string; readonly sku: string }[];
};

/** As many as a return may have, components of kits counted. */
const mostLines = 250;

/**
 * The lines of a request by their order lines; a kit becomes all of its components. `from` is the place in the request.
 * @throws {Problem} 422 `unknown_order_line`, `unknown_sku`, `ambiguous_sku`, `serials_of_kit`, `too_many_lines`
 */
export function namedLines(
  sold: Sold,
  asked: readonly NamedLine[],
): readonly { readonly line: RequestedLine; readonly from: number }[] {
  const named = asked.flatMap((line, from) => linesNamed(sold, line, from).map((rest) => ({ rest, from })));
  if (named.length > mostLines) {
    throw wrong('too_many_lines', 'lines', `kits count by their components, and a return has at most ${mostLines}`);
  }
  return named.map(({ rest, from }, index) => ({ line: { line: `L${index + 1}`, ...rest }, from }));
}

function linesNamed(sold: Sold, asked: NamedLine, index: number): Omit<RequestedLine, 'line'>[] {
  const { orderLine, sku, ...rest } = asked;
  const isNamed = (each: { readonly id: string; readonly sku: string }) =>
    orderLine === undefined ? each.sku === sku : each.id === orderLine;
  const lines = sold.lines.filter(isNamed);
  const kits = sold.kits.filter(isNamed);
  const [line] = lines;
  const [kit] = kits;
  if (lines.length + kits.length > 1) {
    const detail = `order ${sold.id} has ${lines.length + kits.length} lines with the SKU ${sku}; name one by its orderLine`;
    throw wrong('ambiguous_sku', `lines[${index}].sku`, detail);
  }
  if (line !== undefined) return [{ ...rest, orderLine: line.id }];
  if (kit !== undefined) return componentsOf(sold, kit.id, rest, index);
  const shown = `GET /v1/orders/${sold.id} shows its lines`;
  if (orderLine !== undefined) {
    const detail = `order ${sold.id} has no line ${orderLine}; ${shown}`;
    throw wrong('unknown_order_line', `lines[${index}].orderLine`, detail);
  }
  throw wrong('unknown_sku', `lines[${index}].sku`, `order ${sold.id} has no line with the SKU ${sku}; ${shown}`);
}

function componentsOf(
  { lines }: Sold,
  kit: string,
  asked: Omit<NamedLine, 'orderLine' | 'sku'>,
  index: number,
): Omit<RequestedLine, 'line'>[] {
  if ((asked.serials ?? []).length > 0) {
    throw wrong(
      'serials_of_kit',
      `lines[${index}].serials`,
      'name the serials of a kit with the components that have them',
    );
  }
  return lines
    .filter(({ kitId }) => kitId === kit)
    .map(({ id, kitUnits }) => ({ ...asked, orderLine: id, quantity: asked.quantity * (kitUnits ?? 1) }));
}

const wrong = (code: string, field: string, detail: string) => new Problem(422, code, `${field}: ${detail}`, { field });
