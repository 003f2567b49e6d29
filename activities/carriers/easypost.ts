import type { Intents } from '../intents.ts';
import type { Addresses } from './address.ts';
import { type ClaimContact, createClaims } from './claims.ts';
import { type ClientOptions, createClient } from './client.ts';
import { carrierFailure } from './failures.ts';
import { createLabels } from './labels.ts';
import { createPickups } from './pickups.ts';
import type { Carriers } from './port.ts';

export type EasyPostOptions = ClientOptions & {
  /** What rates are asked in. @default 'EUR' */
  currency?: string;
  claimContact?: ClaimContact;
  intents: Intents;
  addresses: Addresses;
};

const failingInOurWords =
  <Request, Answer>(call: (request: Request) => Promise<Answer>) =>
  async (request: Request): Promise<Answer> => {
    try {
      return await call(request);
    } catch (error) {
      throw carrierFailure(error);
    }
  };

/**
 * EasyPost behind our port, through its official client. EasyPost has no idempotency keys; an effect is single because
 * any attempt but the first looks for our reference before it creates anything, and because buying works once.
 */
export function createEasyPostCarriers(options: EasyPostOptions): Carriers {
  const { currency = 'EUR', claimContact, intents, addresses } = options;
  const client = createClient(options);
  const labels = createLabels(client, intents, addresses, currency);
  const pickups = createPickups(client, intents, addresses);
  const claims = createClaims(client, intents, claimContact);
  return {
    buyLabel: failingInOurWords(labels.buyLabel),
    voidLabel: failingInOurWords(labels.voidLabel),
    bookPickup: failingInOurWords(pickups.bookPickup),
    cancelPickup: failingInOurWords(pickups.cancelPickup),
    openClaim: failingInOurWords(claims.openClaim),
    withdrawClaim: failingInOurWords(claims.withdrawClaim),
  };
}
