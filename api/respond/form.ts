import { z } from 'zod';
import { type Outcome, outcomes } from '../../domain/recall/response.ts';
import { PlainText } from '../fields.ts';
import { type Asked, type Goods, mostRecipients, type Recipient } from './find.ts';
import type { Entered, Fault } from './page.ts';

/** Empty rows for recipients at first, and how many more each time they are asked for. */
const ROWS = 2;
const MORE_ROWS = 5;
/** Who passed goods on to more sends them over the API. */
const mostRows = ({ goods }: Pick<Asked, 'goods'>): number => mostRecipients(goods) + 2 * MORE_ROWS;

/** What a form says, by the consignee's goods in their order. */
export type Filled = {
  readonly goods: readonly { readonly of: Goods; readonly figures: Readonly<Record<Outcome, number>> }[];
  readonly recipients: readonly FilledRecipient[];
};

export type FilledRecipient = {
  /** The row of the form that it was written in. */
  readonly row: number;
  /** The consignee that this row named before; null in a new one. */
  readonly known: Recipient | null;
  readonly of: Goods;
  readonly name: string;
  readonly email: string | null;
  readonly quantity: number;
};

export type Read = { readonly entered: Entered; readonly rows: number } & (
  | { readonly filled: Filled }
  | { readonly faults: readonly Fault[] }
);

/** The form as it is first shown: with what was said before, and a few empty rows. */
export function filledBefore({ goods, recipients: all, latest, reachesOn }: Asked): {
  readonly entered: Entered;
  readonly rows: number;
} {
  const recipients = reachesOn ? all : [];
  const figures = goods.flatMap(({ said }, index) =>
    outcomes.map(
      (outcome) => [`${outcome}.${index}`, latest !== null && said[outcome] > 0 ? String(said[outcome]) : ''] as const,
    ),
  );
  const named = recipients.flatMap(({ consignee, goods: of, name, email, quantity }, row) => [
    [`to.${row}.known`, consignee] as const,
    [`to.${row}.goods`, String(of)] as const,
    [`to.${row}.name`, name] as const,
    [`to.${row}.email`, email] as const,
    [`to.${row}.quantity`, String(quantity)] as const,
  ]);
  return { entered: Object.fromEntries([...figures, ...named]), rows: recipients.length + ROWS };
}

/** As many rows as are shown, and some more. */
export const moreRows = (asked: Pick<Asked, 'goods'>, rows: number): number =>
  Math.min(mostRows(asked), rows + MORE_ROWS);

/**
 * What was filled in, or what of it can't be read. Goods are found by what they are, as their order may have changed since the
 * form was made; null where it names goods that this consignee never had.
 */
export function readResponse(form: FormData, asked: Asked): Read | null {
  const { goods, recipients: before, reachesOn, latest } = asked;
  const fields = new Map([...form].flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])));
  const rows = !reachesOn
    ? 0
    : Math.min(mostRows(asked), Number(/^\d{1,3}$/.exec(fields.get('rows') ?? '')?.[0] ?? ROWS));
  const shown = goodsShown(fields, goods);
  if (shown === null) return null;
  const reader = readerOf(fields);
  const figures = shown.map((of, index) => ({ of, figures: figuresAt(reader, index) }));
  const recipients = Array.from({ length: rows }, (_, row) => recipientAt(reader, shown, before, row)).flat();
  const { entered, faults } = reader;
  const isBlank = !figuresAsked(shown).some((field) => field in entered);
  // A first form that was sent as it came is no word that all is gone: that has a button of its own.
  if (latest === null && isBlank && shown.length > 0) faults.push({ field: 'held.0', code: 'nothing_filled' });
  return faults.length > 0 ? { entered, rows, faults } : { entered, rows, filled: { goods: figures, recipients } };
}

const figuresAsked = (goods: readonly Goods[]): string[] =>
  goods.flatMap((_, index) => outcomes.map((outcome) => `${outcome}.${index}`));

/** The goods that the form showed, in its order, then those that it didn't. */
function goodsShown(fields: ReadonlyMap<string, string>, goods: readonly Goods[]): readonly Goods[] | null {
  const shown: Goods[] = [];
  for (let index = 0; fields.has(`sku.${index}`); index += 1) {
    const lot = fields.get(`lot.${index}`) ?? '';
    const found = goods.find((each) => each.sku === fields.get(`sku.${index}`) && (each.lot ?? '') === lot);
    if (found === undefined || shown.includes(found)) return null;
    shown.push(found);
  }
  return shown;
}

type Reader = {
  readonly entered: Record<string, string>;
  readonly faults: Fault[];
  text(name: string): string;
};

function readerOf(fields: ReadonlyMap<string, string>): Reader {
  const entered: Record<string, string> = {};
  const text = (name: string): string => {
    const value = (fields.get(name) ?? '').trim();
    if (value !== '') entered[name] = value;
    return value;
  };
  return { entered, faults: [], text };
}

/** As people write numbers, blanks in between included; nothing counts as none. */
function unitsAt(reader: Reader, name: string): number {
  const digits = reader.text(name).replace(/\s/g, '');
  if (/^\d{0,7}$/.test(digits)) return Number(digits);
  reader.faults.push({ field: name, code: 'not_a_number' });
  return 0;
}

const figuresAt = (reader: Reader, index: number): Readonly<Record<Outcome, number>> => ({
  held: unitsAt(reader, `held.${index}`),
  returned: unitsAt(reader, `returned.${index}`),
  destroyed: unitsAt(reader, `destroyed.${index}`),
  corrected: unitsAt(reader, `corrected.${index}`),
  consumed: unitsAt(reader, `consumed.${index}`),
  soldOn: unitsAt(reader, `soldOn.${index}`),
});

const Name = PlainText.min(1).max(200);
const Email = z.email().max(200);

/** A row for a recipient; none where nothing was written into it. */
function recipientAt(
  reader: Reader,
  goods: readonly Goods[],
  before: Asked['recipients'],
  row: number,
): readonly FilledRecipient[] {
  const at = (name: string) => `to.${row}.${name}`;
  const of = goods[Number(reader.text(at('goods')) || '0')];
  const known = before.find(({ consignee }) => consignee === reader.text(at('known'))) ?? null;
  const name = reader.text(at('name'));
  const email = reader.text(at('email'));
  const quantity = unitsAt(reader, at('quantity'));
  if (of === undefined || `${name}${email}${reader.text(at('quantity'))}` === '') return [];
  if (name === '') reader.faults.push({ field: at('name'), code: 'name_missing' });
  else if (!Name.safeParse(name).success) reader.faults.push({ field: at('name'), code: 'not_text' });
  if (email !== '' && !Email.safeParse(email).success)
    reader.faults.push({ field: at('email'), code: 'email_malformed' });
  if (quantity === 0) reader.faults.push({ field: at('quantity'), code: 'quantity_missing' });
  return [{ row, known, of, name, email: email === '' ? null : email, quantity }];
}
