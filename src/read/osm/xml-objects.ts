import { isOnGlobe, type Member, NO_TAGS, type OsmHandler, type Tags } from './osm-objects.ts';

/** A fault of the file that ends the reading. */
export class XmlFault extends Error {}

type Attributes = Readonly<Record<string, string>>;
type Report = (feature: string, property: string, found: string, expected: string) => void;

interface Current {
  readonly kind: 'node' | 'way' | 'relation';
  readonly id: number;
  readonly isDeleted: boolean;
  readonly longitudeE7: number;
  readonly latitudeE7: number;
  readonly tags: Map<string, string>;
  readonly nodes: number[];
  readonly members: Member[];
}

/** A whole number as the API writes ids, or null. */
function readId(text: string | undefined): number | null {
  if (text === undefined || !/^-?\d{1,15}$/.test(text)) return null;
  return Number(text);
}

function readDegreesE7(text: string | undefined): number {
  if (text === undefined || text.trim() === '') return Number.NaN;
  return Math.round(Number(text) * 1e7);
}

/**
 * Elements of OpenStreetMap XML to objects. Faults of single objects are reported and the object is left out; a root that is not `osm` ends
 * the reading.
 *
 * @throws XmlFault
 */
export function createXmlObjects(handler: OsmHandler, report: Report) {
  let depth = 0;
  let current: Current | null = null;
  let hasRoot = false;

  const start = (kind: Current['kind'], attributes: Attributes) => {
    if (!handler[kind]) return;
    const id = readId(attributes.id);
    const isDeleted = attributes.action === 'delete' || attributes.visible === 'false';
    const [longitudeE7, latitudeE7] = [readDegreesE7(attributes.lon), readDegreesE7(attributes.lat)];
    if (id === null) report(kind, 'id', `"${attributes.id ?? 'nothing'}"`, 'a whole number');
    const isPlaced = kind !== 'node' || isDeleted || isOnGlobe(longitudeE7, latitudeE7);
    if (!isPlaced) report(`node ${attributes.id}`, 'lon, lat', `"${attributes.lon}", "${attributes.lat}"`, 'degrees WGS84');
    if (id === null || !isPlaced) return;
    current = { kind, id, isDeleted, longitudeE7, latitudeE7, tags: new Map(), nodes: [], members: [] };
  };

  const addTag = (object: Current, { k, v }: Attributes) => {
    if (k === undefined || v === undefined) {
      report(`${object.kind} ${object.id}`, 'tag', `k=${k ?? 'nothing'}, v=${v ?? 'nothing'}`, 'k and v');
    } else object.tags.set(k, v);
  };

  const addNode = (object: Current, { ref }: Attributes) => {
    const node = readId(ref);
    if (node === null) report(`way ${object.id}`, 'nd', `"${ref ?? 'nothing'}"`, 'the id of a node');
    else object.nodes.push(node);
  };

  const addMember = (object: Current, { type, ref, role }: Attributes) => {
    const id = readId(ref);
    const kind = (['node', 'way', 'relation'] as const).find((known) => known === type);
    if (id === null || !kind) report(`relation ${object.id}`, 'member', `${type} ${ref}`, 'node, way or relation with an id');
    else object.members.push({ kind, id, role: role ?? '' });
  };

  const inside = (object: Current, name: string, attributes: Attributes) => {
    if (name === 'tag') addTag(object, attributes);
    else if (name === 'nd' && object.kind === 'way') addNode(object, attributes);
    else if (name === 'member' && object.kind === 'relation') addMember(object, attributes);
  };

  return {
    open: (name: string, attributes: Attributes) => {
      depth += 1;
      if (depth === 1) {
        if (name !== 'osm') throw new XmlFault(`the root element is <${name}>, not <osm>`);
        hasRoot = true;
      } else if (depth === 2 && (name === 'node' || name === 'way' || name === 'relation')) start(name, attributes);
      else if (depth === 3 && current) inside(current, name, attributes);
    },
    close: (_name: string) => {
      depth -= 1;
      if (depth !== 1 || !current) return;
      const object: Current = current;
      current = null;
      if (object.isDeleted) return;
      const tags: Tags = object.tags.size > 0 ? object.tags : NO_TAGS;
      if (object.kind === 'node') handler.node?.(object.id, object.longitudeE7, object.latitudeE7, tags);
      else if (object.kind === 'way') handler.way?.(object.id, object.nodes, tags);
      else handler.relation?.(object.id, object.members, tags);
    },
    end: () => {
      if (!hasRoot) throw new XmlFault('there is no element in it');
    },
  };
}
