import type { Endpoint } from './endpoint.ts';
import { keyEndpoints } from './keys/keys.ts';
import { decisionEndpoints } from './returns/decisions.ts';
import { goodsEndpoints } from './returns/goods.ts';

/** Every route under /v1 that needs a key, in the order of the reference. */
export const endpoints: readonly Endpoint[] = [...decisionEndpoints, ...goodsEndpoints, ...keyEndpoints];
