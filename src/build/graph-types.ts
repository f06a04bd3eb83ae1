import type { MultiDirectedGraph } from 'graphology';
import type { SpeedModel } from './road-speeds.ts';

export type Mode = 'road' | 'rail' | 'multimodal';

export interface NodeAttributes {
  readonly kind: 'zone-origin' | 'zone-destination' | 'junction' | 'station' | 'aboard';
  /** id of the zone, junction or station that this node stands for */
  readonly place: string;
  readonly longitude: number;
  readonly latitude: number;
}

export interface LinkAttributes {
  /** id of the road or rail link, or null for access, boarding and walks */
  readonly link: string | null;
  readonly kind: 'road' | 'ride' | 'access' | 'board' | 'alight' | 'walk';
  readonly minutes: number;
  readonly lengthKilometres: number;
}

export type RegionGraph = MultiDirectedGraph<NodeAttributes, LinkAttributes>;

export interface Imputed {
  readonly kind: string;
  readonly count: number;
}

export interface GraphOptions {
  readonly mode: Mode;
  /** links opened by then; null takes all that are open now */
  readonly year: number | null;
  readonly speeds: SpeedModel;
}

export const DEFAULT_GRAPH_OPTIONS: GraphOptions = { mode: 'multimodal', year: null, speeds: 'as-given' };

export function isInSlice(link: { status: string; opened: number | null }, year: number | null): boolean {
  return link.status === 'open' && (year === null || link.opened === null || link.opened <= year);
}
