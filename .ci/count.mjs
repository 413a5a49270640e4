// Adds up the results that Jest wrote with --json, and prints `N passed, N failed` as the last line.
// usage: node .ci/count.mjs [--failed-steps N] RESULT.json...
//
// A suite that never got as far as a test must not look like success: a result file that is missing
// or empty of tests counts as a failure, and so does a spec file that failed without a failing test
// of its own (it could not be loaded, for instance). A failed step that is no test suite, such as
// the type check, counts as one failure each.
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { 'failed-steps': { type: 'string', default: '0' } },
});

const failedWithoutTests = (suites) =>
  suites.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
  ).length;

async function count(file) {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined) return { file, passed: 0, failed: 1, note: 'no result file' };
  const result = JSON.parse(text);
  const failed = result.numFailedTests + failedWithoutTests(result.testResults);
  if (result.numPassedTests + failed === 0) return { file, passed: 0, failed: 1, note: 'no tests' };
  return { file, passed: result.numPassedTests, failed };
}

const counts = await Promise.all(positionals.map(count));
for (const { file, passed, failed, note } of counts) {
  console.log(`${file}: passed ${passed}, failed ${failed}${note ? ` (${note})` : ''}`);
}
const sum = (key) => counts.reduce((total, entry) => total + entry[key], 0);
const failed = sum('failed') + Number(values['failed-steps']);
console.log(`${sum('passed')} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
