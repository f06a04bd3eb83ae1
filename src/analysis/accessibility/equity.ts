/** A value of a group member and how many people it stands for. */
export interface Weighted {
  readonly value: number;
  readonly weight: number;
  readonly group: string;
}

/**
 * Lorenz curve: cumulative share of people (x) against share of the value (y), poorest first, from (0,0) to (1,1).
 * Cost O(n log n). Source: Lorenz (1905).
 */
export function lorenzCurve(rows: readonly Weighted[]): [number, number][] {
  const sorted = rows.slice().sort((a, b) => a.value - b.value);
  const people = sorted.reduce((sum, row) => sum + row.weight, 0);
  const total = sorted.reduce((sum, row) => sum + row.weight * row.value, 0);
  const curve: [number, number][] = [[0, 0]];
  let x = 0;
  let y = 0;
  for (const { value, weight } of sorted) {
    x += weight;
    y += weight * value;
    curve.push([people > 0 ? x / people : 0, total > 0 ? y / total : 0]);
  }
  return curve;
}

/** Population-weighted Gini coefficient: 1 less twice the area under the Lorenz curve (trapezoids). */
export function gini(rows: readonly Weighted[]): number {
  const curve = lorenzCurve(rows);
  let area = 0;
  for (let point = 1; point < curve.length; point++) {
    const [x0, y0] = curve[point - 1] ?? [0, 0];
    const [x1, y1] = curve[point] ?? [0, 0];
    area += ((x1 - x0) * (y0 + y1)) / 2;
  }
  return 1 - 2 * area;
}

/**
 * Theil's T and its exact split between and within groups: T = Σ s_g T_g + Σ s_g ln(ȳ_g / μ).
 * Rows of value 0 add nothing (y ln y → 0). Source: Theil (1967), Shorrocks (1980).
 */
export function theil(rows: readonly Weighted[]): { total: number; between: number; within: number } {
  const people = rows.reduce((sum, row) => sum + row.weight, 0);
  const value = rows.reduce((sum, row) => sum + row.weight * row.value, 0);
  if (!(value > 0)) return { total: 0, between: 0, within: 0 };
  const mean = value / people;
  const groups = groupRows(rows);
  let between = 0;
  for (const members of groups.values()) {
    const groupPeople = members.reduce((sum, row) => sum + row.weight, 0);
    const groupValue = members.reduce((sum, row) => sum + row.weight * row.value, 0);
    if (groupValue > 0) between += (groupValue / value) * Math.log(groupValue / groupPeople / mean);
  }
  let total = 0;
  for (const row of rows) {
    if (row.value > 0) total += ((row.weight * row.value) / value) * Math.log(row.value / mean);
  }
  return { total, between, within: total - between };
}

/** Palma ratio: mean value of the best-served tenth of people over that of the worst-served four tenths, read off the Lorenz curve. */
export function palma(rows: readonly Weighted[]): number | null {
  const curve = lorenzCurve(rows);
  const poorest = shareAt(curve, 0.4);
  const richest = 1 - shareAt(curve, 0.9);
  return poorest > 0 ? richest / 0.1 / (poorest / 0.4) : null;
}

function shareAt(curve: readonly [number, number][], share: number): number {
  for (let point = 1; point < curve.length; point++) {
    const [x0, y0] = curve[point - 1] ?? [0, 0];
    const [x1, y1] = curve[point] ?? [1, 1];
    if (x1 >= share) return x1 === x0 ? y1 : y0 + ((y1 - y0) * (share - x0)) / (x1 - x0);
  }
  return 1;
}

function groupRows(rows: readonly Weighted[]): Map<string, Weighted[]> {
  const groups = new Map<string, Weighted[]>();
  for (const row of rows) {
    const members = groups.get(row.group);
    if (members) members.push(row);
    else groups.set(row.group, [row]);
  }
  return groups;
}
