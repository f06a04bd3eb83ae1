import { borderSpeedRatio, speedsByDistance } from '../../speeds/pair-speeds.ts';
import { type BenchmarkInput, type Indicator, indicator } from './indicator.ts';

/** Whether pairs of zones across a border are slower than pairs inside at equal distance. Cost O(zones²). */
export function borderIndicators({ borderTimes }: BenchmarkInput): Indicator[] {
  const how = 'mean over 25 km distance bands, assumed neighbour roads left out; pairs without a way are not counted';
  return (['road', 'rail', 'multimodal'] as const).map((mode) => {
    const ratio = borderSpeedRatio(speedsByDistance(borderTimes[mode]));
    return indicator('Borders', `speed across a border / within, ${mode}`, '–', 'high', ratio, how);
  });
}
