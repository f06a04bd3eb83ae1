export type Random = () => number;

/** Numbers from a seed: the same seed breaks the same bytes on every machine (mulberry32, public domain by Tommy Ettinger). */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const below = (random: Random, limit: number) => Math.floor(random() * limit);

/** What breaks readers: quotes, separators, odd numbers, marks of other encodings. */
const STRANGE = [
  '"',
  ',',
  '\n',
  '\r',
  '\u0000',
  '-1',
  '1e999',
  'NaN',
  '99999999999',
  '25:61:61',
  '\ufeff',
  '{',
  '[',
  ']',
  'null',
  ' ',
  '日',
];

function flipBits(bytes: Buffer, random: Random): Buffer {
  const out = Buffer.from(bytes);
  for (let count = 1 + below(random, 4); count > 0 && out.length > 0; count--) {
    const at = below(random, out.length);
    out[at] = (out[at] ?? 0) ^ (1 << below(random, 8));
  }
  return out;
}

function truncate(bytes: Buffer, random: Random): Buffer {
  return bytes.subarray(0, below(random, bytes.length));
}

function cutOut(bytes: Buffer, random: Random): Buffer {
  const at = below(random, bytes.length);
  return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1 + below(random, 40))]);
}

function repeat(bytes: Buffer, random: Random): Buffer {
  const at = below(random, bytes.length);
  const end = at + 1 + below(random, 60);
  return Buffer.concat([bytes.subarray(0, end), bytes.subarray(at)]);
}

function insertStrange(bytes: Buffer, random: Random): Buffer {
  const at = below(random, bytes.length);
  const strange = STRANGE[below(random, STRANGE.length)] ?? '';
  return Buffer.concat([bytes.subarray(0, at), Buffer.from(strange), bytes.subarray(at)]);
}

/** Changes of whole rows and fields, for tables and for GeoJSON with a feature a line. */
function changeRows(bytes: Buffer, random: Random): Buffer {
  const rows = bytes.toString('latin1').split('\n');
  const at = below(random, rows.length);
  const fields = (rows[at] ?? '').split(',');
  const [one, two] = [below(random, fields.length), below(random, fields.length)];
  switch (below(random, 4)) {
    case 0:
      rows.splice(at, 1 + below(random, 3));
      break;
    case 1:
      rows.splice(at, 0, rows[below(random, rows.length)] ?? '');
      break;
    case 2:
      [fields[one], fields[two]] = [fields[two] ?? '', fields[one] ?? ''];
      rows[at] = fields.join(',');
      break;
    default:
      fields[one] = STRANGE[below(random, STRANGE.length)] ?? '';
      rows[at] = fields.join(',');
  }
  return Buffer.from(rows.join('\n'), 'latin1');
}

const MUTATIONS = [flipBits, truncate, cutOut, repeat, insertStrange, changeRows, changeRows];

/** One to three changes of a file. */
export function mutate(bytes: Buffer, random: Random): Buffer {
  let out = bytes;
  for (let count = 1 + below(random, 3); count > 0; count--) out = (MUTATIONS[below(random, MUTATIONS.length)] ?? flipBits)(out, random);
  return out;
}

/** Some bytes in a row set to what breaks binary readers: nought, all ones, or any. */
function overwrite(bytes: Buffer, random: Random): Buffer {
  const out = Buffer.from(bytes);
  const at = below(random, out.length);
  const kind = below(random, 3);
  out.fill(kind === 0 ? 0 : kind === 1 ? 255 : below(random, 256), at, Math.min(out.length, at + 1 + below(random, 4)));
  return out;
}

/** One to three changes of a binary file: two in three keep its length, because others seldom get past its first check. */
export function mutateBinary(bytes: Buffer, random: Random): Buffer {
  if (random() < 1 / 3) return mutate(bytes, random);
  let out = bytes;
  for (let count = 1 + below(random, 3); count > 0; count--) out = (random() < 0.5 ? flipBits : overwrite)(out, random);
  return out;
}
