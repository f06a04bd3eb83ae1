import type { AcrossSection, RegionSection } from '../section.ts';
import { accessibilitySection } from './accessibility.ts';
import { backtestSection } from './backtest.ts';
import { benchmarkSection } from './benchmark.ts';
import { bordersSection } from './borders.ts';
import { bottlenecksSection } from './bottlenecks.ts';
import { centralitySection } from './centrality.ts';
import { equitySection } from './equity.ts';
import { findingsSection, fullFindingsSection } from './findings.ts';
import { growthSection } from './growth.ts';
import { interestsSection } from './interests.ts';
import { isochronesSection } from './isochrones.ts';
import { methodsSection } from './methods.ts';
import { missingLinksSection } from './missing-links.ts';
import { networksSection } from './networks.ts';
import { overviewSection } from './overview.ts';
import { portfolioSection } from './portfolio.ts';
import { referencesSection } from './references.ts';
import { speedsSection } from './speeds.ts';
import { upgradesSection } from './upgrades.ts';

/** Before the chapters of the regions, in this order. */
export const OPENING: readonly AcrossSection[] = [overviewSection, findingsSection, benchmarkSection];

/** The opening of a report with these chapters: findings of growth where growth is worked out. */
export function openingOf(chapter: readonly RegionSection[]): readonly AcrossSection[] {
  return chapter.includes(growthSection)
    ? OPENING.map((section) => (section === findingsSection ? fullFindingsSection : section))
    : OPENING;
}

/** The chapter of each region, in this order. A new section is one file beside this one and one line here. */
export const CHAPTER: readonly RegionSection[] = [
  networksSection,
  accessibilitySection,
  isochronesSection,
  equitySection,
  missingLinksSection,
  interestsSection,
  portfolioSection,
  upgradesSection,
  bottlenecksSection,
  centralitySection,
  bordersSection,
  speedsSection,
  growthSection,
  referencesSection,
];

/** Sections that work out a region several times over: left out unless the whole report is asked for. */
const LONG: readonly RegionSection[] = [portfolioSection, upgradesSection, growthSection];

/** The chapter without its long sections: what a first look needs. */
export const SHORT_CHAPTER: readonly RegionSection[] = CHAPTER.filter((section) => !LONG.includes(section));

/** After the chapters. */
export const CLOSING: readonly AcrossSection[] = [backtestSection, methodsSection];
