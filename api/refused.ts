import { moneyInWords } from './money.ts';
import { Problem } from './problem.ts';
import type { RefusalGiven } from './trouble.ts';

type Params = Readonly<Record<string, string | number>>;

/** What a refusal of a process becomes outside: its status, and its sentence made of its figures. */
export type Wording = { readonly status: 403 | 404 | 409 | 422; readonly sentence: (params: Params) => string };

/** A sentence without figures. */
export const says = (status: Wording['status'], sentence: string): Wording => ({ status, sentence: () => sentence });

/** A figure that is an amount of money, as people read it; an older worker doesn't say of which currency. */
export const amountOf = (params: Params, name: string): string => {
  const { [name]: amount, currency } = params;
  if (amount === undefined) return '(not named)';
  return currency === undefined
    ? `${amount} minor unit(s)`
    : moneyInWords({ amount: Number(amount), currency: String(currency) });
};

/** What every kind of process says of the people's queue. */
export const attentionWordings = {
  unknown_attention: says(404, 'nothing of that name waits for a person here'),
  resolution_not_allowed: {
    status: 422,
    sentence: (p) =>
      `${p['reason'] ?? ''} cannot be resolved with ${p['resolution'] ?? ''}; allowed: ${p['allowed'] ?? ''}`,
  },
} as const satisfies Record<string, Wording>;

/** Makes the problem that a refusal of one kind of process becomes, with the refusal's own code. */
export const problemsOf = <Code extends string>(wordings: Readonly<Record<Code, Wording>>) => {
  const isKnown = (code: string): code is Code => Object.hasOwn(wordings, code);
  return ({ code, field, params }: RefusalGiven): Problem => {
    // A newer worker may refuse with a code that this API doesn't know yet.
    const wording = isKnown(code) ? wordings[code] : says(409, `this was refused: ${code}`);
    return new Problem(wording.status, code, wording.sentence(params ?? {}), {
      field: field?.replace(/\.(\d+)(?=\.|$)/g, '[$1]'),
    });
  };
};
