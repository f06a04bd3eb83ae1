import type { RegionReport } from './region-report.ts';

export type Layer = 'networks' | 'accessibility' | 'centrality' | 'isochrones' | 'missing';

const WIDTH = 640;
const CLASS_STYLE: readonly (readonly [RegExp, string, number])[] = [
  [/high-speed/, '#c2410c', 2],
  [/intercity|commuter|conventional/, '#d97706', 1],
  [/metro/, '#a16207', 0.7],
  [/motorway/, '#1d4ed8', 1.4],
  [/.*/, '#94a3b8', 0.6],
];
/** colour-blind-safe steps from few to many (viridis) */
const STEPS = ['#440154', '#3b528b', '#21918c', '#5ec962', '#fde725'];
const BANDS = ['#084594', '#2171b5', '#6baed6', '#c6dbef'];

export function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

interface Frame {
  readonly height: number;
  readonly x: (longitude: number) => string;
  readonly y: (latitude: number) => string;
  readonly kilometresPerPixel: number;
}

/** Plate carrée at the mean latitude: true to scale along both axes at the region's middle. */
function frameOf({ region }: RegionReport): Frame {
  const longitudes = region.zones.map((zone) => zone.longitude);
  const latitudes = region.zones.map((zone) => zone.latitude);
  const pad = 0.3;
  const [west, east] = [Math.min(...longitudes) - pad, Math.max(...longitudes) + pad];
  const [south, north] = [Math.min(...latitudes) - pad, Math.max(...latitudes) + pad];
  const squeeze = Math.cos((((south + north) / 2) * Math.PI) / 180);
  const scale = WIDTH / ((east - west) * squeeze);
  return {
    height: Math.round((north - south) * scale),
    x: (longitude) => ((longitude - west) * squeeze * scale).toFixed(1),
    y: (latitude) => ((north - latitude) * scale).toFixed(1),
    kilometresPerPixel: 111.195 / scale,
  };
}

/** One map of a region as SVG with a scale bar. */
export function mapFigure(report: RegionReport, layer: Layer): string {
  const frame = frameOf(report);
  const parts: string[] = [];
  if (layer === 'isochrones') parts.push(bandPaths(report, frame));
  parts.push(linkPaths(report, frame, layer));
  if (layer === 'accessibility') parts.push(zoneCircles(report, frame));
  if (layer === 'missing') parts.push(newLinks(report, frame));
  parts.push(labels(report, frame), scaleBar(frame));
  const label = escapeHtml(`${report.region.manifest.name}: map of ${layer}`);
  return `<svg viewBox="0 0 ${WIDTH} ${frame.height}" role="img" aria-label="${label}">${parts.join('')}</svg>`;
}

function linkPaths(report: RegionReport, frame: Frame, layer: Layer): string {
  const { region, linkShare } = report;
  const place = new Map([...region.stations, ...region.junctions].map((row) => [row.id, row]));
  const paths = new Map<string, string[]>();
  const most = Math.max(...linkShare.values(), 1e-9);
  for (const link of [...region.roads, ...region.rail]) {
    const a = place.get(link.from);
    const b = place.get(link.to);
    if (!a || !b || link.status !== 'open') continue;
    const [, color, width] = CLASS_STYLE.find(([pattern]) => pattern.test(link.class)) ?? [/./, '#94a3b8', 0.6];
    const share = (linkShare.get(link.id) ?? 0) / most;
    const style =
      layer === 'networks'
        ? `${color}" stroke-width="${width}`
        : layer === 'centrality'
          ? `${share > 0.1 ? '#b91c1c' : '#94a3b8'}" stroke-width="${(0.4 + Math.round(share * 12) / 2).toFixed(1)}`
          : '#94a3b8" stroke-opacity="0.5" stroke-width="0.6';
    const d = `M${frame.x(a.longitude)} ${frame.y(a.latitude)}L${frame.x(b.longitude)} ${frame.y(b.latitude)}`;
    paths.set(style, [...(paths.get(style) ?? []), d]);
  }
  return [...paths].map(([style, d]) => `<path fill="none" stroke="${style}" d="${d.join('')}"/>`).join('');
}

export const STEP_BOUNDS = [0.02, 0.05, 0.1, 0.2] as const;

function zoneCircles({ region, reachable }: RegionReport, frame: Frame): string {
  const all = region.zones.reduce((sum, zone) => sum + zone.population, 0);
  return region.zones
    .map((zone, index) => {
      const share = (reachable[index] ?? 0) / all;
      const color = STEPS[STEP_BOUNDS.filter((bound) => share >= bound).length];
      const radius = Math.max(2, Math.sqrt(zone.population / all) * 70).toFixed(1);
      const title = escapeHtml(`${zone.name}: ${((reachable[index] ?? 0) / 1e6).toFixed(2)} million people within 60 minutes`);
      return `<circle cx="${frame.x(zone.longitude)}" cy="${frame.y(zone.latitude)}" r="${radius}" fill="${color}" fill-opacity="0.85" stroke="#fff" stroke-width="0.5"><title>${title}</title></circle>`;
    })
    .join('');
}

function bandPaths({ bands }: RegionReport, frame: Frame): string {
  return bands
    .map((band, index) => ({ band, color: BANDS[index] ?? '#eee' }))
    .reverse()
    .map(({ band, color }) => {
      const rings = band.geometry.coordinates.flat().map((ring) => {
        return `M${ring.map(([longitude = 0, latitude = 0]) => `${frame.x(longitude)} ${frame.y(latitude)}`).join('L')}Z`;
      });
      return `<path fill="${color}" fill-opacity="0.75" fill-rule="evenodd" d="${rings.join('')}"><title>${band.minutes} minutes</title></path>`;
    })
    .join('');
}

function newLinks({ missing, plans }: RegionReport, frame: Frame): string {
  const line = (link: (typeof missing)[number], style: string, mark: string) => {
    const [x1, y1] = [frame.x(link.fromLonLat[0]), frame.y(link.fromLonLat[1])];
    const [x2, y2] = [frame.x(link.toLonLat[0]), frame.y(link.toLonLat[1])];
    const title = escapeHtml(`${link.mode} ${link.rank}: ${link.fromName} – ${link.toName}`);
    return `<g><title>${title}</title><line x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}" ${style}/>${mark ? `<text x="${x2}" y="${y2}" class="mark">${mark}</text>` : ''}</g>`;
  };
  return [
    ...plans.map((link) => line(link, 'stroke="#7c3aed" stroke-width="1.5" stroke-dasharray="4 3"', '')),
    ...missing
      .filter((link) => link.rank <= 10)
      .map((link) =>
        line(
          link,
          `stroke="${link.mode === 'road' ? '#1d4ed8' : '#c2410c'}" stroke-width="3"`,
          `${link.mode === 'road' ? 'R' : 'T'}${link.rank}`,
        ),
      ),
  ].join('');
}

/** The most populous places that fit without touching each other. */
function labels({ region }: RegionReport, frame: Frame): string {
  const taken: { x: number; y: number }[] = [];
  const shown: string[] = [];
  for (const zone of region.zones.slice().sort((a, b) => b.population - a.population)) {
    const [x, y] = [Number(frame.x(zone.longitude)), Number(frame.y(zone.latitude))];
    if (shown.length >= 8) break;
    if (taken.some((other) => Math.abs(other.x - x) < 130 && Math.abs(other.y - y) < 30)) continue;
    taken.push({ x, y });
    const anchor = x > WIDTH - 120 ? 'end' : 'start';
    const name = zone.name.replace(/ (District|County|City|Ward)$/, '');
    shown.push(`<text x="${x}" y="${y - 6}" class="place" text-anchor="${anchor}">${escapeHtml(name)}</text>`);
  }
  return shown.join('');
}

function scaleBar({ height, kilometresPerPixel }: Frame): string {
  const kilometres = kilometresPerPixel * WIDTH > 500 ? 100 : 50;
  const length = kilometres / kilometresPerPixel;
  return `<g class="scale"><line x1="12" y1="${height - 12}" x2="${(12 + length).toFixed(1)}" y2="${height - 12}"/><text x="12" y="${height - 18}">${kilometres} km</text></g>`;
}

export function legend(layer: Layer): string {
  const swatch = (color: string, text: string) => `<span><i style="background:${color}"></i>${text}</span>`;
  if (layer === 'networks')
    return [
      swatch('#1d4ed8', 'motorway'),
      swatch('#94a3b8', 'other road'),
      swatch('#c2410c', 'high-speed rail'),
      swatch('#d97706', 'other rail'),
      swatch('#a16207', 'metro'),
    ].join('');
  if (layer === 'accessibility') {
    return STEPS.map((color, index) => swatch(color, index === 0 ? 'under 2%' : `${(STEP_BOUNDS[index - 1] ?? 0) * 100}% and over`)).join(
      '',
    );
  }
  if (layer === 'centrality') return swatch('#b91c1c', 'over a tenth of the busiest link; width by share of shortest ways');
  if (layer === 'isochrones') return BANDS.map((color, index) => swatch(color, `${(index + 1) * 30} min`)).join('');
  return [swatch('#1d4ed8', 'road candidate R'), swatch('#c2410c', 'rail candidate T'), swatch('#7c3aed', 'planned (dashed)')].join('');
}
