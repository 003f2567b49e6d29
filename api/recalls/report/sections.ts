import { type CheckOutcome, checkOutcomes } from '../../../domain/recall/checks.ts';
import {
  type Account,
  type ConfirmationsPart,
  fatesOf,
  type Part,
  type StatusReport,
} from '../../../domain/recall/report.ts';
import { type Outcome, outcomes } from '../../../domain/recall/response.ts';
import type { Heading, Section } from '../../pdf.ts';
import { words } from '../../plain-words.ts';

/** What a report is called, about which recall, and as of when. */
export function headingOf({ at, recall }: StatusReport, isFinal: boolean): Heading {
  const what = isFinal ? 'Final report' : 'Status report';
  const { number, kind, product, hazardClass, scopeVersion } = recall;
  return {
    title: `${what}: ${words(kind)} ${number}`,
    about: [
      `${product === '' ? 'Product not named' : product}. Class ${hazardClass ?? 'not assigned yet'}. Scope, version ${scopeVersion}.`,
      `Figures as of ${minuteOf(at)}. All times are UTC. Reported as 21 CFR 7.53(b) asks.`,
    ],
    warning: recall.mock ? 'DRILL: NO NOTICE WAS SENT, NO GOODS WERE HELD' : null,
    at: new Date(at),
  };
}

/** The report in the order of 21 CFR 7.53(b), then the account in its parts. All of it is from the report alone. */
export function sectionsOf(report: StatusReport): readonly Section[] {
  const { recall, consignees, notified, onHand, account, byLot, byFacility, checks, completion, estimate } = report;
  const { confirmations } = report;
  return [
    {
      title: 'The recall',
      columns: ['What', 'As it is recorded'],
      rows: [
        ['Status', words(recall.status)],
        ['Reason', recall.reason],
        ['Depth', `${recall.depth} level, ${recall.mandated ? 'ordered by an authority' : 'voluntary'}`],
        ['Launched', timeOf(recall.launchedAt)],
        ['Goods traced and stopped', `${timeOf(recall.stoppedAt)}${traceOf(recall.traceMilliseconds)}`],
        ['All consignees notified', timeOf(recall.notifiedAt)],
        ['Completed', timeOf(recall.completedAt)],
        ...(completion === undefined ? [] : [['Left open when it was completed', leftOf(completion)]]),
        [endings[recall.outcome ?? 'terminated'] ?? 'Closed', timeOf(recall.closedAt)],
      ],
    },
    {
      title: '1. Consignees notified, when and how',
      note: `${count(notified.reduce((sum, day) => sum + day.consignees, 0))} of ${count(consignees.total)} consignees; ${count(consignees.undeliverable)} could not be reached by a notice.`,
      columns: ['Day', 'By', 'Consignees'],
      rows: notified.map(({ day, channel, consignees: told }) => [day, words(channel), count(told)]),
    },
    {
      title: '2. Responses, and goods on hand',
      columns: ['What', 'Figure'],
      rows: [
        [
          'Consignees that responded',
          `${count(consignees.responded)} (${percent(consignees.responded, consignees.total)})`,
        ],
        ['Units that they had on hand when they were notified', count(onHand)],
      ],
    },
    {
      title: '3. No response',
      note: 'Who they are is in the CSV of this report, and at GET /v1/recalls/{number}/consignees.',
      columns: ['What', 'Figure'],
      rows: [
        [
          'Consignees that did not respond',
          `${count(consignees.notResponded)} (${percent(consignees.notResponded, consignees.total)})`,
        ],
      ],
    },
    {
      title: '4. Goods accounted for',
      note: 'Each unit counts once, at its last known holder. Claimed is what holders say and we have seen together; verified is what we have seen.',
      columns: ['Units', 'Claimed', 'Verified', 'Of the affected'],
      rows: [
        ['affected', count(account.affected), '', ''],
        ...outcomes.map((outcome) => [
          ...[fates[outcome], count(account.claimed[outcome]), count(account.verified[outcome])],
          percent(account.claimed[outcome], account.affected),
        ]),
        ['unaccounted', count(account.unaccounted), '', percent(account.unaccounted, account.affected)],
        ['may be of the scope beside them: lot not known', count(account.possible), '', ''],
      ],
    },
    {
      title: '5. Effectiveness checks',
      note: `Level ${checks.level}: ${checks.share / 100} % of consignees; ${count(checks.chosen)} chosen of ${count(checks.consignees)}, ${count(checks.made)} made, ${count(checks.followUp)} to be followed up.`,
      columns: ['Found, at the last attempt', 'Consignees', 'Of those checked'],
      rows: checkOutcomes.map((outcome) => [
        foundInWords[outcome],
        count(checks.outcomes[outcome]),
        percent(checks.outcomes[outcome], checks.made),
      ]),
    },
    {
      title: '6. Expected completion',
      columns: ['What', 'When'],
      rows: [
        ['The coordinator expects to complete it on', estimate.completesOn ?? 'not told'],
        ['The last who have not responded will have been told the last word', timeOf(estimate.lastWordBy)],
      ],
    },
    ...(confirmations === undefined ? [] : [confirmedPart(confirmations)]),
    partOf('Account by SKU and lot', ['SKU', 'Lot'], byLot, ({ sku, lot }) => [sku, lot ?? 'not known']),
    partOf('Account by facility of ours', ['Facility'], byFacility, ({ facility }) => [facility]),
  ];
}

/** What the end of a recall is called. */
const endings: Readonly<Record<string, string>> = {
  terminated: 'Terminated by the authority',
  cancelled: 'Called off',
  withdrawn: 'Withdrawn as an error',
};

const fates: Readonly<Record<Outcome, string>> = {
  held: 'held',
  returned: 'returned',
  destroyed: 'destroyed',
  corrected: 'put right',
  consumed: 'consumed',
  soldOn: 'sold on',
};

const foundInWords: Readonly<Record<CheckOutcome, string>> = {
  effective: 'notice received and acted on',
  not_received: 'notice not received',
  no_action: 'notice received, no action taken',
  not_reachable: 'nobody could be reached',
  out_of_business: 'out of business',
};

/** Whether each facility of ours has found what is stopped there; those that never confirmed say so. */
function confirmedPart({ asked, confirmed, late, unasked, differing, rows, more }: ConfirmationsPart): Section {
  return {
    title: 'Stopped goods found and set aside, by facility of ours',
    note:
      `${count(confirmed)} of ${count(asked)} facilities have confirmed, ${count(late)} are late, ${count(differing)} differ from the books; ` +
      `${count(unasked)} found goods that no book had there.${more === 0 ? '' : ` ${count(more)} more are not named here.`}`,
    columns: ['Facility', 'State', 'Asked', 'Until', 'Confirmed', 'By key', 'Units on the books', 'Found'],
    rows: rows.map((row) => [
      ...[
        row.facility,
        row.differs ? `${row.state}, differs` : row.state,
        row.askedAt === null ? 'not asked' : minuteOf(row.askedAt),
      ],
      ...[
        row.dueAt === null ? '' : minuteOf(row.dueAt),
        row.confirmedAt === null ? 'never' : minuteOf(row.confirmedAt),
      ],
      ...[row.confirmedBy ?? '', count(row.onBooks), row.found === null ? 'not counted' : count(row.found)],
    ]),
  };
}

function partOf<Named>(
  title: string,
  names: readonly string[],
  { rows, more }: Part<Named>,
  named: (row: Named) => readonly string[],
): Section {
  return {
    title,
    ...(more === 0 ? {} : { note: `The first ${count(rows.length)}; ${count(more)} more are not named here.` }),
    columns: [
      ...names,
      'Affected',
      ...outcomes.map((outcome) => `${fates[outcome].slice(0, 1).toUpperCase()}${fates[outcome].slice(1)}`),
      'Unaccounted',
      'Verified',
    ],
    rows: rows.map((row) => [...named(row), ...figuresOf(row)]),
  };
}

function figuresOf({ affected, claimed, verified, unaccounted }: Account): readonly string[] {
  const seen = fatesOf(verified).reduce((sum, units) => sum + units, 0);
  return [affected, ...fatesOf(claimed), unaccounted, seen].map(count);
}

const leftOf = ({ checks, units, facilities, note }: NonNullable<StatusReport['completion']>): string =>
  `${checks === null ? 'not looked up' : `${count(checks)} effectiveness checks`}${units === null ? '' : `, ${count(units)} units unaccounted for`}` +
  `${facilities == null ? '' : `, ${count(facilities)} facilities unconfirmed or counted otherwise`}; ` +
  (note ? 'a note says why' : 'no note');
const count = (figure: number): string => String(figure).replace(/\B(?=(\d{3})+$)/g, ',');
const percent = (part: number, whole: number): string => (whole === 0 ? '-' : `${((part * 100) / whole).toFixed(1)} %`);
const minuteOf = (at: string): string => `${at.slice(0, 10)} ${at.slice(11, 16)}`;
const timeOf = (at: string | null): string => (at === null ? 'not yet' : minuteOf(at));
const traceOf = (milliseconds: number | null): string =>
  milliseconds === null ? '' : `; traced in ${milliseconds} ms`;
