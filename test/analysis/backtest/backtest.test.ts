import { expect } from 'chai';
import fc from 'fast-check';
import { openedSince, regionAsOf } from '../../../src/analysis/backtest/as-of.ts';
import type { BacktestCase, PastCandidate } from '../../../src/analysis/backtest/backtest-case.ts';
import { corridorMean } from '../../../src/analysis/backtest/corridor-mean.ts';
import { FEATURES } from '../../../src/analysis/backtest/features.ts';
import { fitScores } from '../../../src/analysis/backtest/fit-score.ts';
import { matchKilometres, routePieces } from '../../../src/analysis/backtest/lenient-match.ts';
import { fitMonotoneModel, rankTerms, scoresOf } from '../../../src/analysis/backtest/pair-model.ts';
import { aucInterval, type Judged, stratifiedAuc } from '../../../src/analysis/backtest/skill.ts';
import { seededRandom } from '../../../src/kernels/seeded-random.ts';
import type { Region } from '../../../src/model/tables.ts';
import { openLinkScore } from '../../../src/open/open-link-score.ts';
import { openRegion } from '../../../src/open/open-network.ts';
import { seat, twoJurisdictions } from '../../support/two-jurisdictions.ts';

describe('the network as of a year', () => {
  it('holds no link opened later, and no assumed link to a junction that only later links touch', () => {
    for (const [name, year] of [
      ['tokyo', 1985],
      ['jing-jin-ji', 2005],
      ['boston-washington', 1962],
    ] as const) {
      // prettier-ignore
      const { region } = openRegion(name);
      const { region: then, laterJunctions, assumedLinksDropped } = regionAsOf(region, year);
      expect(then.roads.filter((road) => (road.opened ?? 0) > year)).to.deep.equal([]);
      expect(then.rail.filter((link) => (link.opened ?? 0) > year)).to.deep.equal([]);
      const later = new Set(laterJunctions);
      expect(then.roads.filter((road) => later.has(road.from) || later.has(road.to))).to.deep.equal([]);
      const touched = region.roads.filter((road) => road.basis.startsWith('assumed') && (later.has(road.from) || later.has(road.to)));
      expect(touched.filter((road) => road.opened === null || road.opened <= year)).to.have.length(assumedLinksDropped);
    }
  });

  it('runs no service over links that its line opened later', () => {
    const { region } = openRegion('jing-jin-ji');
    const { region: then } = regionAsOf(region, 2005);
    for (const service of then.services) {
      const own = region.rail.filter((link) => link.line === service.line && (link.opened ?? 0) > 2005);
      const joinsLater = service.stops.some((stop, position) =>
        own.some((link) => [link.from, link.to].includes(stop) && [link.from, link.to].includes(service.stops[position - 1] ?? '')),
      );
      expect(joinsLater, service.id).to.equal(false);
    }
  });
});

describe('the lenient match', () => {
  const whole = twoJurisdictions({ hasBridge: true });
  const routed: Region = {
    ...whole,
    roads: whole.roads.map((road) => ({ ...road, route: road.from.endsWith('r0') ? 'A' : 'B', opened: 2010 })),
  };
  const place = (id: string) => {
    const { longitude = 0, latitude = 0 } = whole.junctions.find((junction) => junction.id === id) ?? {};
    return [longitude, latitude] as const;
  };
  const pick = (from: string, to: string, lengthKilometres: number) => ({ fromLonLat: place(from), toLonLat: place(to), lengthKilometres });

  it('reaches 15 km at most and 0.4 of the length for short links', () => {
    expect(matchKilometres(20)).to.equal(8);
    expect(matchKilometres(100)).to.equal(15);
  });

  it('takes a chain of links of one route, and no chain that changes routes', () => {
    const row = routed.roads.filter((road) => road.from.endsWith('r0') && road.to.endsWith('r0'));
    const { match } = routePieces(routed, openedSince(row, 2005));
    expect(match(pick(seat(0, 0), seat(4, 0), 80))).to.equal('A');
    expect(match(pick(seat(0, 0), seat(4, 1), 82))).to.equal(null);
    const split = row.map((road, index) => ({ ...road, route: index < 2 ? 'A' : 'C' }));
    expect(routePieces(routed, split).match(pick(seat(0, 0), seat(4, 0), 80))).to.equal(null);
    expect(routePieces(routed, openedSince(row, 2010)).match(pick(seat(0, 0), seat(4, 0), 80))).to.equal(null);
  });
});

const rows = fc.array(fc.record({ score: fc.integer({ min: 0, max: 5 }), isBuilt: fc.boolean(), stratum: fc.nat(2), block: fc.nat(4) }), {
  minLength: 1,
  maxLength: 40,
});

describe('the area under the curve within strata', () => {
  it('equals the share of pairs, counted one by one', () => {
    fc.assert(
      fc.property(rows, (candidates) => {
        let concordant = 0;
        let compared = 0;
        for (const built of candidates.filter((row) => row.isBuilt)) {
          for (const other of candidates.filter((row) => !row.isBuilt && row.stratum === built.stratum)) {
            compared += 1;
            concordant += built.score > other.score ? 1 : built.score === other.score ? 0.5 : 0;
          }
        }
        const auc = stratifiedAuc(candidates);
        if (compared === 0) expect(auc).to.equal(null);
        else expect(auc).to.be.closeTo(concordant / compared, 1e-12);
      }),
    );
  });

  it('has an interval that holds ½ for a score that knows nothing', () => {
    const random = seededRandom(3);
    const candidates = Array.from({ length: 600 }, (_value, index): Judged => {
      return { score: random.uniform(), isBuilt: random.uniform() < 0.2, stratum: index % 10, block: index % 30 };
    });
    const { low, high } = aucInterval(candidates, 200, 1);
    expect(low).to.be.lessThan(0.5);
    expect(high).to.be.greaterThan(0.5);
  });
});

/** Candidates whose first feature decides what is built. */
function madeUpCase(regionId: string, mode: 'road' | 'rail', seed: number, sign: number): BacktestCase {
  const random = seededRandom(seed);
  const candidates = Array.from({ length: 60 }, (_value, index) => {
    const features = Float64Array.from(FEATURES, () => random.uniform());
    const isBuilt = sign * ((features[0] ?? 0) - 0.5) + 0.2 * random.normal() > 0.2;
    // a degree apart, so that each is a corridor of its own
    const candidate = { fromLonLat: [index, 0], toLonLat: [index, 0.2] };
    const where = { candidate, straightKilometres: 22, stratum: index % 4, block: index % 9 };
    return { ...where, features, builtRoute: isBuilt ? 'r' : null } as unknown as PastCandidate;
  });
  return { regionId, year: 2000, mode, candidates } as unknown as BacktestCase;
}

describe('the mean over a corridor', () => {
  it('is that over all candidates whose ends lie within the match distance, counted one by one', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), (seed) => {
        const random = seededRandom(seed);
        const places = Array.from({ length: 40 }, () => {
          const [x, y, angle, kilometres] = [
            random.uniform() * 30,
            random.uniform() * 30,
            random.uniform() * 6.28,
            5 + random.uniform() * 50,
          ];
          const to = [x + Math.cos(angle) * kilometres, y + Math.sin(angle) * kilometres] as const;
          const at = (east: number, north: number) => [east / 111.195, north / 111.195] as const;
          return { candidate: { fromLonLat: at(x, y), toLonLat: at(...to) }, straightKilometres: kilometres, ends: [[x, y], to] as const };
        });
        const scores = places.map(() => random.normal());
        const far = (p: readonly [number, number], q: readonly [number, number]) => Math.hypot(p[0] - q[0], p[1] - q[1]);
        const means = corridorMean(places as unknown as Parameters<typeof corridorMean>[0])(scores);
        places.forEach(({ ends: [from, to], straightKilometres }, index) => {
          const reach = matchKilometres(straightKilometres);
          let [sum, weight] = [0, 0];
          places.forEach(({ ends: [a, b] }, other) => {
            const distance = Math.min(Math.max(far(from, a), far(to, b)), Math.max(far(from, b), far(to, a)));
            if (distance > reach) return;
            const own = Math.exp(-2 * (distance / reach) ** 2);
            sum += own * (scores[other] ?? 0);
            weight += own;
          });
          expect(means[index]).to.be.closeTo(sum / weight, 1e-3);
        });
      }),
      { numRuns: 30 },
    );
  });
});

describe('the monotone model', () => {
  it('has no coefficient below zero, and no small step that keeps to that makes its loss less', () => {
    const whole = madeUpCase('a', 'road', 5, 1);
    // ten candidates a stratum: the fit then takes every pair of one built and one unbuilt, and the loss below is its own
    const one = { ...whole, candidates: whole.candidates.slice(0, 40) };
    const terms = rankTerms(one.candidates);
    const features = [0, 1, 2, 3];
    const [ridge, seed] = [0.1, 1];
    const found = fitMonotoneModel([{ case: one, terms }], features, ridge, seed);
    const pairs = one.candidates.flatMap(({ builtRoute, stratum }, built) =>
      one.candidates.flatMap((other, index) =>
        builtRoute !== null && other.builtRoute === null && other.stratum === stratum ? [[built, index] as const] : [],
      ),
    );
    const loss = (coefficients: readonly number[]) => {
      const scores = scoresOf(terms, coefficients);
      const mean = pairs.reduce((sum, [a, b]) => sum + Math.log1p(Math.exp((scores[b] ?? 0) - (scores[a] ?? 0))), 0) / pairs.length;
      return mean + (ridge / 2) * coefficients.reduce((sum, value) => sum + value * value, 0);
    };
    for (const feature of features) {
      for (const step of [1e-3, -1e-3]) {
        const moved = found.map((value, term) => (term === feature ? value + step : value));
        if ((moved[feature] ?? 0) >= 0) expect(loss(moved), `${feature} ${step}`).to.be.greaterThan(loss(found) - 1e-12);
      }
    }
    expect(Math.min(...found)).to.equal(0);
    expect(found[0]).to.be.greaterThan(0.1);
  });
});

describe('the fitted score', () => {
  const cases = ['a', 'b', 'c'].flatMap((id, index) => (['road', 'rail'] as const).map((mode) => madeUpCase(id, mode, index + 1, 1)));
  const fits = fitScores(cases);

  it('finds what decides, from the regions that enter', () => {
    const [first = 0, ...others] = fits.find((fit) => fit.mode === 'road' && fit.without === 'a')?.coefficients ?? [];
    for (const other of others) expect(first).to.be.greaterThan(Math.abs(other));
  });

  it('is not changed by anything in the region that it is tested on', () => {
    const turned = cases.map((one) => (one.regionId === 'a' ? madeUpCase('a', one.mode, 99, -1) : one));
    const after = fitScores(turned);
    const of = (all: typeof fits, without: string | null) => all.filter((fit) => fit.without === without);
    expect(of(after, 'a')).to.deep.equal(of(fits, 'a'));
    expect(of(after, null)).not.to.deep.equal(of(fits, null));
  });

  it('is stored with its provenance, one set of coefficients a mode and region left out', () => {
    const stored = openLinkScore();
    expect(stored.command).to.equal('corridor missing-links --fit-score');
    expect(stored.terms.slice(0, FEATURES.length)).to.deep.equal([...FEATURES]);
    for (const fit of stored.fits) {
      expect(fit.coefficients).to.have.length(stored.terms.length);
      expect(fit.cases.some((name) => name.startsWith(`${fit.without} `))).to.equal(false);
    }
    expect(stored.fits.map((fit) => fit.without)).to.have.members(
      [...Array(2)].flatMap(() => ['boston-washington', 'jing-jin-ji', 'tokyo', null]),
    );
  });
});
