import { seededRandom } from '../../kernels/seeded-random.ts';

/** One candidate as skill sees it. */
export interface Judged {
  readonly score: number;
  readonly isBuilt: boolean;
  /** candidates of one stratum are compared with each other alone */
  readonly stratum: number;
  /** candidates of one block are drawn together */
  readonly block: number;
}

/**
 * Area under the curve within strata: the share of pairs (built, unbuilt) of one stratum where the built one scores higher, ties half.
 *
 * @param weight  how often each candidate counts; all once where absent
 * @returns       null where no stratum holds both
 * Cost O(n log n). Source: Hanley and McNeil (1982) doi:10.1148/radiology.143.1.7063747; strata as in Janes and Pepe (2008).
 */
export function stratifiedAuc(rows: readonly Judged[], order: Uint32Array = orderOfStrata(rows), weight?: Float64Array): number | null {
  let concordant = 0;
  let compared = 0;
  for (let start = 0; start < order.length; ) {
    const stratum = rows[order[start] ?? 0]?.stratum;
    let end = start;
    while (end < order.length && rows[order[end] ?? 0]?.stratum === stratum) end += 1;
    const part = aucOfStratum(rows, order.subarray(start, end), weight);
    concordant += part.concordant;
    compared += part.compared;
    start = end;
  }
  return compared > 0 ? concordant / compared : null;
}

/** Candidates by stratum, then by score: made once, used for every draw of a bootstrap. */
function orderOfStrata(rows: readonly Judged[]): Uint32Array {
  const keyed = rows.map((row, index) => ({ row, index }));
  keyed.sort((a, b) => a.row.stratum - b.row.stratum || a.row.score - b.row.score || a.index - b.index);
  return Uint32Array.from(keyed, ({ index }) => index);
}

function aucOfStratum(rows: readonly Judged[], order: Uint32Array, weight?: Float64Array): { concordant: number; compared: number } {
  let unbuiltBelow = 0;
  let built = 0;
  let concordant = 0;
  for (let start = 0; start < order.length; ) {
    const score = rows[order[start] ?? 0]?.score;
    let builtHere = 0;
    let unbuiltHere = 0;
    let end = start;
    for (; end < order.length && rows[order[end] ?? 0]?.score === score; end++) {
      const index = order[end] ?? 0;
      const count = weight ? (weight[index] ?? 0) : 1;
      if (rows[index]?.isBuilt) builtHere += count;
      else unbuiltHere += count;
    }
    concordant += builtHere * (unbuiltBelow + unbuiltHere / 2);
    built += builtHere;
    unbuiltBelow += unbuiltHere;
    start = end;
  }
  return { concordant, compared: built * unbuiltBelow };
}

export interface Interval {
  readonly low: number | null;
  readonly high: number | null;
}

/**
 * 95% interval of the stratified AUC: percentiles over draws of whole blocks with replacement.
 *
 * Cost O(draws · n). Source: Efron and Tibshirani (1993); blocks as in Künsch (1989) doi:10.1214/aos/1176347265, on the map.
 */
export function aucInterval(rows: readonly Judged[], draws: number, seed: number): Interval {
  const random = seededRandom(seed);
  const order = orderOfStrata(rows);
  const blocks = [...new Set(rows.map((row) => row.block))].sort((a, b) => a - b);
  const placeOf = new Map(blocks.map((block, place) => [block, place]));
  const blockOf = Uint32Array.from(rows, (row) => placeOf.get(row.block) ?? 0);
  const weight = new Float64Array(rows.length);
  const found: number[] = [];
  for (let draw = 0; draw < draws; draw++) {
    const times = new Uint32Array(blocks.length);
    for (let pick = 0; pick < blocks.length; pick++) {
      const chosen = random.below(blocks.length);
      times[chosen] = (times[chosen] ?? 0) + 1;
    }
    for (let row = 0; row < rows.length; row++) weight[row] = times[blockOf[row] ?? 0] ?? 0;
    const auc = stratifiedAuc(rows, order, weight);
    if (auc !== null) found.push(auc);
  }
  found.sort((a, b) => a - b);
  const at = (share: number) => found[Math.min(found.length - 1, Math.floor(share * found.length))] ?? null;
  return { low: at(0.025), high: at(0.975) };
}

/** Share of the first k by score that were built; null where there are fewer than k. Ties by position. */
export function precisionAt(sorted: readonly Judged[], count: number): number | null {
  return sorted.length < count ? null : sorted.slice(0, count).filter((row) => row.isBuilt).length / count;
}

/** Share of the built that are among the first k; null where nothing was built. */
export function recallAt(sorted: readonly Judged[], count: number): number | null {
  const built = sorted.filter((row) => row.isBuilt).length;
  return built === 0 ? null : sorted.slice(0, count).filter((row) => row.isBuilt).length / built;
}
