import type { Bush } from './bush.ts';

/** Bushes that a run may change, with the originals kept. Cost O(arcs of all bushes). */
export function copyBushes(bushes: readonly Bush[]): Bush[] {
  return bushes.map((bush) => ({
    ...bush,
    order: bush.order.slice(),
    first: bush.first.slice(),
    arc: bush.arc.slice(),
    flow: bush.flow.slice(),
  }));
}
