/**
 * The library's only door. What is not named here may change without notice.
 *
 *     const { region } = openRegion('jing-jin-ji');
 *     const { frozen } = openNetwork(region, { mode: 'multimodal', year: null, speeds: 'harmonised' });
 *     const times = zoneTimes(frozen, region.zones);
 *     const people = opportunities(region.zones, 'population').values;
 *     accessibility(times, people, parseMeasure('cumulative:60'));   // persons within an hour, zone by zone
 */
export { accessibility, type Measure, opportunities, parseMeasure } from './analysis/accessibility/accessibility.ts';
export { gini, lorenzCurve, palma, theil, type Weighted } from './analysis/accessibility/equity.ts';
export {
  ASSIGNMENT_METHODS,
  type Assignment,
  type AssignmentMethod,
  type AssignmentOptions,
  assignTrips,
  DEFAULT_ASSIGNMENT,
} from './analysis/assignment/assign-trips.ts';
export {
  type BenchmarkInput,
  benchmark,
  benchmarkInput,
  type Delineation,
  type Indicator,
  redelineate,
} from './analysis/benchmark/benchmark.ts';
export { type Topology, topology } from './analysis/benchmark/topology.ts';
export { type BorderOptions, type BorderReport, borders, DEFAULT_BORDERS, soundRegion } from './analysis/borders/borders.ts';
export { type BottleneckRow, bottlenecks } from './analysis/bottlenecks/bottlenecks.ts';
export { type CentralityRow, centrality } from './analysis/centrality/centrality.ts';
export { checkReferences, REFERENCE_TOLERANCE, type ReferenceCheck } from './analysis/checks/reference-check.ts';
export { type CompareOptions, type Comparison, compareSlices, DEFAULT_COMPARE } from './analysis/compare/compare.ts';
export type { CompareRow } from './analysis/compare/compare-row.ts';
export type { Slice } from './analysis/compare/slice-measures.ts';
export { type LinkCriticality, linkCriticality, linkCriticalityInParallel } from './analysis/criticality/link-criticality.ts';
export { DEFAULT_DEMAND, type DemandOptions, gravityDemand } from './analysis/demand/gravity-demand.ts';
export { DEFAULT_ISOCHRONES, type IsochroneBand, type IsochroneOptions, isochrones } from './analysis/isochrones/isochrones.ts';
export { timesFromPoint, withPointZone } from './analysis/isochrones/point-origin.ts';
export {
  type CandidateRules,
  missingLinks,
  type NewLink,
  plannedLinks,
  RAIL_CANDIDATES,
  ROAD_CANDIDATES,
} from './analysis/missing-links/missing-links.ts';
export { pairMinutes, type ZoneTimes, zoneTimes, zoneTimesInParallel } from './analysis/zone-times.ts';
export { describeGraph, type GraphDescription } from './build/describe-graph.ts';
export { type FrozenNetwork, freeze, freezeMetres } from './build/freeze.ts';
export {
  DEFAULT_GRAPH_OPTIONS,
  type GraphOptions,
  type Imputed,
  type LinkAttributes,
  type Mode,
  type NodeAttributes,
  type RegionGraph,
} from './build/graph-types.ts';
export { buildLinkGraph } from './build/link-graph.ts';
export { buildRegionGraph } from './build/region-graph.ts';
export { type SpeedModel, withHarmonisedAccess } from './build/road-speeds.ts';
export { type Leg, quickestRoute } from './build/route.ts';
export { betweenness } from './kernels/betweenness/betweenness.ts';
export { bridges } from './kernels/bridges.ts';
export { closeness } from './kernels/closeness.ts';
export { prepareCustomisation } from './kernels/hierarchy/customisation.ts';
export { createCustomiser, customiseHierarchy } from './kernels/hierarchy/customise.ts';
export { buildHierarchy, type Hierarchy } from './kernels/hierarchy/hierarchy.ts';
export { createSweeper, type Sweeper } from './kernels/hierarchy/sweeper.ts';
export { createTargetSweeper, type TargetSweeper } from './kernels/hierarchy/target-sweeper.ts';
export { createUnpacker } from './kernels/hierarchy/unpack.ts';
export { timesBetween } from './kernels/many-to-many.ts';
export { createSearch, oneToAll, type Search } from './kernels/one-to-all.ts';
export { reverseNetwork } from './kernels/reverse-network.ts';
export { assertNothingSaturated } from './kernels/saturation.ts';
export { DataError, LimitError, UsageError } from './model/errors.ts';
export type { FlowClass, FlowInput, FlowLink, FlowZone } from './model/flow-input.ts';
export { type ArcRow, compileNetwork, type Network, type NodeRow, UNREACHED } from './model/network.ts';
export { sliceNetwork } from './model/network-slice.ts';
export { describeProblem, type Problem } from './model/problem.ts';
export { type Progress, SILENT } from './model/progress.ts';
export { type Cell, type Column, column, mixedColumn, type ResultTable } from './model/results.ts';
export { networkInSnapshot, snapshotOf, verifySnapshot } from './model/snapshot.ts';
export type * from './model/tables.ts';
export { CORRIDOR_VERSION } from './model/version.ts';
export { type LinkNetwork, openLinks } from './open/open-links.ts';
export { openNetwork, openRegion, shippedRegions } from './open/open-network.ts';
export { openTntpFlows, type TntpOptions } from './open/open-tntp.ts';
export { networkOf, openSlices, parseSlice, type SliceName } from './open/slices.ts';
export { betweennessInParallel } from './parallel/betweenness.ts';
export { allThreads, openPool, type Pool, type RunOptions, withPool } from './parallel/pool.ts';
export { DEFAULT_GTFS_OPTIONS, type GtfsOptions, importGtfs } from './read/gtfs/import-gtfs.ts';
export { DEFAULT_OSM_OPTIONS, importOsm, type OsmOptions } from './read/osm/import-osm.ts';
export { importTables } from './read/tables/import-tables.ts';
export { readTimetable } from './read/timetable-file.ts';
export { writeRegion } from './write/region-folder.ts';
export { toCsv, toJson, toText } from './write/result-table.ts';
export { tableFeatures } from './write/table-features.ts';
