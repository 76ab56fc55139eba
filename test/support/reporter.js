/**
 * The closing line of a test run, plain and alone on a line: `12 passed, 0 failed, 3 skipped`. A test file that could not
 * even be loaded has no tests to count and is counted as one failure.
 */
export default class ClosingLineReporter {
  onRunComplete(_contexts, results) {
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
    const skipped = results.numPendingTests + results.numTodoTests;
    const line = `${results.numPassedTests} passed, ${failed} failed, ${skipped} skipped`;
    // At exit, since jest writes its own summary after all reporters are through.
    process.once('exit', () => process.stdout.write(`\n${line}\n`));
  }
}
