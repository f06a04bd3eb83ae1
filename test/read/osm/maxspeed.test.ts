import { expect } from 'chai';
import { DEFAULT_SPEEDS, withUserSpeeds } from '../../../src/read/osm/default-speeds.ts';
import { readMaxspeed, waySpeed } from '../../../src/read/osm/maxspeed.ts';

const MILE = 1.609344;

/** km/h of a value of maxspeed, or null. */
const kmh = (text: string, country: string | null = null) => readMaxspeed(text, DEFAULT_SPEEDS, country)?.kilometresPerHour ?? null;

describe('maxspeed', () => {
  it('reads plain numbers and their units', () => {
    expect(kmh('50')).to.equal(50);
    for (const text of ['50 km/h', '50km/h', '50kmh', '50 kph', '50 kmph']) expect(kmh(text), text).to.equal(50);
    expect(kmh('30 mph')).to.be.closeTo(30 * MILE, 1e-9);
    expect(kmh('30mph')).to.be.closeTo(30 * MILE, 1e-9);
    expect(kmh('10 knots')).to.be.closeTo(10 * 1.852, 1e-9);
    expect(kmh('22,5')).to.equal(22.5);
  });

  it('takes the lowest of several values and the highest of several lanes', () => {
    expect(kmh('50;70')).to.equal(50);
    expect(kmh('70;50')).to.equal(50);
    expect(kmh('70|100')).to.equal(100);
    expect(kmh('|100')).to.equal(100);
    expect(kmh('50;30|70')).to.equal(70);
    expect(kmh('35 mph;40 mph')).to.be.closeTo(35 * MILE, 1e-9);
  });

  it('knows words of law by country', () => {
    expect(kmh('CN:urban')).to.equal(50);
    expect(kmh('RO:urban')).to.equal(50);
    expect(kmh('ru:urban')).to.equal(60);
    expect(kmh('DE:rural')).to.equal(100);
    expect(kmh('DE:motorway')).to.equal(130);
    expect(kmh('GB:nsl_single')).to.be.closeTo(60 * MILE, 0.01);
    expect(kmh('UK:nsl_dual')).to.be.closeTo(70 * MILE, 0.01);
    expect(kmh('BE-VLG:rural')).to.equal(70);
    for (const text of ['DE:zone:30', 'DE:zone30', 'DE:30', 'de:zone:30']) expect(kmh(text), text).to.equal(30);
    expect(kmh('urban', 'FR')).to.equal(50);
    expect(kmh('urban')).to.equal(null);
  });

  it('knows walking pace and no limit', () => {
    for (const text of ['walk', 'DE:walk', 'walking pace', 'Schrittgeschwindigkeit']) expect(kmh(text), text).to.equal(7);
    for (const text of ['none', 'no']) expect(kmh(text), text).to.equal(130);
  });

  it('understands nothing in what states no speed', () => {
    for (const text of ['', '0', '-30', 'fast', '50 furlongs', '999', '1e2', 'XX:urban', '50 @ (06:00-22:00)', 'signals', '50|x']) {
      expect(kmh(text), text).to.equal(null);
    }
  });

  it('falls back to the rule beside it, then to the class, and says which', () => {
    const speed = (tags: Record<string, string>, country: string | null = null) =>
      waySpeed(new Map(Object.entries(tags)), 'motorway', DEFAULT_SPEEDS, country);
    expect(speed({ maxspeed: '80' })).to.include({ kilometresPerHour: 80, from: 'tag' });
    expect(speed({ 'source:maxspeed': 'RO:motorway' })).to.include({ kilometresPerHour: 130, from: 'implicit' });
    expect(speed({ 'zone:maxspeed': 'DE:30' })).to.include({ kilometresPerHour: 30, from: 'implicit' });
    expect(speed({ maxspeed: 'signals' })).to.deep.include({ kilometresPerHour: 100, from: 'class', unread: [] });
    expect(speed({ maxspeed: 'quick' })).to.deep.include({ kilometresPerHour: 100, from: 'class', unread: ['quick'] });
    expect(speed({}, 'CN')).to.include({ kilometresPerHour: 120, from: 'class' });
    expect(speed({ 'maxspeed:forward': '50', 'maxspeed:backward': '70' })).to.include({ kilometresPerHour: 50, isLowerOfTwo: true });
  });

  it('lets the user overrule any part of the table', () => {
    const table = withUserSpeeds({
      classes: { motorway: 90 },
      implicit: { 'CN:urban': 40 },
      countries: { CN: { motorway: 115 } },
      walk: 5,
    });
    expect(readMaxspeed('CN:urban', table, null)?.kilometresPerHour).to.equal(40);
    expect(readMaxspeed('walk', table, null)?.kilometresPerHour).to.equal(5);
    expect(waySpeed(new Map(), 'motorway', table, null)?.kilometresPerHour).to.equal(90);
    expect(waySpeed(new Map(), 'motorway', table, 'CN')?.kilometresPerHour).to.equal(115);
    expect(readMaxspeed('RO:urban', table, null)?.kilometresPerHour).to.equal(50);
  });
});
