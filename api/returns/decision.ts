import type { z } from 'zod';
import type { DecisionCode, RulesByCode } from '../../domain/eligibility/codes.ts';
import type { ReturnEvent } from '../../domain/return/events.ts';
import type { ReturnLine } from '../../prisma/generated/client.ts';
import { moneyOut } from '../money.ts';
import type { LineDecisionBody, QuoteBody, ReturnBody } from './bodies.ts';
import { decisionSentences, personsSentences } from './sentences.ts';

/** The lines of a return with what was decided about each, as its events tell. */
export function linesOut(
  lines: readonly ReturnLine[],
  events: readonly ReturnEvent[],
): z.infer<typeof ReturnBody>['lines'] {
  const decided = new Map(events.flatMap((event) => (event.type === 'line_decided' ? [[event.line, event]] : [])));
  return lines.map((line) => ({
    line: line.line,
    orderLine: line.orderLineId,
    sku: line.sku,
    quantity: line.requested,
    reason: line.reason,
    verdict: line.verdict,
    codes: [...line.codes],
    sentences: personsSentences.get(line.verdict) ?? sentencesOf(line.codes),
    floor: decided.get(line.line)?.floor ?? null,
    rules: rulesOut(line.codes, decided.get(line.line)?.rules),
    cancelled: line.cancelled,
    kept: line.kept,
    outstanding: line.outstanding,
    missing: line.missing,
    received: line.received,
  }));
}

/** Which rule made each code; nothing is known of what was decided before rules had names. */
export function rulesOut(
  codes: readonly string[],
  rules: RulesByCode | undefined,
): z.infer<typeof LineDecisionBody>['rules'] {
  if (rules === undefined) return [];
  const named: Readonly<Record<string, string>> = rules;
  return codes.map((code) => ({ code, rule: named[code] ?? null }));
}

/** The codes of a decision, as a shopper understands them. */
export function sentencesOf(codes: readonly string[]): string[] {
  return codes.map((code) => (isCode(code) ? decisionSentences[code] : code.replaceAll('_', ' ')));
}

const isCode = (text: string): text is DecisionCode => Object.hasOwn(decisionSentences, text);

/** The quote among a return's events; null where it was never quoted. */
export function quoteOut(events: readonly ReturnEvent[]): z.infer<typeof QuoteBody> | null {
  const quoted = events.findLast((event) => event.type === 'quoted');
  if (quoted === undefined) return null;
  const { currency } = quoted.total;
  return {
    total: moneyOut(quoted.total.amount, currency),
    shippingFee: moneyOut(quoted.shippingFee, currency),
    outboundShipping: moneyOut(quoted.outboundShipping ?? 0, currency),
    promotions: (quoted.promotions ?? []).map(({ promotion, before, after }) => ({
      promotion,
      before: moneyOut(before, currency),
      after: moneyOut(after, currency),
    })),
    lines: quoted.lines.map((line) => ({
      line: line.line,
      quantity: line.quantity,
      price: moneyOut(line.price, currency),
      discount: moneyOut(line.discount, currency),
      tax: moneyOut(line.tax, currency),
      restockingFee: moneyOut(line.restockingFee, currency),
      diminishedValue: moneyOut(line.diminishedValue, currency),
      amount: moneyOut(line.amount, currency),
    })),
  };
}
