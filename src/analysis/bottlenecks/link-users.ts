import { selectLink } from '../../kernels/assignment/select-link.ts';
import { UsageError } from '../../model/errors.ts';
import type { FlowInput } from '../../model/flow-input.ts';
import type { Assignment } from '../assignment/assign-trips.ts';

/** Trips of one pair of zones over a link. */
export interface LinkUser {
  readonly from: string;
  readonly to: string;
  readonly flow: number;
  /** of the link's flow */
  readonly share: number;
}

/**
 * Who uses a link (both directions of a two-way one): pairs of zones, most first. They add up to the flow of trips that pass it.
 *
 * @throws UsageError on an unknown link, or where the method keeps no paths
 * Cost: see selectLink.
 */
export function linkUsers(input: FlowInput, { bushes, compiled }: Assignment, link: string): LinkUser[] {
  if (!bushes) throw new UsageError('users of a link are known to --method bush alone');
  const rows = input.links.flatMap(({ id }, row) => (id === link ? [row] : []));
  if (rows.length === 0) throw new UsageError(`link is "${link}"; expected an id of the column link`);
  const { network } = compiled.problem;
  const isSelected = new Uint8Array(network.arcCount);
  for (const row of rows) {
    const arc = compiled.arcOf[row] ?? -1;
    if (arc >= 0) isSelected[arc] = 1;
  }
  const origins = new Map(input.zones.map(({ id, origin }) => [origin, id]));
  const destinations = new Map(input.zones.map(({ id, destination }) => [destination, id]));
  const { pairs } = selectLink(network, bushes, isSelected);
  const total = pairs.reduce((sum, { units }) => sum + units, 0);
  return pairs
    .map(({ origin, destination, units }) => {
      return { from: origins.get(origin) ?? '', to: destinations.get(destination) ?? '', flow: units, share: units / total };
    })
    .sort((a, b) => b.flow - a.flow || (a.from < b.from ? -1 : a.from > b.from ? 1 : a.to < b.to ? -1 : 1));
}
