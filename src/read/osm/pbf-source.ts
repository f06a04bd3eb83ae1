import { basename } from 'node:path';
import { PbfReader } from 'pbf';
import { DataError } from '../../model/errors.ts';
import type { OsmHandler, OsmSource } from './osm-objects.ts';
import { messageEnd, PbfFault, readBlobs, readMessage, reasonOf } from './pbf-blobs.ts';
import { HOLDS, readBlock } from './pbf-block.ts';

const UNDERSTOOD = new Set(['OsmSchema-V0.6', 'DenseNodes']);

/**
 * An OpenStreetMap PBF file. The first pass notes what each blob holds, so that later passes unpack only those they need.
 * One blob (at most 32 MiB unpacked) is in memory at a time.
 */
export function pbfSource(path: string): OsmSource {
  const holds: number[] = [];
  return {
    pass: async (handler) => {
      let at = 0;
      try {
        let isFirst = true;
        for (const blob of readBlobs(path)) {
          at = blob.offset;
          if (isFirst && blob.type !== 'OSMHeader') throw new PbfFault(at, `"${blob.type}" as the first blob`, 'OSMHeader');
          isFirst = false;
          if (blob.type === 'OSMHeader') checkHeader(blob.unpack(), at);
          else if (blob.type === 'OSMData' && mayHold(holds[blob.index], handler)) holds[blob.index] = readBlock(blob.unpack(), handler);
        }
        if (isFirst) throw new PbfFault(0, 'an empty file', 'an OSMHeader blob');
      } catch (error) {
        throw faultOf(error, path, at);
      }
    },
  };
}

function mayHold(holds: number | undefined, handler: OsmHandler): boolean {
  if (holds === undefined) return true;
  return (['node', 'way', 'relation'] as const).some((kind) => handler[kind] && (holds & HOLDS[kind]) !== 0);
}

function checkHeader(bytes: Uint8Array, offset: number): void {
  const pbf = new PbfReader(bytes);
  const needs: string[] = [];
  try {
    readMessage(pbf, bytes.length, (tag) => {
      if (tag !== 4) return;
      const end = messageEnd(pbf);
      needs.push(Buffer.from(bytes.subarray(pbf.pos, end)).toString('utf8'));
      pbf.pos = end;
    });
  } catch (error) {
    throw new PbfFault(offset, `a file header that cannot be read (${reasonOf(error)})`, 'a HeaderBlock', { cause: error });
  }
  const unknown = needs.filter((feature) => !UNDERSTOOD.has(feature));
  if (unknown.length > 0) {
    const expected = 'a file of the present state (osmium time-filter makes one of a history file)';
    throw new PbfFault(offset, `a file that needs ${unknown.join(', ')}`, expected);
  }
}

/** Faults of the format become data errors with their byte; our own faults and those of the disk stay what they are. */
function faultOf(error: unknown, path: string, offset: number): unknown {
  if (error instanceof DataError || (error instanceof Error && 'syscall' in error)) return error;
  if (error instanceof TypeError || error instanceof ReferenceError) return error;
  const isFault = error instanceof PbfFault;
  const problem = {
    severity: 'error',
    kind: 'broken-pbf',
    file: basename(path),
    feature: `byte ${isFault ? error.offset : offset}`,
    property: 'blob',
    found: reasonOf(error),
    expected: isFault ? error.expected : 'a block of OpenStreetMap objects',
  } as const;
  return new DataError([problem], { cause: error });
}
