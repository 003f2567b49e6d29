import { ApplicationFailure } from '@temporalio/common';

/** Every way in which an outside effect can fail, as workflows see it. Closed: a new way is a new name here. */
export type FailureType =
  | 'carrier.unavailable'
  | 'carrier.refused'
  | 'payment.unavailable'
  | 'payment.refused'
  | 'payment.unknown_payment'
  | 'stock.refused'
  | 'transfer.refused'
  | 'credit.refused'
  | 'notice.unavailable';

/** Why a provider couldn't be asked, or didn't answer in a way that says what happened. Worth another try. */
export type UnavailableCode =
  | 'timeout'
  | 'connection'
  | 'rate_limited'
  | 'unauthorized'
  | 'server_error'
  | 'in_progress'
  | 'unreadable';

/** The one detail of every failure. Providers' own messages can hold names and addresses: they never come along. */
export type FailureDetails<Code extends string = string> = { code: Code };

function failure(type: FailureType, code: string, nonRetryable: boolean): ApplicationFailure {
  const details: FailureDetails = { code };
  return ApplicationFailure.create({ type, message: `${type}: ${code}`, nonRetryable, details: [details] });
}

/** A technical fault: the effect may or may not be there, and a later attempt finds out. */
export const unavailable = (
  type: Extract<FailureType, `${string}.unavailable`>,
  code: UnavailableCode,
): ApplicationFailure => failure(type, code, false);

/** A provider's answer that another attempt can't change. */
export const refused = (type: Exclude<FailureType, `${string}.unavailable`>, code: string): ApplicationFailure =>
  failure(type, code, true);
