import { expect } from 'chai';
import { hasRoutino } from '../../support/routino.ts';
import { compareWithRoutino, MISSED, NEITHER, ROUNDED, SAME, TURNED, UNREAD } from '../../support/routino-comparison.ts';
import { itWithShared, sharedPath } from '../../support/shared-data.ts';

/** Liechtenstein: km/h; Washington: miles, 121 restrictions, reversible roads. docs/openstreetmap.md has 200 pairs each of larger extracts. */
const EXTRACTS = [
  ['osm/valhalla_liechtenstein-latest.osm.pbf', 5],
  ['osm/r5_cathedral-no-left.osm.pbf', 8.04672],
] as const;
const PAIRS = 50;

describe('times against an independent router, Routino', () => {
  for (const [file, unit] of EXTRACTS) {
    const name = `of ${PAIRS} random pairs are equal on one ruler, or their difference is explained: ${file}`;
    if (!hasRoutino()) {
      it.skip(`${name} (needs routino)`);
      continue;
    }
    itWithShared(name, [file], async () => {
      const { pairs } = await compareWithRoutino(sharedPath(file), unit, PAIRS, 1);
      const explained = new Set([SAME, ROUNDED, TURNED, UNREAD, MISSED, NEITHER]);
      expect(pairs.filter(({ verdict }) => !explained.has(verdict))).to.deep.equal([]);
      expect(pairs.filter(({ verdict }) => verdict === SAME).length).to.be.at.least(0.8 * PAIRS);
      for (const { from, to, segments, segmentsAgreed, minutes, routinoMinutesHere, verdict } of pairs) {
        // Routino's own metres and speeds, segment by segment, are those of our places and rules
        expect(segmentsAgreed, `${from} to ${to}`).to.equal(segments);
        if (verdict === SAME) expect(routinoMinutesHere, `${from} to ${to}`).to.be.closeTo(minutes, 5e-3);
      }
    });
  }
});
