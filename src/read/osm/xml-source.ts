import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import type { Readable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import { createGunzip } from 'node:zlib';
import { SaxesParser } from 'saxes';
import unbzip2 from 'unbzip2-stream';
import { DataError } from '../../model/errors.ts';
import type { Problem } from '../../model/problem.ts';
import type { OsmHandler, OsmSource } from './osm-objects.ts';
import { createXmlObjects, XmlFault } from './xml-objects.ts';

type Packing = 'none' | 'gzip' | 'bzip2';

/** Faults of one file beyond this many are only counted. */
const MOST_FAULTS = 1000;

/**
 * An OpenStreetMap XML file (API 0.6), plain or packed, read as a stream: memory does not grow with the file.
 * Objects with action="delete" or visible="false" are left out.
 */
export function xmlSource(path: string, packing: Packing): OsmSource {
  return {
    pass: async (handler) => {
      const problems: Problem[] = [];
      await readXml(path, packing, handler, problems);
      if (problems.length > 0) throw new DataError(problems);
    },
  };
}

async function readXml(path: string, packing: Packing, handler: OsmHandler, problems: Problem[]): Promise<void> {
  const file = basename(path);
  const parser = new SaxesParser();
  const report = (feature: string, property: string, found: string, expected: string) => {
    if (problems.length < MOST_FAULTS) problems.push({ severity: 'error', kind: 'broken-osm', file, feature, property, found, expected });
  };
  const objects = createXmlObjects(handler, (feature, property, found, expected) =>
    report(`line ${parser.line}, ${feature}`, property, found, expected),
  );
  parser.on('error', (error) => {
    throw new XmlFault(error.message, { cause: error });
  });
  parser.on('opentag', (tag) => objects.open(tag.name, tag.attributes as Record<string, string>));
  parser.on('closetag', (tag) => objects.close(tag.name));
  const raw = createReadStream(path, { highWaterMark: 1 << 18 });
  const text = packing === 'gzip' ? raw.pipe(createGunzip()) : packing === 'bzip2' ? (raw.pipe(unbzip2()) as unknown as Readable) : raw;
  raw.on('error', (error) => text.destroy?.(error));
  const decoder = new StringDecoder('utf8');
  try {
    await eachChunk(text, (chunk) => parser.write(decoder.write(chunk)));
    parser.write(decoder.end());
    parser.close();
    objects.end();
  } catch (error) {
    if (error instanceof Error && 'syscall' in error) throw error;
    const isOfFile = error instanceof XmlFault || (error instanceof Error && isPackingFault(error));
    if (!isOfFile) throw error;
    const expected = packing === 'none' ? 'a well-formed OpenStreetMap XML file' : `a whole ${packing} file of OpenStreetMap XML`;
    report(`line ${parser.line}`, 'file', error.message, expected);
  } finally {
    raw.destroy();
  }
}

/** Faults that the unpackers report: zlib by code, bzip2 by any error of its stream. */
function isPackingFault(error: Error): boolean {
  return 'isPacking' in error || ('code' in error && typeof error.code === 'string' && error.code.startsWith('Z_'));
}

/** The chunks of a stream in order; old-style streams (bzip2) included. An error of the stream itself is marked as the packing's. */
function eachChunk(stream: Readable, take: (chunk: Buffer) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    let isDone = false;
    const finish = (error?: unknown) => {
      if (isDone) return;
      isDone = true;
      if (error === undefined) resolve();
      else reject(error);
    };
    stream.on('data', (chunk: Buffer) => {
      if (isDone) return;
      try {
        take(chunk);
      } catch (error) {
        finish(error);
      }
    });
    stream.on('end', () => finish());
    stream.on('error', (error: Error) => {
      finish('syscall' in error ? error : Object.assign(new Error(error.message, { cause: error }), { isPacking: true }));
    });
  });
}
