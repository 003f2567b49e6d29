import { after, type Instant } from '../time/duration.ts';
import type { NoticeSchedule } from './terms.ts';

/**
 * What a consignee is sent: that there is a recall, that we have no answer yet (`reminder`, and `escalation` as the last word
 * before a person takes over), that more of their goods are affected, that all of it was an error, or that the authority has
 * closed it.
 */
export const noticeKinds = ['initial', 'reminder', 'escalation', 'amended', 'withdrawn', 'terminated'] as const;
export type NoticeKind = (typeof noticeKinds)[number];

/** Languages that notices can be written in. */
export const noticeLanguages = ['en', 'de', 'fr'] as const;
export type NoticeLanguage = (typeof noticeLanguages)[number];

/** A notice that is due: reminders are counted from 1, of the others there is one a scope. */
export type DueNotice = { readonly kind: NoticeKind; readonly number: number; readonly at: Instant };

/**
 * What a consignee gets next who doesn't answer; null after the last word.
 *
 * @param firstAt when the first notice about the goods as they are now in scope was sent
 */
export function nextNotice(
  { reminders, escalation }: NoticeSchedule,
  sent: Pick<DueNotice, 'kind' | 'number'>,
  firstAt: Instant,
): DueNotice | null {
  if (sent.kind === 'escalation' || sent.kind === 'withdrawn' || sent.kind === 'terminated') return null;
  const reminded = sent.kind === 'reminder' ? sent.number : 0;
  const next = reminders[reminded];
  if (next === undefined) return { kind: 'escalation', number: 1, at: after(firstAt, escalation) };
  return { kind: 'reminder', number: reminded + 1, at: after(firstAt, next) };
}

/**
 * A consignee in a recall. `planned`: nothing was sent yet; `silent`: the last word went unanswered; `responded`: it said of all
 * its goods what became of them; `withdrawn`: the recall was an error, and the consignee knows or was never written to; `over`: the
 * recall was terminated before it answered, or was written to.
 */
export const consigneeStates = [
  'planned',
  'notified',
  'silent',
  'undeliverable',
  'responded',
  'withdrawn',
  'over',
] as const;
export type ConsigneeState = (typeof consigneeStates)[number];

/** What became of a notice; a drill's are `withheld`. */
export const noticeStates = ['claimed', 'sent', 'withheld', 'bounced', 'failed'] as const;
export type NoticeState = (typeof noticeStates)[number];
