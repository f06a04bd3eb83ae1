import { deflateSync } from 'node:zlib';
import { PbfWriter } from 'pbf';

export interface WrittenNode {
  readonly id: number;
  readonly longitudeE7: number;
  readonly latitudeE7: number;
  readonly tags?: Readonly<Record<string, string>>;
}

export interface WrittenWay {
  readonly id: number;
  readonly nodes: readonly number[];
  readonly tags: Readonly<Record<string, string>>;
}

export interface WrittenRelation {
  readonly id: number;
  /** ids, roles and kinds (0 node, 1 way) of the members */
  readonly members: readonly (readonly [number, string, 0 | 1])[];
  readonly tags: Readonly<Record<string, string>>;
}

function blob(type: string, bytes: Uint8Array, isPacked: boolean): Buffer {
  const body = new PbfWriter();
  if (isPacked) {
    body.writeVarintField(2, bytes.length);
    body.writeBytesField(3, deflateSync(bytes));
  } else body.writeBytesField(1, bytes);
  const data = Buffer.from(body.finish());
  const header = new PbfWriter();
  header.writeStringField(1, type);
  header.writeVarintField(3, data.length);
  const head = Buffer.from(header.finish());
  const length = Buffer.alloc(4);
  length.writeUInt32BE(head.length);
  return Buffer.concat([length, head, data]);
}

const deltas = (values: readonly number[]) => values.map((value, index) => value - (values[index - 1] ?? 0));

/** A small PBF file, for tests: dense nodes and ways, packed by zlib or plain, with the features that it needs. */
export function writePbf(
  nodes: readonly WrittenNode[],
  ways: readonly WrittenWay[],
  {
    isPacked = true,
    needs = ['OsmSchema-V0.6', 'DenseNodes'],
    relations = [],
  }: { isPacked?: boolean; needs?: readonly string[]; relations?: readonly WrittenRelation[] } = {},
): Buffer {
  const texts = [''];
  const textOf = (text: string) => {
    const known = texts.indexOf(text);
    return known >= 0 ? known : texts.push(text) - 1;
  };
  const keyValues = nodes.flatMap(({ tags = {} }) => [...Object.entries(tags).flatMap(([key, value]) => [textOf(key), textOf(value)]), 0]);
  const group = new PbfWriter();
  group.writeMessage(
    2,
    (_none, dense) => {
      dense.writePackedSVarint(1, deltas(nodes.map((node) => node.id)));
      dense.writePackedSVarint(8, deltas(nodes.map((node) => node.latitudeE7)));
      dense.writePackedSVarint(9, deltas(nodes.map((node) => node.longitudeE7)));
      dense.writePackedVarint(10, keyValues);
    },
    null,
  );
  const wayGroup = new PbfWriter();
  for (const { id, nodes: refs, tags } of ways) {
    wayGroup.writeMessage(
      3,
      (_none, writer) => {
        writer.writeVarintField(1, id);
        writer.writePackedVarint(2, Object.keys(tags).map(textOf));
        writer.writePackedVarint(3, Object.values(tags).map(textOf));
        writer.writePackedSVarint(8, deltas(refs));
      },
      null,
    );
  }
  const relationGroup = new PbfWriter();
  for (const { id, members, tags } of relations) {
    relationGroup.writeMessage(
      4,
      (_none, writer) => {
        writer.writeVarintField(1, id);
        writer.writePackedVarint(2, Object.keys(tags).map(textOf));
        writer.writePackedVarint(3, Object.values(tags).map(textOf));
        writer.writePackedVarint(
          8,
          members.map(([, role]) => textOf(role)),
        );
        writer.writePackedSVarint(9, deltas(members.map(([member]) => member)));
        writer.writePackedVarint(
          10,
          members.map(([, , kind]) => kind),
        );
      },
      null,
    );
  }
  const block = new PbfWriter();
  block.writeMessage(
    1,
    (_none, table) => {
      for (const text of texts) table.writeBytesField(1, Buffer.from(text));
    },
    null,
  );
  block.writeBytesField(2, group.finish());
  block.writeBytesField(2, wayGroup.finish());
  if (relations.length > 0) block.writeBytesField(2, relationGroup.finish());
  const header = new PbfWriter();
  for (const feature of needs) header.writeStringField(4, feature);
  return Buffer.concat([blob('OSMHeader', header.finish(), isPacked), blob('OSMData', block.finish(), isPacked)]);
}
