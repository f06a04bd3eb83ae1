import type { Mode } from '../../build/graph-types.ts';

/** Words that several sections share. Sentences of one section are in the file of its name. */

export const LAND_LABEL = 'Coastline: Natural Earth 1:10m.';

export const BORDER_LABEL = 'border of jurisdictions (about)';

export const MODE_WORDS: Readonly<Record<Mode, string>> = {
  road: 'by road',
  rail: 'by rail',
  multimodal: 'by road or rail, whichever is quicker',
};

export const MODE_NAMES: Readonly<Record<Mode, string>> = { road: 'road', rail: 'rail', multimodal: 'best of both' };

export const COLUMN_WORDS: Readonly<Record<string, string>> = {
  name_local: 'local name',
  admin1: 'jurisdiction',
  from_name: 'from',
  to_name: 'to',
  length_km: 'length',
  gain_person_minutes: 'time saved',
  gain_person_hours: 'time saved',
  open_km: 'open',
  gain_per_km: 'saved per km',
  people_within_60_minutes: 'people within an hour',
  minutes_to_core: 'to the core',
  mean_minutes: 'mean time to others',
  within_tolerance: 'within 20% or 5 min',
  betweenness: 'share of shortest ways',
  is_bridge: 'only way',
  area_km2: 'area',
  km_per_million: 'per million people',
  under_construction_km: 'being built',
  assumed_share: 'assumed',
  speed_ratio: 'speed against pairs inside',
  unreachable: 'pairs without a way',
  people_share: 'share of people',
  mean_people_within_60_minutes: 'people within an hour, mean',
  mean_minutes_to_core: 'to the core, mean',
  why: 'why here',
  place: 'where',
  ratio: 'load',
  free_minutes: 'free',
  minutes: 'minutes',
  delay_person_minutes: 'person-minutes lost',
  loss_person_minutes: 'person-minutes lost',
  cut_off_trips: 'cut off',
  is_shown: 'effect shown',
  extra_percent: 'extra time',
  percent_low: 'from',
  percent_high: 'to',
  extra_minutes: 'extra minutes',
  minutes_low: 'from',
  minutes_high: 'to',
};

export const DOWNLOAD_WORDS = { noRows: 'nothing to list.' };

export const CLASS_WORDS: Readonly<Record<string, string>> = {
  'road-motorway': 'motorway',
  'road-trunk': 'trunk road',
  'road-other': 'other road',
  'rail-fast': 'high-speed and intercity rail',
  'rail-main': 'other railway',
  'rail-metro': 'metro',
};

/** The region's data source line. */
export const TABLES_SOURCE = 'Region folder (networks/README.md).';
