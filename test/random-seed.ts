import * as fc from 'fast-check';

/**
 * Properties try other cases in every run. Where one answer for one commit is wanted, as where it decides what
 * lands, ATTESTA_TEST_SEED makes them the same each time.
 */
const seed = process.env['ATTESTA_TEST_SEED'];
if (seed !== undefined) fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(seed) });
