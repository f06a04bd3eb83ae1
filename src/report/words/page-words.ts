import type { Mode } from '../../build/graph-types.ts';
import type { SpeedModel } from '../../build/road-speeds.ts';
import { list } from '../format.ts';
import { MODE_WORDS } from './words.ts';

export const PAGE_WORDS = {
  kicker: 'Regional network report',
  title: (names: readonly string[]) =>
    names.length === 1 ? `${names[0]}: who reaches whom, and what is missing` : 'Who reaches whom, and what is missing',
  dek: (names: readonly string[], mode: Mode, speeds: SpeedModel, year: number | null) =>
    `${list(names)}, measured door to door ${MODE_WORDS[mode]}${year === null ? '' : `, on the network of ${year}`}, ${
      speeds === 'harmonised'
        ? 'with one speed model for all, so that figures can be set side by side'
        : 'with the speeds that each table gives'
    }.`,
  navigation: { glance: 'At a glance', findings: 'Findings', benchmark: 'Side by side', methods: 'Methods' },
};

export const OVERVIEW_WORDS = {
  title: 'At a glance',
  map: (name: string, core: string, reach: string, across: number) =>
    `${name}, ${across} km around ${core}: people within an hour of each zone; the average inhabitant reaches ${reach}.`,
  strip: (across: number) =>
    `All maps to the same scale: ${across} km across, the primary core in the middle. Colour: people within an hour, door to door.`,
  figures: {
    people: 'people in the region',
    typical: 'reached by the average inhabitant within an hour',
    core: (core: string) => `live within an hour of ${core}`,
    apart: 'between two average inhabitants',
    gini: 'Gini of the hour’s reach (0 is even)',
  },
  curves: 'People an average inhabitant reaches',
  core: 'People within reach of the primary core',
  lorenz: 'How evenly the hour’s reach is shared',
  speed: 'Speed by distance',
  sizes: 'Size of zones by rank',
};

export const FINDINGS_TITLE = 'Main findings';
export const FINDINGS_ORDER =
  'Comparisons between regions first, then region by region: missing links, unequal reach, far places, busiest links.';
export const HOW_SUMMARY = 'How this was computed';
export const CAUTION = 'What the data hide: ';

export const BENCHMARK_WORDS = {
  title: 'Side by side',
  lead: 'The same measures in every region. Bold is best for a traveller where one direction is better. Small figures are the same measure on the speeds that each table gives, where they differ: the regions’ tables were written by different hands, so compare the large ones. The last column says in how many of five other views (as-given speeds; zones within 150 km of the core; zones merged to equal population) the regions keep the same order.',
  caption: 'Indicators of all regions on harmonised speeds',
  given: 'as given',
  order: 'order holds',
  group: { People: 'People', Network: 'Network', Reach: 'Reach', Equity: 'Equity', Borders: 'Borders' } as Readonly<Record<string, string>>,
};

export const METHODS_WORDS = {
  title: 'Methods, limits, and how to make it again',
  how: 'How figures are computed',
  limits: 'What the data hide',
  cite: 'How to cite and reproduce',
  files: 'Files beside this page',
  inputs: 'Input files with their SHA-256',
  notes: [
    'Times are door to door on an uncongested network: access, waiting half a headway up to a cap, riding, changing, egress. By road or rail means the quicker of road alone and road, rail, road.',
    'A zone reaches its own people in 0 minutes.',
    'Harmonised speeds: one table of km/h by class of road and density of people around it, the same for every region. Speeds as given are those of each row.',
    'Maps are plate carrée at the middle latitude of the region, true to scale in the middle. Zones are drawn as the land nearest to each seat (Voronoi cells), because the region folders hold points: no measure rests on these shapes.',
    'Isochrones hold every point that can be reached by leaving the network at any node and going up to 15 km in a straight line at 20 km/h, on a grid of 1 km, ending at the coast. People are counted by the seat of their zone.',
    'A missing link’s gain is the sum over all pairs of zones of modelled trips times minutes saved, exact for one link; gains of several links do not add up.',
  ],
  cautions: [
    'Demand is modelled (one trip between zones a person and day, decaying to half every 23 minutes), not observed.',
    'Neighbour roads between seats are assumed in part (basis in the files). On them a border costs nothing by construction, so figures about borders leave them out; and then local roads that exist do not count. Both ways something is hidden.',
    'The tables hold no city streets: road candidates start at 15 km, and gains near large cities may be overstated.',
    'Region folders name what they lack (networks/README.md). In the shipped ones the metros of Boston, Philadelphia, Baltimore, Tianjin and Shijiazhuang are absent: rail times inside these cities are too long.',
    'Fares and reliability are in none of these figures; congestion is in the bottlenecks alone.',
  ],
  citation: (version: string, names: readonly string[]) => `Corridor ${version}: regional network report on ${list(names)}.`,
  command: 'The same input gives the same bytes. Made by:',
};
