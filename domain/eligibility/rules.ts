import type { DecisionCode } from './codes.ts';

/** Whether a code applies. */
export type Rule<Context> = (context: Context) => boolean;
/** The codes of one kind, in the order in which they are told, each with when it applies. */
export type Rules<Context> = readonly (readonly [DecisionCode, Rule<Context>])[];

/** The codes that apply. */
export function codesOf<Context>(rules: Rules<Context>, context: Context): DecisionCode[] {
  return rules.filter(([, applies]) => applies(context)).map(([code]) => code);
}
