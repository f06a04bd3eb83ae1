import { applyUpgrades } from '../../build/apply-upgrade.ts';
import { freeze } from '../../build/freeze.ts';
import type { GraphOptions } from '../../build/graph-types.ts';
import { keepAccess } from '../../build/keep-access.ts';
import { buildRegionGraph } from '../../build/region-graph.ts';
import type { Region } from '../../model/tables.ts';
import type { Upgrade } from '../../model/upgrade.ts';
import { timeBenefit } from '../compare/time-benefit.ts';
import { gravityDemand } from '../demand/gravity-demand.ts';
import { zoneTimes } from '../zone-times.ts';
import { type SetProblem, type SetValue, setKey } from './set-problem.ts';

/**
 * Upgrades as a set problem: every set is applied to the region and the whole network computed anew.
 *
 * Trips are those of the region without any of them. Cost: one network build and one tree a zone for every new set.
 */
export function upgradeProblem(region: Region, upgrades: readonly Upgrade[], costs: readonly number[], options: GraphOptions): SetProblem {
  const { graph: graphBefore } = buildRegionGraph(region, options);
  const before = zoneTimes(freeze(graphBefore), region.zones);
  const trips = gravityDemand(before);
  const values = new Map<string, SetValue>();
  return {
    ids: upgrades.map(({ id }) => id),
    costs,
    hold: () => {},
    value: (set) => {
      const key = setKey(set);
      const known = values.get(key);
      if (known) return known;
      // applied in the order of the list, whatever the order of the question
      const chosen = upgrades.filter((_upgrade, index) => set.includes(index));
      const { graph } = buildRegionGraph(applyUpgrades(region, chosen).region, options);
      keepAccess(graph, graphBefore);
      const { byResidents, fixedDemand } = timeBenefit(before, zoneTimes(freeze(graph), region.zones), trips, trips);
      const value = { total: fixedDemand, byZone: byResidents };
      values.set(key, value);
      return value;
    },
  };
}
