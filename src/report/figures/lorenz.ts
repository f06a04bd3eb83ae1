import type { Chart, Series } from './chart.ts';

/** The axes of Lorenz curves, the line of an even share, and the curves given in percent of people and of the hour's reach. */
export function lorenzChart(curves: readonly Series[]): Pick<Chart, 'x' | 'y' | 'series'> {
  return {
    x: { title: 'people, worst placed first', unit: '%', domain: [0, 100] },
    y: { title: 'share of the hour’s reach', unit: '%', domain: [0, 100] },
    series: [
      {
        name: 'if even',
        className: 'equal',
        points: [
          [0, 0],
          [100, 100],
        ],
      },
      ...curves,
    ],
  };
}
