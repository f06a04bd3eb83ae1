import type { Random } from './mutate.ts';

type Mutation = (bytes: Buffer, random: Random) => Buffer;

const below = (random: Random, limit: number) => Math.floor(random() * Math.max(1, limit));

const flip: Mutation = (bytes, random) => {
  const changed = Buffer.from(bytes);
  for (let times = 1 + below(random, 8); times > 0; times--) {
    const at = below(random, changed.length);
    changed[at] = (changed[at] ?? 0) ^ (1 << below(random, 8));
  }
  return changed;
};

const overwrite: Mutation = (bytes, random) => {
  const changed = Buffer.from(bytes);
  const at = below(random, changed.length);
  for (let offset = 0; offset < 1 + below(random, 12) && at + offset < changed.length; offset++) changed[at + offset] = below(random, 256);
  return changed;
};

const truncate: Mutation = (bytes, random) => bytes.subarray(0, below(random, bytes.length));

const take = (bytes: Buffer, random: Random): [number, number] => {
  const start = below(random, bytes.length);
  return [start, Math.min(bytes.length, start + 1 + below(random, 40))];
};

const remove: Mutation = (bytes, random) => {
  const [start, end] = take(bytes, random);
  return Buffer.concat([bytes.subarray(0, start), bytes.subarray(end)]);
};

const repeat: Mutation = (bytes, random) => {
  const [start, end] = take(bytes, random);
  return Buffer.concat([bytes.subarray(0, end), bytes.subarray(start, end), bytes.subarray(end)]);
};

const insert: Mutation = (bytes, random) => {
  const at = below(random, bytes.length);
  return Buffer.concat([
    bytes.subarray(0, at),
    Buffer.from(Array.from({ length: 1 + below(random, 10) }, () => below(random, 256))),
    bytes.subarray(at),
  ]);
};

/** Two ranges change places. */
const swap: Mutation = (bytes, random) => {
  const [a, b] = [take(bytes, random), take(bytes, random)].sort((x, y) => x[0] - y[0]);
  if (!a || !b || a[1] > b[0]) return flip(bytes, random);
  return Buffer.concat([
    bytes.subarray(0, a[0]),
    bytes.subarray(b[0], b[1]),
    bytes.subarray(a[1], b[0]),
    bytes.subarray(a[0], a[1]),
    bytes.subarray(b[1]),
  ]);
};

/** Two quoted values of a text change places: fields swapped, the text still well-formed. */
const swapValues: Mutation = (bytes, random) => {
  const parts = bytes.toString('latin1').split('"');
  if (parts.length < 5) return flip(bytes, random);
  const value = () => 1 + 2 * below(random, (parts.length - 1) / 2);
  const [a, b] = [value(), value()];
  [parts[a], parts[b]] = [parts[b] ?? '', parts[a] ?? ''];
  return Buffer.from(parts.join('"'), 'latin1');
};

const FOR_BYTES: readonly Mutation[] = [flip, flip, overwrite, truncate, remove, repeat, insert, swap];
const FOR_TEXT: readonly Mutation[] = [...FOR_BYTES, swapValues, swapValues, swapValues];

/** A broken copy of a file of OpenStreetMap, text or protocol buffers: one mutation, now and then two or three. */
export function mutateOsm(bytes: Buffer, random: Random, isText: boolean): Buffer {
  const mutations = isText ? FOR_TEXT : FOR_BYTES;
  let changed = bytes;
  for (let times = random() < 0.8 ? 1 : 2 + below(random, 2); times > 0; times--) {
    changed = (mutations[below(random, mutations.length)] ?? flip)(changed, random);
  }
  return changed;
}
