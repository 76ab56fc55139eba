/**
 * The closing line of a test run, plain and alone on a line: `12 passed, 0 failed, 3 skipped`. A test file that could not
 * even be loaded, a hook that failed and an error outside of any test count as one failure each: a run is never green by them.
 */
export default class ClosingLineReporter {
  onTestRunEnd(modules, strayErrors) {
    const count = { passed: 0, failed: strayErrors.length, skipped: 0 };
    for (const module of modules) {
      count.failed += module.errors().length;
      for (const suite of module.children.allSuites()) count.failed += suite.errors().length;
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        count[state === 'pending' ? 'skipped' : state] += 1;
      }
    }
    const line = `${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped`;
    // At exit, since the runner writes its own summary after all reporters are through.
    process.once('exit', () => process.stdout.write(`\n${line}\n`));
  }
}
