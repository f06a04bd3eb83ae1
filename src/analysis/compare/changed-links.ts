import { isInSlice } from '../../build/graph-types.ts';
import { linkLines } from '../../build/link-lines.ts';
import type { Slice } from './slice-measures.ts';

/** A link that only one state has, or that is faster or slower in the other. */
export interface ChangedLink {
  readonly id: string;
  readonly name: string;
  readonly mode: 'road' | 'rail';
  readonly state: 'new' | 'gone' | 'changed';
  readonly positions: readonly (readonly [number, number])[];
}

/** Links of the tables that differ between two slices; a slice's links are those frozen into its network. */
export function changedLinks(before: Slice, after: Slice): ChangedLink[] {
  const [old, now] = [linksOf(before), linksOf(after)];
  const changed: ChangedLink[] = [];
  for (const [id, link] of now) {
    const was = old.get(id);
    if (!was) changed.push({ ...link.drawn, state: 'new' });
    else if (was.figures !== link.figures) changed.push({ ...link.drawn, state: 'changed' });
  }
  for (const [id, link] of old) if (!now.has(id)) changed.push({ ...link.drawn, state: 'gone' });
  return changed;
}

function linksOf({ region, frozen }: Slice): Map<string, { figures: string; drawn: Omit<ChangedLink, 'state'> }> {
  const inNetwork = new Set(frozen.network.linkIds);
  const lineOf = linkLines(region);
  const rows = [
    ...region.roads.map((link) => ({
      link,
      mode: 'road' as const,
      name: link.name || link.route,
      figures: `${link.speedKilometresPerHour} ${link.lanes}`,
    })),
    ...region.rail.map((link) => ({
      link,
      mode: 'rail' as const,
      name: link.lineName || link.line,
      figures: `${link.minutes} ${link.trainsPerDay}`,
    })),
  ];
  return new Map(
    rows
      .filter(({ link }) => inNetwork.has(link.id) && isInSlice(link, null))
      .flatMap(({ link: { id, from, to }, mode, name, figures }) => {
        const positions = lineOf(id, from, to);
        return positions ? [[id, { figures, drawn: { id, name, mode, positions } }]] : [];
      }),
  );
}
