import { DataError } from './errors.ts';
import type { Network } from './network.ts';
import { sha256 } from './sha256.ts';

/** "CORRIDOR" as two little-endian words. */
const MAGIC = [0x52524f43, 0x524f4449] as const;
const SNAPSHOT_VERSION = 1;
/** magic, version, counts, bytes of the ids, then the hash as 8 words; the rest is kept for later versions */
const HEADER_BYTES = 128;
const HASH_WORD = 16;
const ALIGNMENT = 8;
const NAME = 'snapshot';

/** Lengths that the header holds, in its order from word 3 on. */
interface Lengths {
  readonly nodeCount: number;
  readonly arcCount: number;
  readonly linkCount: number;
  readonly nodeIdBytes: number;
  readonly linkIdBytes: number;
}

/**
 * A network as one block of bytes that is used where it lies: in memory, in a file, or shared between threads.
 *
 * Layout, little-endian, each column on a multiple of 8 bytes: header (128), firstArc, arcHead, arcCost, arcLink, longitude, latitude, ends of
 * node ids, node ids (UTF-8), ends of link ids, link ids. The same network gives the same bytes.
 * Bytes: 128 + nodes · (24 + id) + arcs · 12 + links · (4 + id).
 *
 * @param allocate  where the bytes lie: `(bytes) => new SharedArrayBuffer(bytes)` for threads
 * Cost O(bytes), with a SHA-256.
 */
export function snapshotOf<B extends ArrayBufferLike>(network: Network, allocate: (bytes: number) => B): B {
  const nodeIds = encodeIds(network.nodeIds);
  const linkIds = encodeIds(network.linkIds);
  const lengths: Lengths = {
    nodeCount: network.nodeCount,
    arcCount: network.arcCount,
    linkCount: network.linkIds.length,
    nodeIdBytes: nodeIds.text.length,
    linkIdBytes: linkIds.text.length,
  };
  const places = layout(lengths);
  const buffer = allocate(places.end);
  const words = new Uint32Array(buffer, 0, HEADER_BYTES / 4);
  words.set([...MAGIC, SNAPSHOT_VERSION, ...Object.values(lengths)]);
  const columns = views(buffer, 0, lengths);
  columns.firstArc.set(network.firstArc);
  columns.arcHead.set(network.arcHead);
  columns.arcCost.set(network.arcCost);
  columns.arcLink.set(network.arcLink);
  columns.longitude.set(network.longitude);
  columns.latitude.set(network.latitude);
  columns.nodeIdEnds.set(nodeIds.ends);
  columns.nodeIdText.set(nodeIds.text);
  columns.linkIdEnds.set(linkIds.ends);
  columns.linkIdText.set(linkIds.text);
  const hash = sha256(new Uint8Array(buffer, HEADER_BYTES));
  words.set(hash.match(/.{8}/g)?.map((digits) => Number.parseInt(digits, 16)) ?? [], HASH_WORD);
  return buffer;
}

/**
 * The network that lies in a snapshot: its columns are views of the bytes, nothing is copied or parsed; ids are read when first asked for.
 *
 * @throws DataError where the bytes are no snapshot, of another version, or cut short
 * Cost O(1).
 */
export function networkInSnapshot(buffer: ArrayBufferLike, byteOffset = 0): Network {
  const lengths = readLengths(buffer, byteOffset);
  const columns = views(buffer, byteOffset, lengths);
  let nodeIds: readonly string[] | null = null;
  let linkIds: readonly string[] | null = null;
  return {
    nodeCount: lengths.nodeCount,
    arcCount: lengths.arcCount,
    firstArc: columns.firstArc,
    arcHead: columns.arcHead,
    arcCost: columns.arcCost,
    arcLink: columns.arcLink,
    longitude: columns.longitude,
    latitude: columns.latitude,
    get nodeIds(): readonly string[] {
      nodeIds ??= decodeIds(columns.nodeIdEnds, columns.nodeIdText);
      return nodeIds;
    },
    get linkIds(): readonly string[] {
      linkIds ??= decodeIds(columns.linkIdEnds, columns.linkIdText);
      return linkIds;
    },
  };
}

/** The content hash that the header states: SHA-256 of all bytes after the header. @throws as networkInSnapshot */
export function snapshotHash(buffer: ArrayBufferLike, byteOffset = 0): string {
  readLengths(buffer, byteOffset);
  const words = new Uint32Array(buffer, byteOffset + HASH_WORD * 4, 8);
  return Array.from(words, (word) => word.toString(16).padStart(8, '0')).join('');
}

/** Hold the bytes against the hash, as after a journey. @throws DataError where they differ; as networkInSnapshot */
export function verifySnapshot(buffer: ArrayBufferLike, byteOffset = 0): void {
  const expected = snapshotHash(buffer, byteOffset);
  const { end } = layout(readLengths(buffer, byteOffset));
  const found = sha256(new Uint8Array(buffer, byteOffset + HEADER_BYTES, end - HEADER_BYTES));
  if (found !== expected) throw fault('hash', found, expected);
}

function fault(property: string, found: string, expected: string): DataError {
  return new DataError([{ severity: 'error', kind: 'bad-snapshot', file: NAME, feature: 'header', property, found, expected }]);
}

function readLengths(buffer: ArrayBufferLike, byteOffset: number): Lengths {
  const available = buffer.byteLength - byteOffset;
  if (available < HEADER_BYTES) throw fault('bytes', String(available), `at least ${HEADER_BYTES}`);
  if (byteOffset % ALIGNMENT !== 0) throw fault('offset', String(byteOffset), `a multiple of ${ALIGNMENT}`);
  const [low = 0, high = 0, version = 0, nodeCount = 0, arcCount = 0, linkCount = 0, nodeIdBytes = 0, linkIdBytes = 0] = new Uint32Array(
    buffer,
    byteOffset,
    8,
  );
  if (low !== MAGIC[0] || high !== MAGIC[1]) throw fault('magic', `${low.toString(16)} ${high.toString(16)}`, 'CORRIDOR');
  if (version !== SNAPSHOT_VERSION) throw fault('version', String(version), String(SNAPSHOT_VERSION));
  const lengths = { nodeCount, arcCount, linkCount, nodeIdBytes, linkIdBytes };
  const { end } = layout(lengths);
  if (available < end) throw fault('bytes', String(available), `at least ${end}: the snapshot is cut short`);
  return lengths;
}

function layout({ nodeCount, arcCount, linkCount, nodeIdBytes, linkIdBytes }: Lengths) {
  let end = HEADER_BYTES;
  const place = (bytes: number): number => {
    const start = end;
    end += Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;
    return start;
  };
  const places = {
    firstArc: place((nodeCount + 1) * 4),
    arcHead: place(arcCount * 4),
    arcCost: place(arcCount * 4),
    arcLink: place(arcCount * 4),
    longitude: place(nodeCount * 8),
    latitude: place(nodeCount * 8),
    nodeIdEnds: place(nodeCount * 4),
    nodeIdText: place(nodeIdBytes),
    linkIdEnds: place(linkCount * 4),
    linkIdText: place(linkIdBytes),
  };
  return { ...places, end };
}

function views(buffer: ArrayBufferLike, offset: number, lengths: Lengths) {
  const at = layout(lengths);
  const { nodeCount, arcCount, linkCount, nodeIdBytes, linkIdBytes } = lengths;
  return {
    firstArc: new Uint32Array(buffer, offset + at.firstArc, nodeCount + 1),
    arcHead: new Uint32Array(buffer, offset + at.arcHead, arcCount),
    arcCost: new Uint32Array(buffer, offset + at.arcCost, arcCount),
    arcLink: new Uint32Array(buffer, offset + at.arcLink, arcCount),
    longitude: new Float64Array(buffer, offset + at.longitude, nodeCount),
    latitude: new Float64Array(buffer, offset + at.latitude, nodeCount),
    nodeIdEnds: new Uint32Array(buffer, offset + at.nodeIdEnds, nodeCount),
    nodeIdText: new Uint8Array(buffer, offset + at.nodeIdText, nodeIdBytes),
    linkIdEnds: new Uint32Array(buffer, offset + at.linkIdEnds, linkCount),
    linkIdText: new Uint8Array(buffer, offset + at.linkIdText, linkIdBytes),
  };
}

function encodeIds(ids: readonly string[]): { ends: Uint32Array; text: Uint8Array } {
  const encoder = new TextEncoder();
  const ends = new Uint32Array(ids.length);
  const parts = ids.map((id) => encoder.encode(id));
  let end = 0;
  parts.forEach((part, index) => {
    end += part.length;
    ends[index] = end;
  });
  const text = new Uint8Array(end);
  parts.forEach((part, index) => {
    text.set(part, (ends[index] ?? 0) - part.length);
  });
  return { ends, text };
}

function decodeIds(ends: Uint32Array, text: Uint8Array): string[] {
  // decoders refuse shared bytes, so they are copied first
  const bytes = Uint8Array.from(text);
  const decoder = new TextDecoder();
  return Array.from(ends, (end, index) => decoder.decode(bytes.subarray(index === 0 ? 0 : ends[index - 1], end)));
}
