import type { Reporter, TestModule } from 'vitest/node';

/** Ends the run with the plain line `N passed, N failed` (and the skipped, when there are any). */
export default class ClosingLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const count = (state: string) => tests.filter((test) => test.result().state === state).length;
    // A file that does not load, and an error outside every test, fail the run too.
    const broken = modules.filter((module) => module.errors().length > 0).length + unhandledErrors.length;
    const skipped = count('skipped');
    const failed = count('failed') + broken;
    process.once('exit', (code) => {
      // A setup that fails, or a run without tests, has no test to count.
      const line = `${count('passed')} passed, ${code !== 0 && failed === 0 ? 1 : failed} failed`;
      console.log(skipped > 0 ? `${line}, ${skipped} skipped` : line);
    });
  }
}
