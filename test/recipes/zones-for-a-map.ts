import {
  accessibility,
  column,
  openNetwork,
  openRegion,
  opportunities,
  parseMeasure,
  tableFeatures,
  toCsv,
  zoneTimes,
} from 'corridor-network-analyser';

const { region } = openRegion('jing-jin-ji');
const { frozen } = openNetwork(region, { mode: 'multimodal', year: null, speeds: 'harmonised' });
const times = zoneTimes(frozen, region.zones);
const reached = accessibility(times, opportunities(region.zones, 'population').values, parseMeasure('cumulative:60'));

const table = {
  command: 'my-map',
  parameters: { measure: 'cumulative:60' },
  inputs: [],
  columns: [column('id'), column('name'), column('reached', 'persons')],
  rows: region.zones.map((zone, index) => [zone.id, zone.name, reached[index] ?? null]),
  notes: [],
};
const seats = region.zones.map(({ longitude, latitude }) => ({ type: 'Point', coordinates: [longitude, latitude] }));

export const csv = toCsv(table);
export const geojson = tableFeatures(table, seats); // for QGIS
