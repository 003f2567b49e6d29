import type { Proposal, QuestionCode, Reading, Span } from './code-info/reading.ts';
import { type EnforcementReport, type ReadReport, scopeFields } from './enforcement-report.ts';
import { daysOf } from './proposed-scope.ts';
import type { RecallScope, ScopeLine } from './scope.ts';
import { choosesAll, holdsLot, holdsRange } from './widen.ts';

/** What is to be asked of a piece of a record: whether what was read is so, what a text means, or which of ours a word is. */
export type AskedCode = 'proposed' | 'field_unclear' | QuestionCode;
export const askedCodes = [
  'proposed',
  'field_unclear',
  'no_code_stated',
  'unlabelled_code',
  'date_unclear',
  'gtin_incomplete',
  'code_unclear',
  'which_product',
  'quantity_unclear',
  'not_understood',
] as const satisfies readonly AskedCode[];

/**
 * What a draft that was made of a record leaves to its coordinator: each thing that was proposed, and each text that wasn't
 * understood, with its place. The draft can't be launched before all have their answers.
 */
export type DraftQuestion = {
  readonly field: keyof EnforcementReport;
  readonly span: Span;
  readonly text: string;
  readonly code: AskedCode;
  /** What was read; null where nothing could be. */
  readonly proposal: Proposal | null;
};

/** How a coordinator settles a question: it is so and in the scope; it adds nothing to the scope; or a note says what it means. */
export const questionResolutions = ['confirm', 'dismiss', 'answer'] as const;
export type QuestionResolution = (typeof questionResolutions)[number];

export const questionStates = ['open', 'confirmed', 'dismissed', 'answered'] as const;
export type QuestionState = (typeof questionStates)[number];

export const stateAfter: Readonly<Record<QuestionResolution, QuestionState>> = {
  confirm: 'confirmed',
  dismiss: 'dismissed',
  answer: 'answered',
};

/** All that a record leaves to ask, in the order of its texts: nothing that isn't a name of noise is left out. */
export function questionsOf(report: EnforcementReport, read: ReadReport): readonly DraftQuestion[] {
  const unclear = read.unclear.map((field): DraftQuestion => {
    const span = { start: 0, end: report[field].length };
    return { field, span, text: report[field], code: 'field_unclear', proposal: null };
  });
  return [...unclear, ...scopeFields.flatMap((field) => asked(field, report[field], read.scope[field]))];
}

function asked(field: keyof EnforcementReport, text: string, { proposals, questions }: Reading): DraftQuestion[] {
  const of = (span: Span) => ({ field, span, text: text.slice(span.start, span.end) });
  return [
    ...proposals.map(({ proposal, span }) => ({ ...of(span), code: 'proposed' as const, proposal })),
    ...questions.map(({ code, span }) => ({ ...of(span), code, proposal: null })),
  ].sort((a, b) => a.span.start - b.span.start);
}

/**
 * Whether what was read and what the scope says contradict how a coordinator settles it: what is confirmed has to be in the scope,
 * and a code that is dismissed must not be. Null where they agree.
 */
export function contradiction(
  { proposal }: Pick<DraftQuestion, 'proposal'>,
  resolution: QuestionResolution,
  { lines }: RecallScope,
): 'nothing_proposed' | 'not_in_scope' | 'still_in_scope' | null {
  if (resolution === 'answer') return null;
  if (proposal === null) return resolution === 'confirm' ? 'nothing_proposed' : null;
  if (resolution === 'confirm') return lines.some((line) => holds(line, proposal)) ? null : 'not_in_scope';
  return lines.some((line) => names(line, proposal)) ? 'still_in_scope' : null;
}

/** Whether a line holds all that was read. Days that a lot doesn't know of (made, packed, bought) are held by all of a SKU alone. */
function holds(line: ScopeLine, proposal: Proposal): boolean {
  if (choosesAll(line)) return true;
  switch (proposal.type) {
    case 'all_lots':
      return false;
    case 'lot':
      return holdsLot(line, proposal.code);
    case 'lot_range':
      return holdsEnds(line.lotRanges, proposal);
    case 'serial':
      return holdsEnds(line.serialRanges, { from: proposal.code, to: proposal.code });
    case 'serial_range':
      return holdsEnds(line.serialRanges, proposal);
    case 'date':
    case 'date_range': {
      const days = daysOf(proposal);
      const { expires } = line;
      return days !== null && expires !== null && expires.from <= days.from && days.to <= expires.to;
    }
    // They say which product it is: the line's SKU.
    case 'gtin':
    case 'item_number':
      return true;
  }
}

type Ends = { readonly from: string | null; readonly to: string | null };

/** Of a range that its text leaves open one end is held; where the other lies is the coordinator's. */
function holdsEnds(ranges: ScopeLine['lotRanges'], { from, to }: Ends): boolean {
  const first = from ?? to;
  const last = to ?? from;
  if (first === null || last === null) return false;
  return ranges.some((range) => holdsRange(range, { from: first, to: last }));
}

/** Whether a line names a code itself. */
function names(line: ScopeLine, proposal: Proposal): boolean {
  if (proposal.type === 'lot') return line.lots.includes(proposal.code);
  if (proposal.type !== 'lot_range' && proposal.type !== 'serial_range') return false;
  const ranges = proposal.type === 'lot_range' ? line.lotRanges : line.serialRanges;
  return ranges.some(({ from, to }) => from === proposal.from && to === proposal.to);
}
