import { parseArgs } from 'node:util';
import { loadConfig } from '../../config/config.ts';
import { startSandbox } from './server.ts';

const help = `Sandbox carrier (EasyPost) and payments (Stripe) for one machine.

node local/sandbox/main.ts --port N --mail-port N --data FILE [--carrier-webhook URL] [--payment-webhook URL]
  [--carrier-secret S] [--payment-secret S] [--autopilot MS] [--seed N]`;

// From the environment unless told: everybody on the machine can read a command line.
const { easypost, stripe } = loadConfig();
const { values } = parseArgs({
  options: {
    help: { type: 'boolean' },
    port: { type: 'string', default: '0' },
    'mail-port': { type: 'string', default: '0' },
    data: { type: 'string' },
    'carrier-webhook': { type: 'string' },
    'payment-webhook': { type: 'string' },
    'carrier-secret': { type: 'string', default: easypost.webhookSecret },
    'payment-secret': { type: 'string', default: stripe.webhookSecret },
    autopilot: { type: 'string' },
    seed: { type: 'string', default: '1' },
  },
});

if (values.help === true || values.data === undefined) {
  console.log(help);
  process.exit(values.help === true ? 0 : 2);
}

const sandbox = await startSandbox({
  port: Number(values.port),
  mailPort: Number(values['mail-port']),
  dataFile: values.data,
  webhookUrls: {
    ...(values['carrier-webhook'] === undefined ? {} : { carrier: values['carrier-webhook'] }),
    ...(values['payment-webhook'] === undefined ? {} : { payment: values['payment-webhook'] }),
  },
  secrets: { carrier: values['carrier-secret'], payment: values['payment-secret'] },
  seed: Number(values.seed),
  log: (line) => console.error(line),
  ...(values.autopilot === undefined ? {} : { autopilotMs: Number(values.autopilot) }),
});
console.log(`sandbox ready on ${sandbox.url}`);

for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => void sandbox.close().then(() => process.exit(0)));
