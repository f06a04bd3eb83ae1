import { expect } from 'chai';
import { carAccess, isBlocked } from '../../../src/read/osm/access.ts';
import { DEFAULT_SPEEDS } from '../../../src/read/osm/default-speeds.ts';
import { DEFAULT_CLASSES, durationMinutes, readRoad } from '../../../src/read/osm/highway-rules.ts';
import { wayDirection } from '../../../src/read/osm/oneway.ts';
import { readPopulation } from '../../../src/read/osm/place-rules.ts';
import { DEFAULT_RAIL_CLASSES, readRail } from '../../../src/read/osm/railway-rules.ts';
import { readTurn } from '../../../src/read/osm/turn-rules.ts';

const tags = (text: string) =>
  new Map(
    text
      .split(' ')
      .filter(Boolean)
      .map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)] as const),
  );
const rules = { classes: DEFAULT_CLASSES, railClasses: DEFAULT_RAIL_CLASSES, speeds: DEFAULT_SPEEDS, country: null };
const road = (text: string) => readRoad(tags(text), rules);
const reason = (text: string) => {
  const verdict = road(text);
  return verdict?.kind === 'dropped' ? verdict.reason : verdict;
};

describe('tags of roads', () => {
  it('say which way cars may drive, the most particular tag first', () => {
    const cases: [string, string][] = [
      ['highway=primary', 'both'],
      ['highway=primary oneway=yes', 'forward'],
      ['highway=primary oneway=1', 'forward'],
      ['highway=primary oneway=-1', 'backward'],
      ['highway=primary oneway=reverse', 'backward'],
      ['highway=motorway', 'forward'],
      ['highway=motorway oneway=no', 'both'],
      ['highway=motorway_link', 'both'],
      ['highway=residential junction=roundabout', 'forward'],
      ['highway=residential junction=circular', 'forward'],
      ['highway=primary oneway=reversible', 'none'],
      ['highway=primary oneway=alternating', 'both'],
      ['highway=primary oneway=yes oneway:motor_vehicle=no', 'both'],
      ['highway=primary oneway:motorcar=-1 oneway=yes', 'backward'],
      ['highway=primary oneway=yes oneway:bicycle=no', 'forward'],
      ['highway=primary oneway=perhaps', 'both'],
    ];
    for (const [text, direction] of cases) expect(wayDirection(tags(text)), text).to.equal(direction);
  });

  it('say whether cars may pass, the most particular tag first', () => {
    const allowed = [
      '',
      'access=yes',
      'access=private motor_vehicle=yes',
      'access=destination',
      'vehicle=no motorcar=permissive',
      'access=private;customers',
    ];
    for (const text of allowed) expect(carAccess(tags(text)).isAllowed, text).to.equal(true);
    const refused = ['access=no', 'access=private', 'motor_vehicle=agricultural', 'access=yes motor_vehicle=no', 'vehicle=forestry'];
    for (const text of refused) expect(carAccess(tags(text)).isAllowed, text).to.equal(false);
    expect(carAccess(tags('access=no bicycle=yes')).because).to.equal('access=no');
  });

  it('let barriers stop cars unless they are open or let cars through', () => {
    for (const text of [
      'barrier=bollard',
      'barrier=block',
      'barrier=gate access=private',
      'barrier=toll_booth access=no',
      'barrier=anything',
    ]) {
      expect(isBlocked(tags(text)), text).to.equal(true);
    }
    for (const text of [
      'barrier=gate',
      'barrier=toll_booth',
      'barrier=bollard motor_vehicle=yes',
      'barrier=bollard bollard=rising',
      'highway=crossing access=no',
    ]) {
      expect(isBlocked(tags(text)), text).to.equal(false);
    }
  });

  it('give the reason for which a way is no road for cars', () => {
    expect(reason('highway=footway')).to.equal('not for cars: highway=footway');
    expect(reason('highway=track')).to.equal('class not asked for: track');
    expect(reason('highway=service area=yes')).to.equal('an area, not a line');
    expect(reason('highway=service access=private')).to.equal('no access by car: access=private');
    expect(reason('highway=primary oneway=reversible')).to.contain('reversible');
    expect(reason('route=ferry')).to.contain('does not say that it takes cars');
    expect(reason('building=yes')).to.equal(null);
  });

  it('carry construction and proposals as status', () => {
    const status = (text: string) => {
      const verdict = road(text);
      return verdict?.kind === 'road' ? [verdict.profile.class, verdict.profile.status] : null;
    };
    expect(status('highway=construction construction=primary')).to.deep.equal(['primary', 'construction']);
    expect(status('highway=proposed proposed=motorway')).to.deep.equal(['motorway', 'planned']);
    expect(status('construction:highway=trunk')).to.deep.equal(['trunk', 'construction']);
    expect(status('highway=tertiary')).to.deep.equal(['tertiary', 'open']);
  });

  it('are read to a row: lanes, toll, year, ferry time', () => {
    const verdict = road('highway=motorway ref=A1 lanes=3 toll=yes start_date=1998-05 maxspeed=120');
    expect(verdict?.kind === 'road' && verdict.profile).to.deep.include({
      route: 'A1',
      lanes: 3,
      toll: true,
      opened: 1998,
      oneway: true,
      speed: 120,
    });
    const ferry = road('route=ferry motor_vehicle=yes duration=00:20');
    expect(ferry?.kind === 'road' && ferry.profile).to.deep.include({
      class: 'ferry',
      speed: null,
      durationMinutes: 20,
      speedFrom: 'duration',
    });
    expect(['01:30', '0:45:30', 'PT1H30M', '35', 'soon', '0'].map(durationMinutes)).to.deep.equal([90, 45.5, 90, 35, null, null]);
  });
});

describe('tags of railways', () => {
  const rail = (text: string) => readRail(tags(text), rules);
  it('keep running lines of the classes asked for, with status, usage and speed', () => {
    const main = rail('railway=rail usage=main maxspeed=160');
    expect(main?.kind === 'rail' && main.profile).to.deep.include({ class: 'rail', usage: 'main', speed: 160, status: 'open' });
    const built = rail('railway=construction construction=subway');
    expect(built?.kind === 'rail' && built.profile).to.deep.include({ class: 'subway', status: 'construction', speedFrom: 'class' });
    expect(rail('railway=proposed proposed=light_rail')).to.deep.include({ kind: 'rail' });
  });
  it('leave out yards, freight and tracks out of use with their reason', () => {
    expect(rail('railway=rail service=yard')).to.deep.equal({ kind: 'dropped', reason: 'service track: yard' });
    expect(rail('railway=rail usage=industrial')).to.deep.equal({ kind: 'dropped', reason: 'no passengers: usage=industrial' });
    expect(rail('railway=disused')).to.deep.equal({ kind: 'dropped', reason: 'not a track in use: railway=disused' });
    expect(rail('railway=tram')).to.deep.equal({ kind: 'dropped', reason: 'class not asked for: tram' });
    expect(rail('railway=platform')).to.equal(null);
    expect(rail('railway=rail service=crossover')).to.deep.include({ kind: 'rail' });
  });
});

describe('turn restrictions', () => {
  const members = [
    { kind: 'way', id: 1, role: 'from' },
    { kind: 'node', id: 5, role: 'via' },
    { kind: 'way', id: 2, role: 'to' },
  ] as const;
  const turn = (text: string) => readTurn(9, members, tags(text));
  it('hold for cars unless they are for others, except cars, or hold by the hour', () => {
    expect(turn('type=restriction restriction=no_left_turn')).to.deep.include({ kind: 'turn' });
    expect(turn('type=restriction restriction=only_straight_on except=bus;psv')).to.deep.include({ kind: 'turn' });
    expect(turn('type=restriction restriction:motorcar=no_u_turn')).to.deep.include({ kind: 'turn' });
    const dropped = [
      'restriction=no_left_turn except=motorcar',
      'restriction:hgv=no_left_turn',
      'restriction:conditional=x',
      'restriction=no_fun',
      'restriction=no_left_turn hour_on=06:00',
    ];
    for (const text of dropped) expect(turn(`type=restriction ${text}`), text).to.deep.include({ kind: 'dropped' });
    expect(turn('type=multipolygon')).to.equal(null);
  });
});

describe('population', () => {
  it('is read as mappers write it, and never guessed', () => {
    expect(['1234', '1,234', '1 234 567', '1.234', '1234 (2010)', '~1200', '12a', '', '1,23'].map(readPopulation)).to.deep.equal([
      1234,
      1234,
      1234567,
      1234,
      1234,
      null,
      null,
      null,
      null,
    ]);
  });
});
