import type { RecallAttentionReason } from '../../domain/recall/attention.ts';
import type { RecallEvent, StillOpen, Unreached } from '../../domain/recall/events.ts';
import { unreachable } from '../../domain/unreachable.ts';
import { words } from '../plain-words.ts';

/** What waits for a person in a recall, and why. */
export const recallSentences: Record<RecallAttentionReason, string> = {
  scope_overlaps:
    'Goods of the scope are in another recall already: take them out with another scope there, try again, or call this one off.',
  returns_unreached:
    'Returns or executions under way did not answer, so they have not heard that their goods are stopped, or may go their way: see what halts them (NeedsPerson), then try again.',
  nobody_traced: 'The trace found no consignee: look at the scope, and at what was booked of the lots.',
  consignees_silent:
    'Consignees have not answered after the last word: GET …/consignees?state=silent names them; call or visit them.',
  notices_undeliverable:
    'Notices could not be delivered: GET …/consignees?state=undeliverable names whom; write to another address (POST …/consignees/{consignee}/notices), or reach them in another way.',
};

/** What happened, as a person reads it. */
export function recallSentence(event: RecallEvent): string {
  switch (event.type) {
    case 'drafted':
      return `Drafted: ${words(event.request.kind)}, class ${event.request.hazardClass ?? 'not assigned yet'}, to the ${event.request.depth} level${event.request.mock ? '; a drill' : ''}.`;
    case 'launched':
      return 'Launched.';
    case 'overlap_found':
      return `Goods of scope ${event.scopeVersion} are in recall ${event.recall} already; nothing was held.`;
    case 'stop_sale_placed':
      return `Goods of scope ${event.scopeVersion} traced and stopped: ${event.lots} lot(s), ${event.shippedUnits} unit(s) with consignees, ${event.heldUnits} in ${event.facilities} facilities (${event.milliseconds} ms).`;
    case 'waves_planned':
      return `${event.consignees} consignee(s) and ${event.amended} to hear again, in ${event.waves} wave(s).`;
    case 'returns_stopped':
      return `${heardBy(event)} of the stop sale.`;
    case 'returns_retried':
      return 'Returns that could not be told are told again.';
    case 'wave_started':
      return `Wave ${event.wave} started.`;
    case 'wave_notified':
      return `Wave ${event.wave}: all first notices have left.`;
    case 'wave_ended':
      return `Wave ${event.wave} ended.`;
    case 'all_notified':
      return 'Every consignee was sent a first notice, or could not be.';
    case 'paused':
      return 'Paused: nothing is sent.';
    case 'resumed':
      return 'Goes on.';
    case 'rate_changed':
      return `At most ${event.perMinute} notice(s) a minute.`;
    case 'class_set':
      return `Class ${event.hazardClass}; reminders follow it.`;
    case 'checks_due':
      return 'Consignees are to be chosen for effectiveness checks.';
    case 'checks_drawn':
      return `${event.checks} effectiveness check(s), chosen of ${event.consignees} consignee(s)${event.withdrawn === 0 ? '' : `; ${event.withdrawn} withdrawn`}.`;
    case 'effectiveness_set':
      return `Effectiveness checks of level ${event.effectiveness}${event.checkShare === null ? '' : ` (${event.checkShare / 100} %)`}.`;
    case 'completion_estimated':
      return event.on === null
        ? 'When it will be completed is not known any more.'
        : `Expected to be completed on ${event.on}.`;
    case 'scope_widened':
      return `Scope widened to version ${event.scopeVersion}.`;
    case 'scope_revised':
      return `Scope revised to version ${event.scopeVersion}.`;
    case 'stop_sale_retried':
      return 'The stop sale is tried again.';
    case 'waves_told':
      return 'The waves know of the change.';
    case 'completed':
      return `Completed: what can be retrieved was${leftBy(event.open)}.`;
    case 'report_due':
      return 'The final report is made.';
    case 'report_kept':
      return `The final report is kept, with the SHA-256 ${event.sha256}.`;
    case 'terminated':
      return `Terminated by the authority${event.notice ? '; whoever was written to hears of it' : ''}.`;
    case 'termination_recorded':
      return `The final report is kept with the dates of both ends, with the SHA-256 ${event.sha256}; ${event.checks} effectiveness check(s) that were still open ended with the recall.`;
    case 'termination_told':
      return 'The waves write to whoever was written to that it is over.';
    case 'cancelled':
      return 'Called off before anything was held or sent.';
    case 'withdrawn':
      return 'Withdrawn: it was launched in error.';
    case 'stop_sale_lifted':
      return `${event.lots} lot(s) may be sold again.`;
    case 'returns_released':
      return `${heardBy(event)} that their goods may go their way.`;
    case 'withdrawal_told':
      return 'Whoever was written to hears that it was an error.';
    case 'closed':
      return `Closed: ${event.outcome}.`;
    case 'attention_raised':
      return `Needs a person (${event.subject}${event.detail === null ? '' : `: ${event.detail}`}): ${recallSentences[event.reason]}`;
    case 'attention_resolved':
      return event.note === null
        ? `${event.attention} no longer needs a person.`
        : `A person resolved ${event.attention}: ${words(event.resolution)}.`;
    default:
      return unreachable(event);
  }
}

const heardBy = ({ returns, unreached }: Unreached & { readonly returns: number }): string =>
  `${returns} return(s) under way heard${unreached === undefined ? '' : `, but for ${unreached.count} that could not be told,`}`;

const leftBy = (open: StillOpen | undefined): string =>
  open === undefined || open.checks + open.units + (open.facilities ?? 0) === 0
    ? ''
    : `, with ${open.checks} effectiveness check(s) still open and ${open.units} unit(s) that nobody accounted for` +
      ((open.facilities ?? 0) === 0
        ? ''
        : `, and ${open.facilities} facilities that had not confirmed, or had counted otherwise`);
