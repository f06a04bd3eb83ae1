import type { Track } from '../../model/surroundings.ts';
import { byCodePoint } from '../../model/units.ts';
import type { OsmData } from './collect.ts';
import { STRUCTURE } from './highway-rules.ts';
import { waysOfLink } from './link-rows.ts';
import { linkKilometres, mergeChains } from './merge-chains.ts';
import { splitWays } from './split-ways.ts';

/** Railway tracks cut at switches and joined where nothing changes, in order of their ids. Cost O(positions + tracks log tracks). */
export function* trackRows(data: OsmData): Generator<Track> {
  const { rails, nodes } = data;
  const pieces = splitWays(rails, nodes, 'trains', data.tally);
  const profileOf = (piece: number) => rails.profiles[rails.profile[pieces.way[piece] ?? 0] ?? 0];
  const links = mergeChains(pieces, {
    isAlike: (a, b) => profileOf(a) === profileOf(b),
    isOneway: () => false,
    isKept: new Uint8Array(pieces.vertices.count),
  });
  const kilometres = linkKilometres(pieces, links);
  const rows = Array.from({ length: links.count }, (_none, link) => {
    const piece = links.leader[link] ?? 0;
    const way = pieces.way[piece] ?? 0;
    return { link, piece, id: `w${rails.id[way]}.${piece - (pieces.firstOfWay[way] ?? 0)}` };
  }).sort((a, b) => byCodePoint(a.id, b.id));
  for (const { link, piece, id } of rows) {
    const profile = profileOf(piece);
    if (!profile) continue;
    const { speed, ...said } = profile;
    const { structure, geometry } = waysOfLink(rails, nodes, pieces, links, link);
    yield {
      id,
      ...said,
      speedKilometresPerHour: Number(speed.toFixed(2)),
      lengthKilometres: Number((kilometres[link] ?? 0).toFixed(6)),
      bridge: (structure & STRUCTURE.bridge) !== 0,
      tunnel: (structure & STRUCTURE.tunnel) !== 0,
      geometry,
    };
  }
}
