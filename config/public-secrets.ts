/** The secrets of the sandbox. They are in this repository, so whoever reads it can sign with them. */
export const publicSecrets = {
  EASYPOST_API_KEY: 'EZTK_sandbox',
  EASYPOST_WEBHOOK_SECRET: 'sandbox-easypost-webhook-secret',
  STRIPE_API_KEY: 'sk_test_sandbox',
  STRIPE_WEBHOOK_SECRET: 'whsec_sandbox',
  NOTICES_WEBHOOK_SECRET: 'whsec_c2FuZGJveC1ub3RpY2VzLXdlYmhvb2stc2VjcmV0',
  NOTICES_LINK_KEYS: 'sandbox-links-of-notices-everybody-knows',
} as const;

type Secrets = { readonly [name in keyof typeof publicSecrets]: string | readonly string[] };
type Addresses = {
  readonly API_HOST: string;
  readonly API_PUBLIC_URL?: string | undefined;
  readonly EASYPOST_BASE_URL?: string | undefined;
  readonly STRIPE_BASE_URL?: string | undefined;
};

/**
 * The variables that still hold a public secret where it would let strangers in: an API that others can reach takes any
 * signed event for true and any signed link for a consignee's, and a vendor itself knows nothing of the sandbox's keys.
 */
export function publicSecretsInUse(e: Secrets & Addresses): readonly (keyof Secrets)[] {
  const reachable = !isThisMachine(e.API_HOST);
  const isElsewhere = (url: string | undefined) => url !== undefined && !isThisMachine(new URL(url).hostname);
  const unsafe = {
    EASYPOST_API_KEY: isElsewhere(e.EASYPOST_BASE_URL),
    EASYPOST_WEBHOOK_SECRET: reachable || isElsewhere(e.EASYPOST_BASE_URL),
    STRIPE_API_KEY: isElsewhere(e.STRIPE_BASE_URL),
    STRIPE_WEBHOOK_SECRET: reachable || isElsewhere(e.STRIPE_BASE_URL),
    NOTICES_WEBHOOK_SECRET: reachable,
    NOTICES_LINK_KEYS: reachable || isElsewhere(e.API_PUBLIC_URL),
  };
  const names = Object.keys(publicSecrets) as (keyof Secrets)[];
  return names.filter((name) => unsafe[name] && [e[name]].flat().includes(publicSecrets[name]));
}

const isThisMachine = (host: string): boolean => /^(localhost|127(\.\d+){3}|\[?::1\]?)$/.test(host);
