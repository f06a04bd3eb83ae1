import { UNREACHED } from '../../model/network.ts';

/**
 * Put one new arc into a table of shortest times, in place: D[a][b] = min(D[a][b], D[a][tail] + cost + D[head][b]).
 *
 * Exact: a shortest path uses the arc at most once, so what stands before and after it is old. In place is safe, since the arc changes
 * neither the column of its tail nor the row of its head (both would have to go through it twice). Arcs put in one after another, in any
 * order, give the times of the network with all of them.
 *
 * @param times  milliseconds, row-major rows × columns, UNREACHED where there is no way; a place's time to itself is 0
 * @param tailColumn, headRow  the tail as a column, the head as a row
 * Cost O(rows · columns), less where a row cannot reach the tail; no allocation. Source: Ausiello et al. (1991) doi:10.1016/0196-6774(91)90036-X.
 */
export function insertArc(times: Uint32Array, columns: number, tailColumn: number, headRow: number, milliseconds: number): void {
  const fromHead = headRow * columns;
  for (let row = 0; row < times.length; row += columns) {
    const toTail = times[row + tailColumn]!;
    if (toTail === UNREACHED) continue;
    const toHead = toTail + milliseconds;
    for (let column = 0; column < columns; column++) {
      const onward = times[fromHead + column]!;
      if (onward === UNREACHED) continue;
      const through = toHead + onward;
      if (through < times[row + column]!) times[row + column] = through;
    }
  }
}
