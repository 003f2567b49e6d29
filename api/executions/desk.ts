import { createHash } from 'node:crypto';
import type { JournalKind } from '../../activities/journal/port.ts';
import { executionNumber } from '../../domain/execution/number.ts';
import type { ExecutionKind } from '../../domain/execution/projection.ts';
import { makeRma } from '../../domain/numbers/rma.ts';
import type { Api } from '../api.ts';
import { executionNumberField } from '../fields.ts';
import { Problem } from '../problem.ts';
import type { Target } from '../telling.ts';
import { executionProblem } from './refusals.ts';

/** Where the executions of one kind are read and spoken to; the routes of all kinds are made from it alike. */
export type Desk = {
  readonly kind: ExecutionKind;
  /** In sentences: `vendor return`. */
  readonly noun: string;
  /** In operation ids: `VendorReturn`, `VendorReturns`. */
  readonly id: string;
  readonly ids: string;
  readonly tag: string;
  /** `/v1/vendor-returns` */
  readonly path: string;
  /** A number as one looks. */
  readonly example: string;
  readonly workflowType: string;
  readonly workflowId: (number: string) => string;
  readonly statuses: readonly [string, ...string[]];
  /** What waits for a person, and why. */
  readonly sentences: Readonly<Record<string, string>>;
  /** What that person can do about it. */
  readonly resolutions: Readonly<Record<string, readonly string[]>>;
};

/** A desk with the sentences of its timeline. */
export type DeskOf<K extends JournalKind> = Desk & {
  readonly sentenceOf: (event: K['event'], currency: string) => string;
};

export const numberField = ({ kind, example }: Desk) => executionNumberField(kind, example);

/** Always the same for the same command, so that a repeated request finds what it started. */
export const numberFor = ({ kind, noun }: Desk, commandId: string): string =>
  executionNumber(kind, makeRma(createHash('sha256').update(`${noun}\n${commandId}`).digest()));

/**
 * An execution as commands reach it.
 * @param request of a new one; none for one that is woken
 */
export const executionTarget = (desk: Desk, number: string, request: object | null = null): Target => ({
  workflowType: desk.workflowType,
  workflowId: desk.workflowId(number),
  args: { number, request },
  summary: `${desk.noun[0]?.toUpperCase()}${desk.noun.slice(1)} ${number}`,
  refused: executionProblem,
});

export const executionNotFound = ({ kind, noun, path }: Desk, number: string): Problem =>
  new Problem(404, `${kind}_not_found`, `there is no ${noun} ${number}; see GET ${path}`);

/** Where an execution is read, by people and by engineers. */
export const executionLinks = ({ publicUrl, temporalUi }: Api, desk: Desk, number: string) => ({
  self: `${publicUrl}${desk.path}/${number}`,
  temporal: `${temporalUi.url}/namespaces/${temporalUi.namespace}/workflows/${encodeURIComponent(desk.workflowId(number))}`,
});
