import Mocha from 'mocha';

/** Mocha's own report, then the line that a build reads: N passed, N failed. */
class CountingReporter extends Mocha.reporters.Spec {
  override epilogue(): void {
    super.epilogue();
    const { passes, failures } = this.stats;
    process.stdout.write(`${passes} passed, ${failures} failed\n`);
  }
}

export default CountingReporter;
