import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { runCommand } from '../local/command.ts';

const HELP = `npm run check

Checks what needs no running stack, goes on after a failure, and ends with one line of JSON.
`;

const ROOT = join(import.meta.dirname, '..');
const ROOMS = [
  'domain',
  'workflows',
  'activities',
  'worker',
  'api',
  'prisma',
  'config',
  'local',
  'commands',
  'bench',
  'test',
];

type Check = {
  readonly key: string;
  readonly about: string;
  readonly script: string;
  readonly args?: readonly string[];
};

const CHECKS: readonly Check[] = [
  { key: 'types', about: 'Types', script: 'typescript/bin/tsc', args: ['--noEmit'] },
  {
    key: 'style',
    about: 'Format and lint',
    script: '@biomejs/biome/bin/biome',
    args: ['check', '--error-on-warnings'],
  },
  { key: 'layers', about: 'Layer rules', script: 'dependency-cruiser/bin/dependency-cruise.mjs', args: ROOMS },
  { key: 'deadCode', about: 'Dead code', script: 'knip/bin/knip.js', args: ['--no-config-hints'] },
  { key: 'schema', about: 'Schema = migrations', script: '../local/migrate.ts', args: ['check'] },
  { key: 'openapi', about: 'OpenAPI file = server', script: '../api/openapi-file.ts', args: ['--check'] },
];

await runCommand(HELP, async () => {
  const results: Record<string, boolean> = {};
  for (const { key, about, script, args = [] } of CHECKS) {
    const start = performance.now();
    const { passed, output } = await run(join(ROOT, 'node_modules', script), args);
    results[key] = passed;
    const seconds = ((performance.now() - start) / 1_000).toFixed(1);
    console.log(`${passed ? 'ok    ' : 'FAILED'}  ${about} (${seconds} s)`);
    if (!passed) console.log(output);
  }
  console.log(JSON.stringify(results));
  if (!Object.values(results).every(Boolean)) process.exitCode = 1;
});

function run(script: string, args: readonly string[]): Promise<{ readonly passed: boolean; readonly output: string }> {
  return new Promise((resolve) => {
    const options = { cwd: ROOT, maxBuffer: 64 * 1024 * 1024 };
    execFile(process.execPath, [script, ...args], options, (error, stdout, stderr) => {
      resolve({ passed: error === null, output: `${stdout}${stderr}`.trim() });
    });
  });
}
