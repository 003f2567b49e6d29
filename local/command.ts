/**
 * Runs a command of the command line: `--help` prints the help, and a failure ends with its sentence (no stack trace)
 * and exit code 1.
 */
export async function runCommand(help: string, work: (args: readonly string[]) => Promise<void>): Promise<void> {
  // Whoever reads our output has gone, as in `npm start | head`.
  process.stdout.once('error', () => process.exit(1));
  const args = process.argv.slice(2);
  if (args.includes('--help') || args.includes('-h')) {
    console.log(help.trimEnd());
    return;
  }
  try {
    await work(args);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    console.error(isAboutArguments(error) ? `${message} (--help lists what can be said)` : message);
    process.exitCode = 1;
  }
}

/** What Node's own reading of arguments refuses, in its words. */
const isAboutArguments = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS_');
