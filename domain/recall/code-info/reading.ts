/** Where in a text something was read: from `start` up to but not including `end`, in UTF-16 code units. */
export type Span = { readonly start: number; readonly end: number };

/**
 * What a date on a package says, as GS1's application identifiers tell them apart: 11 production, 13 packaging, 15 best before,
 * 16 sell by, 17 expiration. `use_by` is 17 in GS1's eyes and another word on the package; `purchase` isn't on it at all.
 */
export type DateKind = 'best_before' | 'use_by' | 'sell_by' | 'expiration' | 'production' | 'packaging' | 'purchase';

/** A day (`2024-05-31`) or, where a package tells no more, a month (`2024-05`). */
export type CodeDate = string;

/**
 * What a recall's scope may be made of. A range holds both its ends; null is an end that the text leaves open. Two ends of one range
 * are equally precise. A GTIN has 14 digits.
 */
export type Proposal =
  | { readonly type: 'all_lots' }
  | { readonly type: 'lot'; readonly code: string }
  | { readonly type: 'lot_range'; readonly from: string | null; readonly to: string | null }
  | { readonly type: 'serial'; readonly code: string }
  | { readonly type: 'serial_range'; readonly from: string | null; readonly to: string | null }
  | { readonly type: 'date'; readonly kind: DateKind; readonly date: CodeDate }
  | {
      readonly type: 'date_range';
      readonly kind: DateKind;
      readonly from: CodeDate | null;
      readonly to: CodeDate | null;
    }
  | { readonly type: 'gtin'; readonly gtin: string }
  | { readonly type: 'item_number'; readonly code: string };

/** Why a piece of text goes to the coordinator. */
export type QuestionCode =
  /** It says that there is no code, or none is known: is everything of the product affected? */
  | 'no_code_stated'
  /** It reads as a code, but of what? */
  | 'unlabelled_code'
  /** A date that could be read in two ways, lacks its year, or lies where no such date can be. */
  | 'date_unclear'
  /** Not the digits of a GTIN, or its check digit is wrong. */
  | 'gtin_incomplete'
  /** Codes that could be one or several. */
  | 'code_unclear'
  /** A size or count beside codes: which of the products do they belong to? */
  | 'which_product'
  | 'quantity_unclear'
  | 'not_understood';

/** What was read past, by name: nothing is left out without one. */
export type NoiseName = 'label' | 'connective' | 'punctuation' | 'enumerator' | 'prose';

export type Proposed<P = Proposal> = { readonly proposal: P; readonly span: Span };
export type Question = { readonly code: QuestionCode; readonly span: Span };
export type Noise = { readonly name: NoiseName; readonly span: Span };

/** What became of a piece of text: what it proposes (more than one thing only where it says so), or a question. */
export type Told =
  | { readonly proposals: readonly Proposal[]; readonly span: Span }
  | { readonly code: QuestionCode; readonly span: Span };

/**
 * A text as it was understood. The spans of all three cover every character of it that isn't white space; no two overlap, but that
 * one piece of text may be proposed as two things ("best by/sell by").
 */
export type Reading<P = Proposal> = {
  readonly proposals: readonly Proposed<P>[];
  readonly questions: readonly Question[];
  readonly noise: readonly Noise[];
};

/** Gathers a reading piece by piece. */
export class Notes<P = Proposal> {
  readonly #proposals: Proposed<P>[] = [];
  readonly #questions: Question[] = [];
  readonly #noise: Noise[] = [];

  propose(proposal: P, span: Span): void {
    this.#proposals.push({ proposal, span });
  }

  ask(code: QuestionCode, span: Span): void {
    this.#questions.push({ code, span });
  }

  pass(name: NoiseName, span: Span): void {
    this.#noise.push({ name, span });
  }

  get hasProposals(): boolean {
    return this.#proposals.length > 0;
  }

  get hasQuestions(): boolean {
    return this.#questions.length > 0;
  }

  /** The reading in the order of the text; what is asked without a proposal or a label between becomes one question. */
  reading(): Reading<P> {
    const byPlace = (a: { span: Span }, b: { span: Span }) => a.span.start - b.span.start;
    const proposals = [...this.#proposals].sort(byPlace);
    const walls = [...proposals, ...this.#noise.filter(({ name }) => !joins(name))].map(({ span }) => span.start);
    const questions: Question[] = [];
    for (const question of [...this.#questions].sort(byPlace)) {
      const last = questions.at(-1);
      const apart = last === undefined || walls.some((at) => at >= last.span.end && at < question.span.start);
      if (last === undefined || apart) questions.push(question);
      else {
        const end = Math.max(last.span.end, question.span.end);
        questions[questions.length - 1] = {
          code: codeOf(last.code, question.code),
          span: { start: last.span.start, end },
        };
      }
    }
    const asked = ({ span }: Noise) => questions.some((q) => q.span.start <= span.start && span.end <= q.span.end);
    return { proposals, questions, noise: this.#noise.filter((noise) => !asked(noise)).sort(byPlace) };
  }
}

/** One question of two: the one that says more. */
function codeOf(first: QuestionCode, second: QuestionCode): QuestionCode {
  // "… are not affected" says nothing of a missing code.
  if (first === 'not_understood' && second === 'no_code_stated') return first;
  if (first === second || second === 'not_understood' || second === 'which_product') return first;
  return first === 'not_understood' || first === 'which_product' ? second : 'not_understood';
}

const joins = (name: NoiseName): boolean => name === 'punctuation' || name === 'connective';
