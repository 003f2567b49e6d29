import { z } from 'zod';
import { refused, type UnavailableCode, unavailable } from '../failures.ts';
import type { CarrierRefusal } from './port.ts';

/** What an EasyPost call can throw: its own error with a code, or the HTTP library's. */
const thrown = z.object({
  statusCode: z.number().optional(),
  status: z.number().optional(),
  code: z.string().optional(),
  timeout: z.number().optional(),
});

const refusals: Record<string, CarrierRefusal> = {
  'ADDRESS.PARAMETERS.INVALID': 'address_invalid',
  'ADDRESS.PARAMETERS.INVALID_CHARACTER': 'address_invalid',
  'ADDRESS.COUNTRY.INVALID': 'address_invalid',
  'ADDRESS.VERIFY.FAILURE': 'address_invalid',
  'PARCEL.PARAMETERS.INVALID': 'parcel_invalid',
  'SHIPMENT.INVALID_PARAMS': 'parcel_invalid',
  'SHIPMENT.RATES.UNAVAILABLE': 'no_rates',
  'PICKUP.ADDRESS.INVALID': 'address_invalid',
  'PICKUP.MIN_DATETIME.REQUIRED': 'window_invalid',
  'PICKUP.MAX_DATETIME.REQUIRED': 'window_invalid',
  'PICKUP.REQUEST.INVALID': 'window_invalid',
  'PICKUP.SHIPMENT_SERVICE.INVALID': 'pickup_unavailable',
  'PICKUP.SHIPMENT_COUNTRY.INVALID': 'pickup_unavailable',
  'PICKUP.BUY.NO_MATCHING_RATES': 'pickup_unavailable',
  'PICKUP.BUY.FORBIDDEN': 'pickup_unavailable',
};

/** Codes that come with a 4xx status and still don't say that nothing happened. */
const undecided: Record<string, UnavailableCode> = {
  'SHIPMENT.PURCHASE.IN_PROGRESS': 'in_progress',
  'SHIPMENT.POSTAGE.NO_RESPONSE': 'timeout',
  'SHIPMENT.POSTAGE.TIMED_OUT': 'timeout',
};

const technical: Record<number, UnavailableCode> = {
  401: 'unauthorized',
  403: 'unauthorized',
  408: 'timeout',
  429: 'rate_limited',
};

/** Wraps whatever a call threw, so that it can be told from faults of our own. It never leaves this room. */
export class VendorError extends Error {
  constructor(cause: unknown) {
    super('a call to the carrier failed', { cause });
  }
}

const answered = (error: unknown) => (error instanceof VendorError ? thrown.safeParse(error.cause).data : undefined);

/** EasyPost's code of an error that it answered; null for anything else. */
export const codeOf = (error: unknown): string | null => {
  const { statusCode, code } = answered(error) ?? {};
  return statusCode !== undefined && code !== undefined ? code : null;
};

export const isNotFound = (error: unknown): boolean => answered(error)?.statusCode === 404;

/** Our failure for a call that failed; the vendor's message is left behind. Other errors stay what they are. */
export function carrierFailure(error: unknown): unknown {
  if (!(error instanceof VendorError)) return error;
  const { statusCode, status = statusCode, code = '', timeout } = answered(error) ?? {};
  if (timeout !== undefined) return unavailable('carrier.unavailable', 'timeout');
  const transient = undecided[code] ?? technical[status ?? 0];
  if (transient !== undefined) return unavailable('carrier.unavailable', transient);
  if (status === undefined)
    // A gateway's page instead of JSON makes the client library itself fail, with no code at all.
    return unavailable('carrier.unavailable', code === '' ? 'unreadable' : 'connection');
  if (status >= 500) return unavailable('carrier.unavailable', 'server_error');
  return refused('carrier.refused', refusals[code] ?? (status === 404 ? 'not_found' : 'rejected'));
}
