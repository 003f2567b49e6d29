import type { Policy } from '../../domain/policy/policy.ts';
import type { SandboxHand } from '../../local/sandbox/hand.ts';
import type { Client } from '../faults/client.ts';
import type { Guide, Return } from './guide.ts';
import type { Goods } from './shop.ts';

/** One story of the demo: the rules of its sale, what happens, and what must be true at the end. */
export type Scenario = {
  readonly name: string;
  readonly title: string;
  readonly policy: Policy;
  /** What was sold; teapots unless told. */
  readonly goods?: Goods;
  /** Its story sends the goods out itself. */
  readonly isUnsent?: true;
  readonly run: (
    guide: Guide,
    order: string,
    outside: SandboxHand,
    /** Somebody else at the bench, with a key of their own. */
    colleague: () => Promise<Client>,
  ) => Promise<Return>;
  readonly holds: (its: Return) => boolean;
};
