import type { JournalRow } from '../../activities/journal/port.ts';
import { factNames } from '../../domain/goods/grading.ts';
import { type Money, money } from '../../domain/money/money.ts';
import type { ReturnEvent } from '../../domain/return/events.ts';
import { moneyInWords } from '../money.ts';
import type { Section } from '../pdf.ts';
import { words } from '../plain-words.ts';
import { sentenceOf } from '../returns/timeline.ts';

/** A photo's facts; the picture itself is read when it is its turn. */
export type PackedPhoto = {
  readonly number: number;
  readonly subject: string;
  readonly contentType: string;
  readonly sha256: string;
  readonly takenAt: Date;
  readonly takenBy: string;
};

type Of<T extends ReturnEvent['type']> = Extract<ReturnEvent, { type: T }>;
type Told<T extends ReturnEvent['type']> = { readonly at: string; readonly by: string; readonly event: Of<T> };

/**
 * What was decided, seen, measured and paid, in the order in which a reader asks for it. All of it is from the journal, so
 * the same journal makes the same pack.
 */
export function sectionsOf(journal: readonly JournalRow[], photos: readonly PackedPhoto[]): readonly Section[] {
  const told = journal.flatMap(({ at, by, events }) => events.map((event) => ({ at, by, event })));
  const all = <T extends ReturnEvent['type']>(...types: readonly T[]) =>
    told.filter((each): each is Told<T> => types.some((type) => type === each.event.type));
  const [requested] = all('requested');
  if (requested === undefined) throw new Error('a journal begins with a request');
  const { request, facts } = requested.event;
  const { currency, country } = facts.order;
  const inWords = (amount: number) => moneyInWords(money(amount, currency));
  const sold = new Map(facts.order.lines.map((line) => [line.orderLine, line]));
  return [
    table(
      'The return',
      ['What', 'As it is recorded'],
      [
        ['Requested', requested.at],
        ['Order', request.order],
        ['Program', request.program],
        ['Sold to', country],
        ['Way back', `${words(request.method)} to ${request.facility}`],
        ['Policy', `${facts.policy.id}, version ${facts.policy.version}`],
        ['Law under it', facts.floor?.floor ?? 'none known'],
        ...all('closed').map(({ at, event }) => [`Closed ${at}`, words(event.outcome)]),
      ],
    ),
    table(
      'Asked for and decided',
      ['Line', 'SKU', 'Units', 'Delivered', 'Reason', 'Decision', 'By which rule'],
      request.lines.map(({ line, orderLine, quantity, reason }) => {
        const decided = all('line_decided').findLast(({ event }) => event.line === line)?.event;
        const reviewed = all('line_reviewed').findLast(({ event }) => event.line === line)?.event;
        const goods = sold.get(orderLine);
        const rules: Readonly<Record<string, string>> = { ...decided?.rules };
        const verdict =
          reviewed === undefined
            ? decided?.verdict
            : reviewed.approved
              ? 'approved by a person'
              : 'declined by a person';
        return [
          line,
          goods?.sku ?? orderLine,
          String(quantity),
          goods?.deliveredAt ?? 'not known',
          words(reason),
          words(verdict ?? 'not decided'),
          (decided?.codes ?? [])
            .map((code) => `${words(code)}${rules[code] === undefined ? '' : ` (${rules[code]})`}`)
            .join('; '),
        ];
      }),
    ),
    table(
      'Quoted',
      ['At', 'Line', 'Units', 'Price', 'Discount', 'Tax', 'Fees', 'Amount'],
      all('quoted').flatMap(({ at, event }) => [
        ...event.lines.map((line) => [
          at,
          line.line,
          String(line.quantity),
          inWords(line.price),
          inWords(line.discount),
          inWords(line.tax),
          inWords(line.restockingFee + line.diminishedValue),
          inWords(line.amount),
        ]),
        [at, 'all', '', '', '', '', inWords(event.shippingFee), moneyInWords(event.total)],
      ]),
    ),
    table(
      'Parcels, scans and weights',
      ['Known to us at', 'Parcel', 'What', 'Detail'],
      all(
        'label_bought',
        'pickup_booked',
        'pickup_collected',
        'pickup_failed',
        'parcel_tracked',
        'parcel_lost',
        'claim_opened',
        'parcel_received',
      ).map(({ at, event }) => [
        at,
        'parcel' in event ? event.parcel : event.pickup,
        words(event.type),
        movementOf(event),
      ]),
    ),
    table(
      'Goods received',
      ['At', 'Item', 'SKU', 'Units', 'Lot', 'Serials'],
      all('parcel_received').flatMap(({ at, event }) =>
        event.items.map(({ item, sku, quantity, lot, serials }) => [
          at,
          item,
          sku,
          String(quantity),
          lot ?? '',
          serials.join(', '),
        ]),
      ),
    ),
    table(
      'Discrepancies',
      ['At', 'What', 'Where', 'Units'],
      all('discrepancy_found').map(({ at, event }) => [
        at,
        words(event.kind),
        event.item ?? event.line ?? event.parcel,
        String(event.quantity),
      ]),
    ),
    table(
      'Inspections',
      ['At', 'By', 'Item', 'Units', 'Serials', 'Grade', 'Seen', 'Reason found'],
      all('item_inspected').flatMap(({ at, by, event }) =>
        event.into.map(({ item, quantity, serials, grade, facts: seen, reasonFound }) => [
          at,
          by,
          item,
          String(quantity),
          serials.join(', '),
          grade,
          factNames.map((name) => `${name} ${words(seen[name])}`).join(', '),
          reasonFound === null ? 'as claimed' : words(reasonFound),
        ]),
      ),
    ),
    table(
      'Where the goods went',
      ['At', 'By', 'Item', 'What', 'Evidence'],
      all('item_disposed', 'disposition_confirmed').map(({ at, by, event }) => [
        at,
        by,
        event.item,
        event.type === 'item_disposed' ? `to ${words(event.choice.disposition)}` : `${words(event.disposition)}: done`,
        event.type === 'item_disposed' ? '' : event.evidence,
      ]),
    ),
    table(
      'Settled and refunded',
      ['At', 'Number', 'What', 'Amount', 'To'],
      all('settlement_due', 'refund_requested', 'refund_succeeded', 'refund_failed', 'refund_written_off').flatMap(
        ({ at, event }) =>
          event.type === 'settlement_due'
            ? [
                [at, event.settlement, 'due', moneyInWords(event.total), ''],
                ...event.legs.map((leg) => [
                  at,
                  leg.refund,
                  'its part',
                  inWords(leg.amount),
                  leg.providerPaymentId ?? words(leg.to),
                ]),
              ]
            : [
                [
                  at,
                  event.refund,
                  words(event.type),
                  amountOf(told, event.refund, currency),
                  'providerId' in event ? (event.providerId ?? '') : '',
                ],
              ],
      ),
    ),
    table(
      'Photos',
      ['Taken', 'By', 'Number', 'Shows', 'Kind', 'SHA-256'],
      photos.map(({ takenAt, takenBy, number, subject, contentType, sha256 }) => [
        takenAt.toISOString(),
        takenBy,
        String(number),
        subject,
        contentType,
        sha256,
      ]),
    ),
    table(
      'Everything, as it happened',
      ['At', 'By', 'What'],
      told.map(({ at, by, event }) => [at, by, sentenceOf(event, currency)]),
    ),
  ];
}

const table = (title: string, columns: readonly string[], rows: readonly (readonly string[])[]): Section => ({
  title,
  columns,
  rows,
});

function movementOf(
  event: Of<
    | 'label_bought'
    | 'pickup_booked'
    | 'pickup_collected'
    | 'pickup_failed'
    | 'parcel_tracked'
    | 'parcel_lost'
    | 'claim_opened'
    | 'parcel_received'
  >,
): string {
  switch (event.type) {
    case 'label_bought':
      return `${event.carrier}, tracking ${event.tracking}, ${moneyInWords(event.cost)}`;
    case 'pickup_booked':
      return `${event.windowStart} to ${event.windowEnd}, confirmation ${event.confirmation}, ${moneyInWords(event.cost)}`;
    case 'pickup_collected':
      return `the carrier's time: ${event.at}`;
    case 'pickup_failed':
      return words(event.cause);
    case 'parcel_tracked':
      return `${words(event.status)}; the carrier's time: ${event.at}`;
    case 'claim_opened':
      return `the carrier's number: ${event.providerId}`;
    case 'parcel_received':
      return `${event.weightGrams === null ? 'not weighed' : `${event.weightGrams} g`}${event.partial ? ', more is to come' : ''}`;
    case 'parcel_lost':
      return '';
  }
}

function amountOf(
  told: readonly { readonly event: ReturnEvent }[],
  refund: string,
  currency: Money['currency'],
): string {
  for (const { event } of told) {
    const legs = event.type === 'settlement_due' ? event.legs : event.type === 'refund_replaced' ? event.by : [];
    const leg = legs.find((each) => each.refund === refund);
    if (leg !== undefined) return moneyInWords(money(leg.amount, currency));
  }
  return '';
}
