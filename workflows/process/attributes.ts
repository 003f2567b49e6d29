import {
  defineSearchAttributeKey,
  type SearchAttributePair,
  SearchAttributeType,
  type SearchAttributeUpdatePair,
} from '@temporalio/common';

/** What engineers search by in Temporal: codes and ids, no personal data. */
export const searchAttributes = {
  Program: defineSearchAttributeKey('Program', SearchAttributeType.KEYWORD),
  Status: defineSearchAttributeKey('Status', SearchAttributeType.KEYWORD),
  RecallId: defineSearchAttributeKey('RecallId', SearchAttributeType.KEYWORD),
  Facility: defineSearchAttributeKey('Facility', SearchAttributeType.KEYWORD),
  NeedsPerson: defineSearchAttributeKey('NeedsPerson', SearchAttributeType.KEYWORD),
  Orders: defineSearchAttributeKey('Orders', SearchAttributeType.KEYWORD_LIST),
  Skus: defineSearchAttributeKey('Skus', SearchAttributeType.KEYWORD_LIST),
  Lots: defineSearchAttributeKey('Lots', SearchAttributeType.KEYWORD_LIST),
  NextDeadline: defineSearchAttributeKey('NextDeadline', SearchAttributeType.DATETIME),
} as const;

/** Temporal fails the task, again and again, of whoever sets a list of more than 2 KiB. */
const mostBytes = 2_048;
const mostValues = 20;

/** As many of the values as a search attribute takes. */
export function fitting(values: readonly string[]): string[] {
  const taken = [...new Set(values)].slice(0, mostValues);
  while (bytesOf(JSON.stringify(taken)) > mostBytes) taken.pop();
  return taken;
}

const bytesOf = (text: string) => encodeURIComponent(text).replace(/%../g, '%').length;

/** Those that never change. Given at the start by whoever starts a process, which is free; a reopened one sets its own. */
export function lastingPairs(
  program: string,
  facility: string | null,
  orders: readonly string[],
  skus: readonly string[],
): SearchAttributePair[] {
  return [
    { key: searchAttributes.Program, value: program },
    ...(facility === null ? [] : [{ key: searchAttributes.Facility, value: facility }]),
    { key: searchAttributes.Orders, value: fitting(orders) },
    { key: searchAttributes.Skus, value: fitting(skus) },
  ];
}

/** Why a run takes nothing up until it gets a `sync`: its journal was set back, or bars what was decided. */
export type Halt = 'journal_behind' | 'journal_forbids';

/** Those that change while a process runs. */
export type Changing = {
  readonly status: string;
  readonly needsPerson: string | null;
  readonly lots: readonly string[];
  readonly nextDeadline: string | null;
  /** Where it goes, and what of, once that is no longer what it started with. */
  readonly facility?: string;
  readonly skus?: readonly string[];
};

/** The pairs that differ from what was last set. */
export function changedPairs(before: Changing | null, after: Changing): SearchAttributeUpdatePair[] {
  const pairs: SearchAttributeUpdatePair[] = [];
  if (before?.status !== after.status) pairs.push({ key: searchAttributes.Status, value: after.status });
  if ((before?.needsPerson ?? null) !== after.needsPerson) {
    pairs.push({ key: searchAttributes.NeedsPerson, value: after.needsPerson });
  }
  if ((before?.lots ?? []).join() !== after.lots.join()) {
    pairs.push({ key: searchAttributes.Lots, value: [...after.lots] });
  }
  if ((before?.nextDeadline ?? null) !== after.nextDeadline) {
    const value = after.nextDeadline === null ? null : new Date(after.nextDeadline);
    pairs.push({ key: searchAttributes.NextDeadline, value });
  }
  if (after.facility !== undefined && before?.facility !== after.facility) {
    pairs.push({ key: searchAttributes.Facility, value: after.facility });
  }
  if (after.skus !== undefined && before?.skus?.join() !== after.skus.join()) {
    pairs.push({ key: searchAttributes.Skus, value: [...after.skus] });
  }
  return pairs;
}
