import { type RefusedOf, refusing } from '../process/refusal.ts';
import type { ReturnEvent } from './events.ts';
import type { RefusalCode } from './refusals.ts';

export type Refused = RefusedOf<RefusalCode>;

/** What a rule answers: the events of an accepted command, or its refusal. */
export type Answer = readonly ReturnEvent[] | Refused;

export const refuse = refusing<RefusalCode>();
