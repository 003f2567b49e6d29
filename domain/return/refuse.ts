import type { ReturnEvent } from './events.ts';
import type { Refusal, RefusalCode } from './refusals.ts';

export type Refused = { readonly refusal: Refusal };

/** What a rule answers: the events of an accepted command, or its refusal. */
export type Answer = readonly ReturnEvent[] | Refused;

export function refuse(code: RefusalCode, field?: string, params?: Refusal['params']): Refused {
  return { refusal: { code, ...(field === undefined ? {} : { field }), ...(params === undefined ? {} : { params }) } };
}
