import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { whyUnreadable } from './table.ts';

/** Where a column of ours comes from. */
const Source = z.union([
  z.string().min(1),
  z.strictObject({
    column: z.string().min(1),
    /**
     * How its text is changed: to capitals; `17850.0` to `17850`; a sign turned round; a sentence to a code,
     * `Wrong size` to `wrong_size`; `2026-03-01 09:30:00 +0100` to RFC 3339.
     */
    form: z.enum(['upper', 'whole', 'negated', 'code', 'instant']).optional(),
    /** Texts that mean another: `{ "United Kingdom": "GB" }`. */
    values: z.record(z.string(), z.string()).optional(),
  }),
]);

const Mapping = z.strictObject({
  /** Our column and the file's. */
  columns: z.record(z.string(), Source).default({}),
  /** What holds for every row that has nothing there. */
  preset: z.record(z.string(), z.string()).default({}),
  /** Codes that are fees, discounts or postage; a `*` at the end stands for any rest. */
  notGoods: z.array(z.string().min(1)).default([]),
});

/** How a file's columns become ours. */
export type Mapping = z.infer<typeof Mapping>;

/** A column of ours by name, as text. */
export type Values = Readonly<Record<string, string>>;

/**
 * Puts a mapping together from a JSON file and the pairs of the command line, which go first.
 * @param known the columns that there are
 * @throws {Error} a sentence that says what is wrong
 */
export async function readMapping(
  { file, map, set }: { file?: string | undefined; map: readonly string[]; set: readonly string[] },
  known: readonly string[],
): Promise<Mapping> {
  const stored = file === undefined ? {} : await readJson(file);
  const parsed = Mapping.safeParse(stored);
  if (!parsed.success) throw new Error(`${file} is no mapping: ${z.prettifyError(parsed.error)}`);
  const { columns, preset, notGoods } = parsed.data;
  return checkedMapping(
    { columns: { ...columns, ...pairs(map, '--map') }, preset: { ...preset, ...pairs(set, '--set') }, notGoods },
    known,
  );
}

/** @throws {Error} a sentence that names the columns that there aren't */
export function checkedMapping(mapping: z.input<typeof Mapping>, known: readonly string[]): Mapping {
  const read = Mapping.parse(mapping);
  const wrong = [...Object.keys(read.columns), ...Object.keys(read.preset)].filter((name) => !known.includes(name));
  if (wrong.length > 0) throw new Error(`There is no column ${wrong.join(', ')}; there are ${known.join(', ')}.`);
  return read;
}

/** The file's columns that a mapping needs. */
export const neededColumns = ({ columns }: Mapping): readonly string[] => Object.values(columns).map(columnOf);

/** The file's name of a column of ours, as its owner knows it. */
export function theirName({ columns }: Mapping, ours: string): string {
  const source = columns[ours];
  return source === undefined ? ours : columnOf(source);
}

/** A row of the file in our columns. Without any mapped column the file uses our names. */
export function mapped({ columns, preset }: Mapping, row: Values): Values {
  const given =
    Object.keys(columns).length === 0
      ? row
      : Object.fromEntries(Object.entries(columns).map(([ours, source]) => [ours, textOf(source, row)]));
  const filled = Object.entries(given).map(([ours, text]) => [ours, text.trim()] as const);
  return { ...preset, ...Object.fromEntries(filled.filter(([, text]) => text !== '')) };
}

/** Whether a code stands for goods. */
export function isGoods({ notGoods }: Mapping, sku: string): boolean {
  const code = sku.toUpperCase();
  return !notGoods.some((pattern) => {
    const text = pattern.toUpperCase();
    return text.endsWith('*') ? code.startsWith(text.slice(0, -1)) : code === text;
  });
}

type Source = z.infer<typeof Source>;

const columnOf = (source: Source): string => (typeof source === 'string' ? source : source.column);

function textOf(source: Source, row: Values): string {
  const text = (row[columnOf(source)] ?? '').trim();
  if (typeof source === 'string') return text;
  const formed = source.form === undefined ? text : forms[source.form](text);
  return source.values !== undefined && Object.hasOwn(source.values, formed)
    ? (source.values[formed] ?? formed)
    : formed;
}

const forms = {
  upper: (text: string) => text.toUpperCase(),
  whole: (text: string) => text.replace(/^(\d+)\.0+$/, '$1'),
  code: (text: string) =>
    text
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '_')
      .replace(/^_|_$/g, ''),
  instant: (text: string) => text.replace(/^(\S+) (\S+) ([+-]\d{2}):?(\d{2})$/, '$1T$2$3:$4'),
  negated: (text: string) => (text === '' ? '' : text.startsWith('-') ? text.slice(1) : `-${text}`),
};

function pairs(texts: readonly string[], option: string): Record<string, string> {
  return Object.fromEntries(
    texts.map((text) => {
      const [, ours, theirs] = /^([^=]+)=(.+)$/s.exec(text) ?? [];
      if (ours === undefined || theirs === undefined) throw new Error(`${option} takes ours=theirs, not ${text}.`);
      return [ours, theirs];
    }),
  );
}

async function readJson(file: string): Promise<unknown> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new Error(`${file} cannot be read: ${whyUnreadable(error)}`);
  });
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(`${file} is not JSON.`);
  }
}
