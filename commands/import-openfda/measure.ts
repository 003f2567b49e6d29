import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { ReadReport } from '../../domain/recall/enforcement-report.ts';
import { factsOf } from './facts.ts';

const Labels = z.object({
  records: z.array(z.object({ record: z.string().min(1), set: z.string().min(1), facts: z.array(z.string().min(1)) })),
});

type Label = { readonly set: string; readonly facts: ReadonlySet<string> };

/** Of what was proposed, how much is right; of what is right, how much was proposed. Null where there is nothing to divide by. */
export type Measure = { readonly labelled: number; readonly precision: number | null; readonly recall: number | null };

type Counts = { labelled: number; proposed: number; true: number; right: number };

/** Reads labels: of each record, which facts a person reads in it. @throws {Error} a sentence where the file holds none */
export async function readLabels(file: string): Promise<ReadonlyMap<string, Label>> {
  let document: unknown;
  try {
    document = JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    throw new Error(`${file} cannot be read as labels: ${error instanceof Error ? error.message : String(error)}`);
  }
  const read = Labels.safeParse(document);
  if (!read.success) throw new Error(`${file} holds no labels: ${z.prettifyError(read.error)}`);
  return new Map(
    read.data.records.map(({ record, set, facts }) => [record, { set, facts: new Set(facts.map(oneForm)) }]),
  );
}

/** Adds up, over the records that have labels, what was proposed and what is so. */
export class Measured {
  readonly #labels: ReadonlyMap<string, Label>;
  readonly #sets = new Map<string, Counts>();

  constructor(labels: ReadonlyMap<string, Label>) {
    this.#labels = labels;
  }

  /** @returns what was proposed and isn't so, and what is so and wasn't proposed; null where the record has no labels */
  add(report: ReadReport): { readonly wrong: readonly string[]; readonly missed: readonly string[] } | null {
    const label = this.#labels.get(report.recallNumber);
    if (label === undefined) return null;
    const proposed = [...factsOf(report)];
    const right = proposed.filter((fact) => label.facts.has(fact));
    const counts = this.#sets.get(label.set) ?? { labelled: 0, proposed: 0, true: 0, right: 0 };
    counts.labelled += 1;
    counts.proposed += proposed.length;
    counts.true += label.facts.size;
    counts.right += right.length;
    this.#sets.set(label.set, counts);
    return {
      wrong: proposed.filter((fact) => !label.facts.has(fact)),
      missed: [...label.facts].filter((fact) => !right.includes(fact)),
    };
  }

  get sets(): ReadonlyMap<string, Measure> {
    return new Map([...this.#sets].map(([set, counts]) => [set, measureOf([counts])]));
  }

  get all(): Measure {
    return measureOf([...this.#sets.values()]);
  }
}

function measureOf(counts: readonly Counts[]): Measure {
  const sum = (key: keyof Counts) => counts.reduce((all, one) => all + one[key], 0);
  const share = (whole: number) => (whole === 0 ? null : Math.round((sum('right') / whole) * 1_000) / 1_000);
  return { labelled: sum('labelled'), precision: share(sum('proposed')), recall: share(sum('true')) };
}

/** A whole GTIN is 14 digits here as well, however many its package has. */
const oneForm = (fact: string): string =>
  fact.replace(/^gtin (\d{8}|\d{12,14})$/, (_, digits: string) => `gtin ${digits.padStart(14, '0')}`);
