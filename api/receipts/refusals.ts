import type { ReceiptDecision, ReceiptRefusalCode } from '../../domain/receipt/decide.ts';
import { Problem } from '../problem.ts';

const wordings: Record<ReceiptRefusalCode, readonly [status: 404 | 409 | 422, sentence: string]> = {
  quantity_not_positive: [422, 'a quantity must be a whole number from 1 up'],
  more_serials_than_units: [422, 'there are more serials than units'],
  nothing_received: [422, 'a receipt must name what arrived'],
  nothing_left: [409, 'nothing of this is left here: GET the receipt to see where it went'],
  unknown_receipt_line: [404, 'this receipt has no such line'],
  duplicate_receipt_line: [422, 'one line is named twice; name it once with the whole quantity'],
  quantity_exceeds_left: [409, 'that is more than is left of this line'],
  serials_not_left: [422, 'a serial is named twice, or is not of the units that are left of this line'],
  serials_needed: [422, 'name the serials of the units that go: not so many units without a serial are left'],
};

/** The problem that a receipt's refusal becomes. */
export function receiptProblem({ code, field }: Extract<ReceiptDecision, { type: 'refused' }>): Problem {
  const [status, sentence] = wordings[code];
  return new Problem(status, code, sentence, { field: field.replace(/\.(\d+)(?=\.|$)/g, '[$1]') });
}

export const receiptNotFound = (receipt: string): Problem =>
  new Problem(404, 'receipt_not_found', `there is no receipt ${receipt}; look for it with GET /v1/receipts`);
