/** The secrets of the sandbox. They are in this repository, so whoever reads it can sign with them. */
export const publicSecrets = {
  EASYPOST_API_KEY: 'EZTK_sandbox',
  EASYPOST_WEBHOOK_SECRET: 'sandbox-easypost-webhook-secret',
  STRIPE_API_KEY: 'sk_test_sandbox',
  STRIPE_WEBHOOK_SECRET: 'whsec_sandbox',
} as const;

type Secrets = { readonly [name in keyof typeof publicSecrets]: string };
type Addresses = {
  readonly API_HOST: string;
  readonly EASYPOST_BASE_URL?: string | undefined;
  readonly STRIPE_BASE_URL?: string | undefined;
};

/**
 * The variables that still hold a public secret where it would let strangers in: an API that others can reach takes any
 * signed event for true, and a vendor itself knows nothing of the sandbox's keys.
 */
export function publicSecretsInUse(e: Secrets & Addresses): readonly (keyof Secrets)[] {
  const reachable = !isThisMachine(e.API_HOST);
  const isVendor = (url: string | undefined) => url !== undefined && !isThisMachine(new URL(url).hostname);
  const unsafe = {
    EASYPOST_API_KEY: isVendor(e.EASYPOST_BASE_URL),
    EASYPOST_WEBHOOK_SECRET: reachable || isVendor(e.EASYPOST_BASE_URL),
    STRIPE_API_KEY: isVendor(e.STRIPE_BASE_URL),
    STRIPE_WEBHOOK_SECRET: reachable || isVendor(e.STRIPE_BASE_URL),
  };
  const names = Object.keys(publicSecrets) as (keyof Secrets)[];
  return names.filter((name) => unsafe[name] && e[name] === publicSecrets[name]);
}

const isThisMachine = (host: string): boolean => /^(localhost|127(\.\d+){3}|\[?::1\]?)$/.test(host);
