import { shifted } from './calendar.ts';
import type { Circumstances } from './date.ts';
import type { Label } from './labels.ts';
import type { Bound } from './lex.ts';
import type { Piece } from './pieces.ts';
import type { Notes, Proposal, Span, Told } from './reading.ts';
import { type Cell, resolverOf, type Value } from './values.ts';

type Element =
  | ({ readonly type: 'cell' } & Cell)
  | { readonly type: 'between' | 'to' | 'and_earlier' | 'and_later' | 'list' | 'and'; readonly span: Span }
  | { readonly type: 'bound'; readonly bound: Bound; readonly span: Span };

type Opening = Element & { readonly type: 'and_earlier' | 'and_later' };

/** What a run's words say of a value: the bounds of a range, both of them in it. */
type Ends = { readonly from: Cell | null; readonly to: Cell | null };

/** What comes after a run: words that may belong to its last value, and words that may take all of it back. */
export type After = { readonly touching: boolean; readonly takenBack: boolean };

/**
 * Reads what follows a label: a list of values and ranges. What doesn't fit is asked.
 *
 * @returns whether it ended in words that wait for a value ("until"), so that nothing said by the next label can be sure
 */
export function readRun(
  labels: readonly Label[],
  pieces: readonly Piece[],
  text: string,
  circumstances: Circumstances,
  notes: Notes,
  after: After,
): boolean {
  const elements = elementsOf(pieces, text, notes, labels);
  const whole = spanOf(elements);
  if (whole !== null && after.takenBack) {
    notes.ask('not_understood', whole);
    return false;
  }
  const cells = elements.filter((element) => element.type === 'cell');
  const resolver = resolverOf(labels, cells, circumstances, after.touching);
  const list: Cell[] = [];
  const range = ({ from, to }: Ends, span: Span, open?: Bound) => {
    const proposals = resolver.range(from, to);
    const bounded = proposals === null ? null : exclusive(proposals, open);
    if (bounded === null) notes.ask('not_understood', span);
    else for (const proposal of bounded) notes.propose(proposal, span);
  };
  const openRange = (cell: Cell, opening: Opening, next: Element | undefined) => {
    const ends = opening.type === 'and_earlier' ? { from: null, to: cell } : { from: cell, to: null };
    if (next?.type === 'cell') notes.ask('not_understood', join(cell, opening));
    else range(ends, join(cell, opening));
  };
  const passed = (element: Element) =>
    notes.pass(element.type === 'list' || element.type === 'to' ? 'punctuation' : 'connective', element.span);

  for (let at = 0; at < elements.length; at += 1) {
    const [element, second, third, fourth] = elements.slice(at, at + 4);
    if (element === undefined) break;
    if (element.type === 'list' || element.type === 'and') passed(element);
    else if (element.type === 'cell' && second?.type === 'to' && third?.type === 'cell') {
      range({ from: element, to: third }, join(element, third));
      at += 2;
    } else if (element.type === 'cell' && isOpening(second)) {
      openRange(element, second, third);
      at += 1;
    } else if (element.type === 'cell' && second?.type === 'list' && isOpening(third)) {
      // April 23, 2021, or later
      openRange(element, third, fourth);
      at += 2;
    } else if (element.type === 'cell') list.push(element);
    else if (
      element.type === 'between' &&
      second?.type === 'cell' &&
      (third?.type === 'to' || third?.type === 'and') &&
      fourth?.type === 'cell'
    ) {
      range({ from: second, to: fourth }, join(element, fourth));
      at += 3;
    } else if (
      (element.type === 'bound' || (element.type === 'to' && !isDash(element, text))) &&
      second?.type === 'cell'
    ) {
      const bound = element.type === 'bound' ? element.bound : 'until';
      const upper = bound === 'until' || bound === 'before';
      range(upper ? { from: null, to: second } : { from: second, to: null }, join(element, second), bound);
      at += 1;
    } else if (element.type === 'between' && second?.type === 'cell' && resolver.isRange(second)) {
      notes.pass('connective', element.span);
    } else if (element.type === 'to' && second === undefined && isDash(element, text)) passed(element);
    else {
      const rest = spanOf(elements.slice(at));
      if (rest !== null) notes.ask('not_understood', rest);
      finish(list, resolver.list, notes);
      return !elements.slice(at).some(({ type }) => type === 'cell');
    }
  }
  finish(list, resolver.list, notes);
  return false;
}

function finish(cells: readonly Cell[], resolve: (cells: readonly Cell[]) => readonly Told[], notes: Notes): void {
  for (const told of resolve(cells)) {
    if ('code' in told) notes.ask(told.code, told.span);
    else for (const proposal of told.proposals) notes.propose(proposal, told.span);
  }
}

/** Leaves the value itself out where the words do; null where that can't be said (a month, a lot). */
function exclusive(proposals: readonly Proposal[], bound: Bound | undefined): readonly Proposal[] | null {
  if (bound !== 'before' && bound !== 'after') return proposals;
  const moved: Proposal[] = [];
  for (const proposal of proposals) {
    if (proposal.type !== 'date_range') return null;
    const from = proposal.from === null ? null : shifted(proposal.from, 1);
    const to = proposal.to === null ? null : shifted(proposal.to, -1);
    if (from === null && to === null) return null;
    moved.push({ ...proposal, from, to });
  }
  return moved;
}

/** Values in cells, and the words between; what sets values apart without a meaning of its own is passed here. */
function elementsOf(
  pieces: readonly Piece[],
  text: string,
  notes: Notes,
  labels: readonly Label[],
): readonly Element[] {
  const elements: Element[] = [];
  let glued: Value[] = [];
  const close = () => {
    if (glued.length > 0) elements.push({ type: 'cell', values: glued, span: spanOf(glued) ?? { start: 0, end: 0 } });
    glued = [];
  };
  const alone = !labels.some(
    (label) => label === 'lot' || label === 'serial' || label === 'gtin' || label === 'item_number',
  );
  for (const piece of pieces) {
    const { span, type } = piece;
    if (type === 'code' || type === 'date') {
      glued.push({ token: piece, span, text: text.slice(span.start, span.end) });
      if (alone) close();
      continue;
    }
    if (type === 'space' && !piece.wide) continue;
    if (type === 'mark') {
      notes.pass('punctuation', span);
      continue;
    }
    close();
    if (type === 'space' || type === 'aside') continue;
    if (type === 'enumerator' && (alone || isLast(piece, pieces))) notes.pass('enumerator', span);
    else if (type === 'size' || type === 'enumerator') notes.ask('which_product', span);
    else if (type === 'connective') notes.pass('connective', span);
    else if (type === 'dash') {
      if (elements.length === 0) notes.pass('punctuation', span);
      else elements.push({ type: 'to', span });
    } else if (type === 'slash') notes.pass('punctuation', span);
    else if (type === 'bound') elements.push({ type, bound: piece.bound, span });
    else if (
      type === 'between' ||
      type === 'to' ||
      type === 'and_earlier' ||
      type === 'and_later' ||
      type === 'list' ||
      type === 'and'
    ) {
      elements.push({ type, span });
    } else notes.ask('not_understood', span);
  }
  close();
  return elements;
}

const isOpening = (element: Element | undefined): element is Opening =>
  element?.type === 'and_earlier' || element?.type === 'and_later';

const isLast = (piece: Piece, pieces: readonly Piece[]): boolean =>
  pieces.findLast(({ type }) => type !== 'space') === piece;

const isDash = ({ span }: Element, text: string): boolean => /^[-–—]$/.test(text.slice(span.start, span.end));

const join = (first: { span: Span }, last: { span: Span }): Span => ({ start: first.span.start, end: last.span.end });

const spanOf = (parts: readonly { span: Span }[]): Span | null => {
  const [first, last] = [parts[0], parts.at(-1)];
  return first === undefined || last === undefined ? null : join(first, last);
};
