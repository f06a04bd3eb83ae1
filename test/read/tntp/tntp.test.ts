import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import fc from 'fast-check';
import { readTntpFlows } from '../../../src/read/tntp/flows.ts';
import { readTntpNet } from '../../../src/read/tntp/net.ts';
import { readTntpNodes } from '../../../src/read/tntp/nodes.ts';
import { readTntpTrips } from '../../../src/read/tntp/trips.ts';
import { readTrips } from '../../../src/read/trips.ts';
import { folderForEachTest } from '../../support/scratch-folder.ts';
import { itWithShared, sharedPath } from '../../support/shared-data.ts';

const tntp = (name: string) => sharedPath(`tntp/${name}`);

/** zones, nodes, links as the index of the collection counts them */
const NETS = [
  ['SiouxFalls/SiouxFalls_net.tntp', 24, 24, 76],
  ['Anaheim/Anaheim_net.tntp', 38, 416, 914],
  ['Barcelona/Barcelona_net.tntp', 110, 1020, 2522],
  ['Chicago-Sketch/ChicagoSketch_net.tntp', 387, 933, 2950],
  ['chicago-regional/ChicagoRegional_net.tntp.gz', 1790, 12982, 39018],
  ['Berlin-Center/berlin-center_net.tntp.gz', 865, 12981, 28376],
  ['Eastern-Massachusetts/EMA_net.tntp', 74, 74, 258],
  ['Philadelphia/Philadelphia_net.tntp.gz', 1525, 13389, 40003],
  ['Sydney/Sydney_net.tntp.gz', 3264, 33113, 75379],
  ['Birmingham-England/Birmingham_Net.tntp.gz', 898, 14639, 33937],
  ['GoldCoast/Goldcoast_network_2016_01.tntp.gz', 1068, 4807, 11140],
  ['Austin/Austin_net.tntp.gz', 7388, 7388, 18961],
] as const;

describe('TNTP files', () => {
  const folder = folderForEachTest();

  const { write: written } = folder;

  for (const [name, zones, nodes, links] of NETS) {
    itWithShared(`reads every link of ${name}`, [`tntp/${name}`], () => {
      const { net, problems } = readTntpNet(tntp(name));
      expect(problems.filter(({ severity }) => severity === 'error')).to.deep.equal([]);
      expect([net.zoneCount, net.nodeCount, net.links.length]).to.deep.equal([zones, nodes, links]);
    });
  }

  itWithShared('names the links of Munich whose free-flow time is infinite or absent', ['tntp/Munich/munich_net.tntp'], () => {
    const { net, problems } = readTntpNet(tntp('Munich/munich_net.tntp'));
    const faults = problems.filter(({ severity }) => severity === 'error');
    expect(net.links.length).to.equal(1872 - faults.length);
    expect(net.firstThroughNode).to.equal(null);
    expect(new Set(faults.map(({ property, found }) => `${property} ${found}`))).to.deep.equal(
      new Set(['free_time "inf"', 'free_time ""']),
    );
  });

  itWithShared('sums the trips of Chicago Sketch to its own total', ['tntp/Chicago-Sketch/ChicagoSketch_trips.tntp.gz'], () => {
    const { trips, problems } = readTntpTrips(tntp('Chicago-Sketch/ChicagoSketch_trips.tntp.gz'));
    expect(problems).to.deep.equal([]);
    expect(trips.totalTrips).to.be.closeTo(1260907.44, 1e-6);
  });

  itWithShared(
    'reads positions with and without a head, and tells degrees from planes',
    ['tntp/SiouxFalls/SiouxFalls_node.tntp', 'tntp/Philadelphia/Philadelphia_node.tntp', 'tntp/Sydney/Sydney_node.tntp.gz'],
    () => {
      const read = (name: string) => {
        const { nodes, areDegrees, problems } = readTntpNodes(tntp(name));
        return [nodes.length, areDegrees, problems.length];
      };
      expect(read('SiouxFalls/SiouxFalls_node.tntp')).to.deep.equal([24, true, 0]);
      expect(read('Philadelphia/Philadelphia_node.tntp')).to.deep.equal([13389, false, 0]);
      expect(read('Sydney/Sydney_node.tntp.gz')).to.deep.equal([33113, true, 0]);
      expect(read('Berlin-Friedrichshain/friedrichshain-center_node.tntp')).to.deep.equal([224, false, 0]);
    },
  );

  itWithShared('reads published flows with and without metadata', ['tntp/chicago-regional/ChicagoRegional_flow.tntp.gz'], () => {
    expect(readTntpFlows(tntp('chicago-regional/ChicagoRegional_flow.tntp.gz')).flows.length).to.equal(39018);
    expect(readTntpFlows(tntp('Anaheim/Anaheim_flow.tntp')).flows[0]).to.deep.equal({
      from: 1,
      to: 117,
      volume: 7074.9000000000015,
      cost: 1.1529198689124767,
    });
  });

  it('reads an odd head, carriage returns, gzip and a missing last semicolon', () => {
    const text =
      '<NUMBER OF NODES> 2\r\n<FIRST THRU NODE> 1\r\n<END OF METADATA>\r\n\r\n~ Tail node\tHEAD Node\tCapacity (veh/h)\tLength\tfftt(min)\tAlpha\tBeta\tlanes\r\n1\t2\t900\t1\t0\t0.15\t0\t2\r\n';
    const { net, problems } = readTntpNet(written('odd_net.tntp.gz', gzipSync(text)));
    expect(problems).to.deep.equal([]);
    const { freeTime, power, lanes, toll, capacity } = net.links[0] ?? {};
    expect([freeTime, power, lanes, toll, capacity]).to.deep.equal([0, 0, 2, null, 900]);
  });

  it('lists every fault in one go, with its line, and reads the rest', () => {
    const rows = [
      '1 2 900 1 1 0.15 4 0 0 1 ;',
      'x 2 900 1 1 0.15 4 0 0 1;',
      '1 2 -5 1 1 0.15 4 0 0 1;',
      '1 2 ;',
      '2 1 900 1 nan 0.15 4 0 0 1;',
    ];
    const { net, problems } = readTntpNet(written('bad_net.tntp', `<END OF METADATA>\n${rows.join('\n')}\n`));
    expect(net.links.length).to.equal(1);
    const faults = problems.filter(({ severity }) => severity === 'error');
    expect(faults.map(({ feature, property }) => `${feature} ${property}`)).to.deep.equal([
      'line 3 from',
      'line 4 capacity',
      'line 5 row',
      'line 6 free_time',
    ]);
  });

  it('reads trips over line ends, sums pairs given twice, and names what is no trip', () => {
    const text = '<END OF METADATA>\n 1 : 3;\nOrigin 1\n2 : 3; 3 : 4\n; 2 : 1; 4 : -2;\norigin\t2\n1 : 5; one : 2;\n';
    const { trips, problems } = readTntpTrips(written('t.tntp', text));
    expect(trips.trips).to.deep.equal([
      { from: '1', to: '2', trips: 4 },
      { from: '1', to: '3', trips: 4 },
      { from: '2', to: '1', trips: 5 },
    ]);
    expect(problems.map(({ kind, feature }) => `${kind} ${feature}`)).to.deep.equal([
      'no-origin line 2',
      'bad-trips line 5',
      'duplicate-pair line 5',
      'bad-trips line 7',
    ]);
  });

  it('reads trips from CSV and names every bad row', () => {
    const { trips, problems } = readTrips(written('t.csv', 'from,to,trips\na,b,3\na,b,1\n,b,3\na,c,x\nb,a,0\n'));
    expect(trips).to.deep.equal([{ from: 'a', to: 'b', trips: 4 }]);
    expect(problems.map(({ kind, feature }) => `${kind} ${feature}`)).to.deep.equal([
      'duplicate-pair line 3',
      'empty-end line 4',
      'bad-trips line 5',
    ]);
  });
});

describe('broken TNTP files', () => {
  it('never crash a reader, whatever is cut or changed: what stays is rows and problems', () => {
    const folder = mkdtempSync(join(tmpdir(), 'corridor-'));
    const path = join(folder, 'broken.tntp');
    const net = `<NUMBER OF NODES> 3\n<FIRST THRU NODE> 1\n<END OF METADATA>\n~\tinit_node\tterm_node\tcapacity\tlength\tfree_flow_time\tb\tpower\tspeed\ttoll\tlink_type\t;\n${'\t1\t2\t900\t1\t2.5\t0.15\t4\t0\t0\t1\t;\n'.repeat(5)}`;
    const trips = `<NUMBER OF ZONES> 3\n<TOTAL OD FLOW> 6\n<END OF METADATA>\nOrigin 1\n 2 : 3.0; 3 : 3.0;\n`;
    fc.assert(
      fc.property(
        fc.constantFrom(net, trips),
        fc.nat(500),
        fc.nat(60),
        fc.string({ unit: 'binary', maxLength: 12 }),
        (whole, at, cut, patch) => {
          writeFileSync(path, whole.slice(0, at) + patch + whole.slice(at + cut));
          const { net: read, problems } = readTntpNet(path);
          for (const link of read.links) expect(link.freeTime).to.be.at.least(0);
          const given = readTntpTrips(path);
          for (const row of given.trips.trips) expect(row.trips).to.be.above(0);
          for (const problem of [...problems, ...given.problems, ...readTntpNodes(path).problems, ...readTntpFlows(path).problems]) {
            expect(problem.found).to.be.a('string');
          }
        },
      ),
      { numRuns: 150 },
    );
    rmSync(folder, { recursive: true });
  });
});
