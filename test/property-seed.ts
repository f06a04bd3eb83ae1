import fc from 'fast-check';

/** What properties are drawn from unless PROPERTY_SEED names another whole number, or `random`. */
const FIXED = 20_260_715;

const asked = process.env.PROPERTY_SEED ?? `${FIXED}`;
const seed = asked === 'random' ? Math.floor(Math.random() * 2 ** 31) : Number(asked);
if (!Number.isInteger(seed)) throw new RangeError(`PROPERTY_SEED is ${asked}; expected a whole number or random`);
if (seed !== FIXED) process.stdout.write(`properties are drawn from seed ${seed}\n`);
fc.configureGlobal({ seed });
