import { raise } from '../../process/attention.ts';
import type { Instant } from '../../time/duration.ts';
import { unreachable } from '../../unreachable.ts';
import { type DeliveryResolution, deliveryAttention } from '../attention.ts';
import type { DeliveryCommand, DeliveryOutcomeOfEffect } from '../commands.ts';
import { deadlines, effects } from '../due.ts';
import type { DeliveryEvent } from '../events.ts';
import { type Refused, refuse } from '../refusals.ts';
import type { Opened } from '../state.ts';
import { goBack } from './go-back.ts';
import { carriedOut, notCarriedOut } from './instruct.ts';

type Answer = readonly DeliveryEvent[] | Refused;

/** A person settles what the delivery could not go on with. */
export function attend(state: Opened, command: Extract<DeliveryCommand, { type: 'resolve' }>, at: Instant): Answer {
  const { resolution, note } = command;
  const open = Object.hasOwn(state.attention, command.attention) ? state.attention[command.attention] : undefined;
  if (open === undefined) return refuse('unknown_attention', 'attention');
  const allowed: readonly DeliveryResolution[] = deliveryAttention[open.reason];
  if (!allowed.includes(resolution)) {
    const params = { reason: open.reason, resolution, allowed: allowed.join(', ') };
    return refuse('resolution_not_allowed', 'resolution', params);
  }
  return [
    { type: 'attention_resolved', attention: open.attention, resolution, note },
    ...consequences(state, resolution, at),
  ];
}

function consequences(state: Opened, resolution: DeliveryResolution, at: Instant): DeliveryEvent[] {
  switch (resolution) {
    case 'done':
      return carriedOut(state, null, at);
    case 'refused':
      return notCarriedOut(state, at);
    case 'await':
      return state.status === 'attempting' ? [{ type: 'attempt_awaited' }] : [];
    case 'return':
      return state.status === 'attempting' ? goBack(state, { why: 'person', reason: state.reason ?? 'other' }, at) : [];
    case 'retry':
      return [{ type: 'return_retried' }];
    case 'acknowledge':
      return [{ type: 'closed', outcome: 'given_up' }];
    default:
      return unreachable(resolution);
  }
}

/** A timer fired. It counts only if the state still has that deadline and its time has come. */
export function deadlinePassed(state: Opened, deadline: string, due: Instant, at: Instant): Answer {
  const still = deadlines(state).find((each) => each.deadline === deadline && each.at === due && due <= at);
  switch (still?.deadline) {
    case 'reminder':
      return [{ type: 'reminded', answerBy: state.answerBy ?? state.holdUntil ?? due }];
    case 'answer': {
      const reason = state.reason === 'not_home' ? 'unclaimed' : (state.reason ?? 'other');
      return goBack(state, { why: 'unanswered', reason }, at);
    }
    case 'attempt':
      return [{ type: 'attempt_silent' }, ...raise(state, 'carrier_silent', state.tracking)];
    case 'hold':
      return goBack(state, { why: 'not_collected', reason: 'unclaimed' }, at);
    case 'choice':
      return [{ type: 'remedy_chosen', remedy: state.terms.otherwise, by: 'policy' }];
    default:
      return [];
  }
}

/** The return was started, or has heard what its buyer gets; an answer that comes twice changes nothing. */
export function effectEnded(state: Opened, effect: string, outcome: DeliveryOutcomeOfEffect): Answer {
  if (!effects(state).some(({ key }) => key === effect)) return [];
  if (effect === 'start_return') {
    if (outcome.type === 'return_started') return [{ type: 'return_started', rma: outcome.rma }];
    return outcome.type === 'refused' ? raise(state, 'return_refused', state.tracking, outcome.code) : [];
  }
  return outcome.type === 'return_started' ? [] : [{ type: 'remedy_told', taken: outcome.type === 'accepted' }];
}

/** Takes out of the people's queue what has settled itself: the parcel arrived, comes back, or is out for delivery again. */
export function resolveMoot(state: Opened): readonly DeliveryEvent[] {
  return Object.values(state.attention).flatMap((open): DeliveryEvent[] =>
    isMoot(state, open)
      ? [{ type: 'attention_resolved', attention: open.attention, resolution: 'acknowledge', note: null }]
      : [],
  );
}

function isMoot(state: Opened, { reason, subject }: Opened['attention'][string]): boolean {
  if (state.status === 'closed') return true;
  switch (reason) {
    case 'carrier_instruction':
      if (state.status === 'instructing') return state.instruction?.instruction !== subject;
      return state.status !== 'returning' || state.instruction?.instruction !== subject || isPassed(state);
    case 'carrier_silent':
      return state.status !== 'attempting' || !state.isSilent;
    case 'return_refused':
      return state.rma !== null;
    default:
      return unreachable(reason);
  }
}

/** What it was to be told otherwise is of no use any more, or it brings the parcel by itself. */
const isPassed = ({ tracked, instruction }: Opened): boolean =>
  instruction?.what !== 'send_back' || tracked?.status === 'return_to_sender';
