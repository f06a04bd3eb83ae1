import { PbfReader } from 'pbf';
import { type Member, NO_TAGS, type OsmHandler, type Tags } from './osm-objects.ts';
import { messageEnd, readMessage } from './pbf-blobs.ts';

/** Which kinds of object a block holds, as bits: passes that do not want them need not unpack it again. */
export const HOLDS = { node: 1, way: 2, relation: 4 } as const;

const MEMBER_KINDS = ['node', 'way', 'relation'] as const;
const DELTA_CODED = { id: 1, latitude: 8, longitude: 9, dense: 10 };

/** Text and scale of the block being read. */
interface Block {
  readonly text: (index: number) => string;
  readonly longitudeE7: (value: number) => number;
  readonly latitudeE7: (value: number) => number;
}

/**
 * Hand the objects of one unpacked PrimitiveBlock to a handler.
 *
 * @returns  the kinds it holds, by the bits of HOLDS
 * @throws Error naming what is wrong with the bytes
 * Cost O(bytes). Source: wiki.openstreetmap.org/wiki/PBF_Format
 */
export function readBlock(bytes: Uint8Array, handler: OsmHandler): number {
  const groups: [number, number][] = [];
  const strings: Uint8Array[] = [];
  let granularity = 100;
  let longitudeOffset = 0;
  let latitudeOffset = 0;
  const pbf = new PbfReader(bytes);
  readMessage(pbf, bytes.length, (tag) => {
    if (tag === 1) readMessage(pbf, messageEnd(pbf), (inner) => inner === 1 && strings.push(pbf.readBytes()));
    else if (tag === 2) {
      const end = messageEnd(pbf);
      groups.push([pbf.pos, end]);
      pbf.pos = end;
    } else if (tag === 17) granularity = pbf.readVarint(true);
    else if (tag === 19) latitudeOffset = pbf.readVarint(true);
    else if (tag === 20) longitudeOffset = pbf.readVarint(true);
  });
  const decoded: string[] = [];
  const block: Block = {
    text: (index) => {
      const known = decoded[index];
      if (known !== undefined) return known;
      const raw = strings[index];
      if (!raw) throw new Error(`text ${index} of a table of ${strings.length}`);
      const text = Buffer.from(raw.buffer, raw.byteOffset, raw.length).toString('utf8');
      decoded[index] = text;
      return text;
    },
    longitudeE7: (value) => Math.round((longitudeOffset + granularity * value) / 100),
    latitudeE7: (value) => Math.round((latitudeOffset + granularity * value) / 100),
  };
  let holds = 0;
  for (const [start, end] of groups) {
    pbf.pos = start;
    holds |= readGroup(pbf, end, block, handler);
  }
  return holds;
}

function readGroup(pbf: PbfReader, end: number, block: Block, handler: OsmHandler): number {
  let holds = 0;
  readMessage(pbf, end, (tag) => {
    if (tag < 1 || tag > 4) return;
    const innerEnd = messageEnd(pbf);
    const kind = tag <= 2 ? 'node' : tag === 3 ? 'way' : 'relation';
    holds |= HOLDS[kind];
    if (!handler[kind]) pbf.pos = innerEnd;
    else if (tag === 1) readNode(pbf, innerEnd, block, handler);
    else if (tag === 2) readDense(pbf, innerEnd, block, handler);
    else if (tag === 3) readWay(pbf, innerEnd, block, handler);
    else readRelation(pbf, innerEnd, block, handler);
  });
  return holds;
}

function tagsOf(block: Block, keys: readonly number[], values: readonly number[]): Tags {
  if (keys.length !== values.length) throw new Error(`${keys.length} tag keys with ${values.length} values`);
  if (keys.length === 0) return NO_TAGS;
  const tags = new Map<string, string>();
  for (let tag = 0; tag < keys.length; tag++) tags.set(block.text(keys[tag] ?? 0), block.text(values[tag] ?? 0));
  return tags;
}

function readNode(pbf: PbfReader, end: number, block: Block, handler: OsmHandler): void {
  let id = Number.NaN;
  let longitude = Number.NaN;
  let latitude = Number.NaN;
  const keys: number[] = [];
  const values: number[] = [];
  readMessage(pbf, end, (tag) => {
    if (tag === DELTA_CODED.id) id = pbf.readSVarint();
    else if (tag === 2) pbf.readPackedVarint(keys);
    else if (tag === 3) pbf.readPackedVarint(values);
    else if (tag === DELTA_CODED.latitude) latitude = pbf.readSVarint();
    else if (tag === DELTA_CODED.longitude) longitude = pbf.readSVarint();
  });
  if (Number.isNaN(id + longitude + latitude)) throw new Error('a node without id or place');
  handler.node?.(id, block.longitudeE7(longitude), block.latitudeE7(latitude), tagsOf(block, keys, values));
}

function readDense(pbf: PbfReader, end: number, block: Block, handler: OsmHandler): void {
  const ids: number[] = [];
  const latitudes: number[] = [];
  const longitudes: number[] = [];
  const keyValues: number[] = [];
  readMessage(pbf, end, (tag) => {
    if (tag === DELTA_CODED.id) pbf.readPackedSVarint(ids);
    else if (tag === DELTA_CODED.latitude) pbf.readPackedSVarint(latitudes);
    else if (tag === DELTA_CODED.longitude) pbf.readPackedSVarint(longitudes);
    else if (tag === DELTA_CODED.dense) pbf.readPackedVarint(keyValues);
  });
  if (ids.length !== latitudes.length || ids.length !== longitudes.length) {
    throw new Error(`${ids.length} nodes with ${latitudes.length} latitudes and ${longitudes.length} longitudes`);
  }
  for (const deltas of [ids, latitudes, longitudes]) sumDeltas(deltas);
  let cursor = 0;
  for (let node = 0; node < ids.length; node++) {
    const first = cursor;
    while (cursor < keyValues.length && keyValues[cursor] !== 0) cursor += 2;
    const tags = cursor > first ? denseTags(block, keyValues, first, cursor) : NO_TAGS;
    if (keyValues.length > 0) cursor += 1;
    handler.node?.(ids[node] ?? 0, block.longitudeE7(longitudes[node] ?? 0), block.latitudeE7(latitudes[node] ?? 0), tags);
  }
  if (cursor !== keyValues.length) throw new Error('tags that do not fit the dense nodes');
}

function denseTags(block: Block, keyValues: readonly number[], first: number, end: number): Tags {
  const tags = new Map<string, string>();
  for (let at = first; at < end; at += 2) tags.set(block.text(keyValues[at] ?? 0), block.text(keyValues[at + 1] ?? 0));
  return tags;
}

/** Running sums of delta-coded values, in place. */
function sumDeltas(values: number[]): number[] {
  for (let index = 1; index < values.length; index++) values[index] = (values[index] ?? 0) + (values[index - 1] ?? 0);
  return values;
}

function readWay(pbf: PbfReader, end: number, block: Block, handler: OsmHandler): void {
  let id = Number.NaN;
  const keys: number[] = [];
  const values: number[] = [];
  const nodes: number[] = [];
  readMessage(pbf, end, (tag) => {
    if (tag === 1) id = pbf.readVarint(true);
    else if (tag === 2) pbf.readPackedVarint(keys);
    else if (tag === 3) pbf.readPackedVarint(values);
    else if (tag === 8) pbf.readPackedSVarint(nodes);
  });
  if (Number.isNaN(id)) throw new Error('a way without an id');
  handler.way?.(id, sumDeltas(nodes), tagsOf(block, keys, values));
}

function readRelation(pbf: PbfReader, end: number, block: Block, handler: OsmHandler): void {
  let id = Number.NaN;
  const keys: number[] = [];
  const values: number[] = [];
  const roles: number[] = [];
  const ids: number[] = [];
  const kinds: number[] = [];
  readMessage(pbf, end, (tag) => {
    if (tag === 1) id = pbf.readVarint(true);
    else if (tag === 2) pbf.readPackedVarint(keys);
    else if (tag === 3) pbf.readPackedVarint(values);
    else if (tag === 8) pbf.readPackedVarint(roles);
    else if (tag === 9) pbf.readPackedSVarint(ids);
    else if (tag === 10) pbf.readPackedVarint(kinds);
  });
  if (Number.isNaN(id)) throw new Error('a relation without an id');
  if (ids.length !== roles.length || ids.length !== kinds.length) {
    throw new Error(`${ids.length} members with ${roles.length} roles and ${kinds.length} kinds`);
  }
  const members = sumDeltas(ids).map((member, index): Member => {
    const kind = MEMBER_KINDS[kinds[index] ?? -1];
    if (!kind) throw new Error(`a member of kind ${kinds[index]}`);
    return { kind, id: member, role: block.text(roles[index] ?? 0) };
  });
  handler.relation?.(id, members, tagsOf(block, keys, values));
}
