/**
 * One seed for every property test, so that a run can be repeated and a failure is somebody's change, never the draw.
 * `PROPERTY_SEED=random` draws anew, `PROPERTY_SEED=<number>` repeats what a run of that kind has found.
 */
import fc from 'fast-check';

const asked = process.env.PROPERTY_SEED ?? '20260318';
if (asked !== 'random') fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(asked) });
