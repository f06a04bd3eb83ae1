import type { Tags } from './osm-objects.ts';

/** Places that stand for themselves; parts of towns count only where a file holds none of these. */
const SETTLEMENTS = new Set(['city', 'town', 'village', 'hamlet', 'municipality']);
const PARTS = new Set(['borough', 'suburb', 'quarter', 'neighbourhood']);

export interface PlaceTags {
  readonly kind: string;
  readonly isSettlement: boolean;
  readonly name: string;
  readonly nameLocal: string;
  readonly population: number | null;
}

/** A count of people as mappers write it: "1234", "1,234", "1 234", "1.234", "1234 (2010)"; null where it is no plain count. */
export function readPopulation(text: string | undefined): number | null {
  if (text === undefined) return null;
  const bare = text.replace(/\([^)]*\)|\[[^\]]*\]/g, '').trim();
  if (/^\d{1,9}$/.test(bare)) return Number(bare);
  if (/^\d{1,3}(?:([,. '’\u00a0\u202f])\d{3})(?:\1\d{3})*$/.test(bare)) return Number(bare.replace(/\D/g, ''));
  return null;
}

/** Name in English where there is one, and the name on the spot. */
export function namesOf(tags: Tags): { name: string; nameLocal: string } {
  const local = tags.get('name') ?? '';
  return { name: tags.get('name:en') ?? tags.get('int_name') ?? local, nameLocal: local };
}

/** A node as a place where people live, or null. */
export function readPlace(tags: Tags): PlaceTags | null {
  const kind = tags.get('place') ?? '';
  if (!SETTLEMENTS.has(kind) && !PARTS.has(kind)) return null;
  return { kind, isSettlement: SETTLEMENTS.has(kind), ...namesOf(tags), population: readPopulation(tags.get('population')) };
}

/** Level of an administrative boundary from 4 (province, state) to 8 (municipality), or null. */
export function borderLevel(tags: Tags): number | null {
  if (tags.get('boundary') !== 'administrative') return null;
  const level = tags.get('admin_level') ?? '';
  return /^[4-8]$/.test(level) ? Number(level) : null;
}
