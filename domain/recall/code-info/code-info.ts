import { lotsAlone } from './code-list.ts';
import type { Circumstances } from './date.ts';
import type { Label } from './labels.ts';
import { lex, type Token } from './lex.ts';
import {
  type Aside,
  endOfRun,
  endOfSentence,
  isAnswer,
  leadsToLabel,
  narrows,
  type Piece,
  takesBack,
  touches,
  withAsides,
} from './pieces.ts';
import { type NoiseName, Notes, type Reading, type Span } from './reading.ts';
import { readRun } from './run.ts';

/**
 * Reads the codes of a recall as a firm wrote them (`code_info`, `more_code_info` of an openFDA enforcement report): what it says
 * for sure becomes a proposal, all else a question, each with its place in the text. Precision counts more than recall: a wrong
 * lot is worse than a question. So a code without a word that says what it is isn't guessed at, nor is a date that could be two.
 * Only where a text is nothing but a list of codes that are made alike, they are lots: what a field of codes is for.
 */
export function readCodeInfo(text: string, circumstances: Circumstances): Reading {
  const notes = new Notes();
  const allLots: Span[] = [];
  const tokens = lex(text);
  const lots = lotsAlone(tokens, circumstances);
  if (lots !== null) {
    for (const { text, span } of lots) notes.propose({ type: 'lot', code: text }, span);
    for (const { type, span } of tokens) if (type !== 'space' && type !== 'code') notes.pass('punctuation', span);
    return notes.reading();
  }
  read(withAsides(tokens), text, circumstances, notes, allLots);
  const alone = !notes.hasProposals && !notes.hasQuestions && allLots.length === 1;
  for (const span of allLots) {
    if (alone) notes.propose({ type: 'all_lots' }, span);
    else notes.ask('not_understood', span);
  }
  return notes.reading();
}

function read(
  pieces: readonly Piece[],
  text: string,
  circumstances: Circumstances,
  notes: Notes,
  allLots: Span[],
): void {
  let waiting = false;
  let at = 0;
  while (at < pieces.length) {
    const piece = pieces[at];
    if (piece === undefined) break;
    if (piece.type === 'label') {
      const head = labelsAt(pieces, at, text);
      const end = endOfRun(pieces, head.next);
      const run = pieces.slice(head.next, end);
      const values = run.some(({ type }) => type === 'code' || type === 'date');
      if (!values || waiting) for (const span of head.spans) notes.ask('not_understood', span);
      else for (const span of head.spans) notes.pass('label', span);
      for (const span of head.between) notes.pass('connective', span);
      const after = { touching: touches(pieces, end), takenBack: waiting || takesBack(pieces, end) };
      waiting = readRun(head.labels, run, text, circumstances, notes, after);
      for (const aside of run.filter((one) => one.type === 'aside'))
        readAside(aside, text, circumstances, notes, allLots);
      at = end;
    } else if (piece.type === 'negation' || piece.type === 'exception') {
      const end = endOfSentence(pieces, at);
      const last = pieces[end - 1]?.span.end ?? piece.span.end;
      notes.ask(piece.type === 'negation' ? 'no_code_stated' : 'not_understood', {
        start: piece.span.start,
        end: last,
      });
      at = end;
    } else {
      if (piece.type === 'aside') readAside(piece, text, circumstances, notes, allLots);
      else readAlone(piece, pieces, at, notes, allLots);
      at += 1;
    }
  }
}

const passedAlone: Readonly<Partial<Record<Token['type'], NoiseName>>> = {
  enumerator: 'enumerator',
  list: 'punctuation',
  mark: 'punctuation',
  stop: 'punctuation',
  slash: 'punctuation',
  dash: 'punctuation',
  open: 'punctuation',
  close: 'punctuation',
  and: 'connective',
  connective: 'connective',
};

/** A piece that stands under no label. */
function readAlone({ type, span }: Token, pieces: readonly Piece[], at: number, notes: Notes, allLots: Span[]): void {
  const noise = passedAlone[type];
  if (type === 'space') return;
  if (noise !== undefined) notes.pass(noise, span);
  else if (type === 'with' && !isAnswer(pieces, at) && leadsToLabel(pieces, at)) notes.pass('connective', span);
  else if (type === 'all_lots' && narrows(pieces, at)) notes.pass('connective', span);
  else if (type === 'all_lots') allLots.push(span);
  else notes.ask(type === 'code' ? 'unlabelled_code' : type === 'size' ? 'which_product' : 'not_understood', span);
}

/** Brackets of their own: what stands before them doesn't say what is in them. */
function readAside(aside: Aside, text: string, circumstances: Circumstances, notes: Notes, allLots: Span[]): void {
  read(aside.tokens, text, circumstances, notes, allLots);
}

/** Labels that stand together ("lot / best by:") say together what follows; one after another, the last counts. */
function labelsAt(pieces: readonly Piece[], start: number, text: string) {
  const labels: Label[] = [];
  const spans: Span[] = [];
  const between: Span[] = [];
  let next = start;
  for (let at = start; at < pieces.length; at += 1) {
    const piece = pieces[at];
    if (piece === undefined) break;
    if (piece.type === 'label') {
      const passed = pieces.slice(next, at).filter(({ type }) => type !== 'space');
      if (!passed.every(({ type }) => type === 'slash' || type === 'and' || type === 'list')) labels.length = 0;
      if (passed.length === 0) labels.length = 0;
      if (!labels.includes(piece.label)) labels.push(piece.label);
      spans.push(piece.span);
      between.push(...passed.map(({ span }) => span));
      next = at + 1;
    } else if (!isSmall(piece, text)) break;
  }
  return { labels, spans, between, next };
}

const isSmall = ({ type, span }: Piece, text: string): boolean =>
  type === 'space' ||
  type === 'slash' ||
  type === 'and' ||
  type === 'mark' ||
  type === 'with' ||
  (type === 'list' && text.charAt(span.start) === ',');
