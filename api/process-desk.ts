import type { Api } from './api.ts';
import { Problem } from './problem.ts';
import type { Target } from './telling.ts';

/** Where the processes of one kind that have numbers are read and spoken to; the routes of all kinds are made from it alike. */
export type ProcessDesk = {
  /** As rows of the read model name it: `vendor_return`. */
  readonly kind: string;
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

/**
 * A process as commands reach it.
 * @param request of a new one; none for one that is woken
 */
export const processTarget = (
  { noun, workflowType, workflowId }: ProcessDesk,
  refused: Target['refused'],
  number: string,
  request: object | null,
): Target => ({
  workflowType,
  workflowId: workflowId(number),
  args: { number, request },
  summary: `${noun[0]?.toUpperCase()}${noun.slice(1)} ${number}`,
  refused,
});

export const processNotFound = ({ kind, noun, path }: ProcessDesk, number: string): Problem =>
  new Problem(404, `${kind}_not_found`, `there is no ${noun} ${number}; see GET ${path}`);

/** Where a process is read, by people and by engineers. */
export const processLinks = (
  { publicUrl, temporalUi }: Api,
  { path, workflowId }: ProcessDesk,
  number: string,
): { self: string; temporal: string } => ({
  self: `${publicUrl}${path}/${number}`,
  temporal: `${temporalUi.url}/namespaces/${temporalUi.namespace}/workflows/${encodeURIComponent(workflowId(number))}`,
});
