import type { Reporter, TestCase, TestModule } from 'vitest/node';

/** Ends a run with one plain line that counts what was executed, so that nothing is skipped silently. */
export default class TotalsReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const count = { passed: 0, failed: 0, skipped: 0, pending: 0 };
    const notRun = new Map<string, number>();
    for (const module of modules) {
      // A hook that fails leaves its tests out.
      for (const suite of [module, ...module.children.allSuites()]) if (suite.errors().length > 0) count.failed += 1;
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        count[state] += 1;
        const reason = state === 'skipped' ? reasonOf(test) : undefined;
        if (reason !== undefined) notRun.set(reason, (notRun.get(reason) ?? 0) + 1);
      }
    }
    for (const [reason, tests] of notRun) console.log(`\n!!! ${tests} tests of ${reason}`);
    console.log(`\n${count.passed} passed, ${count.failed} failed, ${count.skipped + count.pending} skipped`);
  }
}

/** The name of the suite that says why it was not run. */
function reasonOf(test: TestCase): string | undefined {
  for (let parent = test.parent; parent.type === 'suite'; parent = parent.parent)
    if (parent.name.includes('NOT RUN')) return parent.name;
  return undefined;
}
