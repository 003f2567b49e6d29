/** The layer rules: which room may import from which. `npm run check` holds them; test/house/layers.test.ts breaks them on purpose. */

const ROOMS = ['domain', 'workflows', 'activities', 'worker', 'api', 'prisma', 'config', 'console', 'local'];
const rooms = (...names) => `^(${names.join('|')})/`;
const roomsBut = (...names) => rooms(...ROOMS.filter((room) => !names.includes(room)));

/**
 * What the API may take from activities: reading the journal, checking a webhook, its inbox, receipts and store credit, which have no
 * process of their own; the links and words of notices, the responses to them, and the reports made of those. Never what appends to a return or calls out.
 */
const FOR_THE_API = [
  '^activities/journal/(bulk|credit-memo-parts|facts|inbox|port|process|receipts|schedule|serials-elsewhere|store-credits|tail|trace|unit-costs)[.]ts$',
  '^activities/(carriers|notices|payments)/webhook[.]ts$',
  '^activities/notices/(bounces|html|link|texts|words|write)[.]ts$',
  '^activities/rebalances/network[.]ts$',
  '^activities/recalls/(confirmations/(confirm|differences|read|standing)|drills/score|report|respond|sub-consignees|wake)[.]ts$',
  '^activities/stock/unread-lots[.]ts$',
  '^activities/trips/open-(pickups|trips)[.]ts$',
  '^activities/webhook-rejected[.]ts$',
  '^activities/webhooks/reach[.]ts$',
];
const DATABASE_CLIENT = ['^prisma/client[.]ts$', '^prisma/generated/'];

const rule = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });
const tests = { pathNot: '^(test|bench|commands)/' };

export default {
  forbidden: [
    rule('domain-is-pure', 'domain/ imports nothing of ours', { path: '^domain/' }, { path: roomsBut('domain') }),
    rule(
      'domain-needs-nothing',
      'domain/ has no I/O and no package',
      { path: '^domain/' },
      { dependencyTypes: ['npm', 'npm-dev', 'core'] },
    ),
    rule(
      'workflows-decide-and-wait',
      'workflows/ import domain/ and the types of activities/',
      { path: '^workflows/' },
      { path: roomsBut('workflows', 'domain', 'activities') },
    ),
    rule(
      'workflows-see-types-of-activities',
      'what an activity does must not enter the workflow bundle',
      { path: '^workflows/' },
      { path: '^activities/', dependencyTypesNot: ['type-only'] },
    ),
    rule(
      'workflows-are-deterministic',
      'only the SDK enters the workflow bundle: zod there runs workers out of memory, node is not there at all',
      { path: '^workflows/' },
      { dependencyTypes: ['npm', 'npm-dev', 'core'], pathNot: 'node_modules/@temporalio/(workflow|common)/' },
    ),
    rule(
      'activities-touch-the-world',
      'activities/ import domain/ and the database client',
      { path: '^activities/' },
      { path: roomsBut('activities', 'domain'), pathNot: DATABASE_CLIENT },
    ),
    rule(
      'worker-composes',
      'worker/ imports everything but the API and the one-machine stack',
      { path: '^worker/' },
      { path: rooms('api', 'console', 'local') },
    ),
    rule(
      'api-asks',
      'api/ imports domain/, config/, the messages and search attributes of workflows/, the database client, and what reads in activities/',
      { path: '^api/' },
      {
        path: roomsBut('api', 'domain', 'config'),
        pathNot: ['^workflows/[a-z-]+/(messages|attributes)[.]ts$', ...FOR_THE_API, ...DATABASE_CLIENT],
      },
    ),
    rule('config-stands-alone', 'config/ imports nothing of ours', { path: '^config/' }, { path: roomsBut('config') }),
    rule(
      'prisma-stores',
      'prisma/ knows the words of domain/ and nothing else of ours; sample data comes in through the front doors',
      { path: '^prisma/', pathNot: '^prisma/sample-data' },
      { path: roomsBut('prisma', 'domain') },
    ),
    rule(
      'console-speaks-http',
      "console/ knows the API's generated types only",
      { path: '^console/' },
      { path: roomsBut('console') },
    ),
    rule(
      'local-starts',
      'local/ starts the worker and the API as processes; it imports configuration and migrations only',
      { path: '^local/' },
      { path: roomsBut('local', 'config', 'prisma') },
    ),
    rule('nothing-needs-tests', 'the product does without its tests', tests, { path: '^(test|bench|commands)/' }),
    rule(
      'dev-packages-stay-out',
      'what runs in production is in dependencies',
      { path: rooms('domain', 'workflows', 'activities', 'worker', 'api', 'config') },
      { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    ),
    rule(
      'no-circles',
      'a circle has no first file to read',
      {},
      { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    ),
    rule('nothing-unresolved', 'an import must lead somewhere', {}, { couldNotResolve: true }),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^prisma/generated/internal' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
