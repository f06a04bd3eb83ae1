import { assignTrips, type FlowInput, type FlowLink } from 'corridor-network-analyser';

// Braess (1968): six cars from 0 to 1; the bridge 2 → 3 makes everyone slower
const link = (id: string, from: number, to: number, freeMinutes: number, b: number, isBuilt = true): FlowLink[] =>
  isBuilt ? [{ id, from, to, name: id, isConnector: false, capacity: 1, freeMinutes, curve: 'bpr', b, power: 1, chargeMinutes: 0 }] : [];
const town = (hasBridge: boolean): FlowInput => ({
  nodeIds: ['home', 'work', 'north', 'south'],
  isClosed: new Uint8Array(4),
  links: [
    ...link('a', 0, 2, 1e-8, 1e9),
    ...link('b', 0, 3, 50, 0.02),
    ...link('c', 2, 1, 50, 0.02),
    ...link('d', 3, 1, 1e-8, 1e9),
    ...link('bridge', 2, 3, 10, 0.1, hasBridge),
  ],
  zones: [
    { id: 'home', name: 'Home', admin1: '', origin: 0, destination: 0 },
    { id: 'work', name: 'Work', admin1: '', origin: 1, destination: 1 },
  ],
  classes: [{ name: 'cars', carUnits: 1, from: Uint32Array.of(0), to: Uint32Array.of(1), trips: Float64Array.of(6), extraCharge: null }],
  flowUnit: 'cars an hour',
  timeUnit: 'min',
  personsPerUnit: 1,
  valueOfTime: null,
  dayProfile: null,
  notes: [],
});

export const without = assignTrips(town(false), { gap: 1e-12 });
export const withBridge = assignTrips(town(true), { gap: 1e-12 });
export const minutesACar = [without.totalMinutes / 6, withBridge.totalMinutes / 6]; // 83 and 92
export const certificate = withBridge.end; // relative gap, average excess cost, objective, lower bound
