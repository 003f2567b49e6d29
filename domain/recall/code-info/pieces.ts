import type { Token } from './lex.ts';
import type { Span } from './reading.ts';

/** Words in brackets, read by themselves. */
export type Aside = { readonly type: 'aside'; readonly span: Span; readonly tokens: readonly Token[] };
export type Piece = Token | Aside;

/** Where the values of a label end: at the next label, at a sentence's end, and at words that aren't known. */
export function endOfRun(pieces: readonly Piece[], start: number): number {
  const end = pieces.findIndex(
    ({ type }, at) =>
      at >= start &&
      (type === 'label' ||
        type === 'stop' ||
        type === 'unknown' ||
        type === 'negation' ||
        type === 'exception' ||
        type === 'all_lots' ||
        type === 'with' ||
        type === 'open' ||
        type === 'close'),
  );
  return end === -1 ? pieces.length : end;
}

export function endOfSentence(pieces: readonly Piece[], start: number): number {
  const end = pieces.findIndex(
    (piece, at) => at > start && (piece.type === 'stop' || (piece.type === 'space' && piece.wide)),
  );
  return end === -1 ? pieces.length : end;
}

/** Words that aren't known stand so close behind that they may be part of the last value. */
export function touches(pieces: readonly Piece[], end: number): boolean {
  const next = pieces[end];
  if (next === undefined || (next.type !== 'unknown' && next.type !== 'with')) return false;
  const between = pieces.slice(
    pieces.slice(0, end).findLastIndex(({ type }) => type === 'code' || type === 'date') + 1,
    end,
  );
  return !between.some((piece) => piece.type === 'list' || (piece.type === 'space' && piece.wide));
}

/** "… are not affected", "… except …": whatever the list before says, it isn't what it seems. */
export function takesBack(pieces: readonly Piece[], end: number): boolean {
  const next = pieces[end];
  if (next?.type === 'exception') return true;
  const before = pieces.slice(0, end).findLast(({ type }) => type !== 'space');
  const space = pieces[end - 1];
  return next?.type === 'negation' && before?.type !== 'list' && !(space?.type === 'space' && space.wide);
}

export function leadsToLabel(pieces: readonly Piece[], at: number): boolean {
  const next = pieces.slice(at + 1).find(({ type }) => type !== 'space' && type !== 'mark' && type !== 'with');
  return next?.type === 'label';
}

/** "All lots with best by dates …" are those with the dates; "All lots", and then dates in another line, may be all of them. */
export function narrows(pieces: readonly Piece[], at: number): boolean {
  const space = pieces[at + 1];
  return leadsToLabel(pieces, at) && space?.type === 'space' && !space.wide;
}

/** "Lot: all" says something of the lots. */
export function isAnswer(pieces: readonly Piece[], at: number): boolean {
  const before = pieces.slice(0, at).findLast(({ type }) => type !== 'space');
  return before?.type === 'mark' || before?.type === 'label';
}

/** Brackets and what is in them as one piece; one that is never closed, or that holds others, stays a mark. */
export function withAsides(tokens: readonly Token[]): readonly Piece[] {
  const pieces: Piece[] = [];
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at];
    if (token === undefined) break;
    const close = token.type === 'open' ? tokens.findIndex(({ type }, later) => later > at && type === 'close') : -1;
    const last = tokens[close];
    if (last === undefined) pieces.push(token);
    else {
      pieces.push({
        type: 'aside',
        span: { start: token.span.start, end: last.span.end },
        tokens: tokens.slice(at, close + 1),
      });
      at = close;
    }
  }
  return pieces;
}
