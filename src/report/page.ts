import { CORRIDOR_VERSION } from '../model/version.ts';
import type { RegionContext } from './context.ts';
import { escapeHtml } from './figures/html.ts';
import { sharedShapes } from './figures/map-layers.ts';
import { SCRIPT } from './script.ts';
import type { NamedTable, RegionSection, SectionOutput } from './section.ts';
import { CHAPTER, CLOSING, type OPENING, openingOf } from './sections/list.ts';
import { STYLE } from './style.ts';
import { PAGE_WORDS as WORDS } from './words/page-words.ts';

export interface Report {
  /** one page that needs no network; readable without script */
  readonly html: string;
  /** every table that the page shows, to be written beside it */
  readonly tables: readonly NamedTable[];
}

/**
 * The report on regions: overview, findings and comparison, a chapter a region, methods. The same input gives the same bytes.
 *
 * @param chapter  sections of each region's chapter; all of them by default
 * Cost: that of the analyses its sections ask for, each once a region.
 */
export function renderReport(contexts: readonly RegionContext[], chapter: readonly RegionSection[] = CHAPTER): Report {
  const tables: NamedTable[] = [];
  const part = (id: string, title: string, output: SectionOutput, level: 2 | 3) => {
    tables.push(...output.tables);
    return output.html === ''
      ? ''
      : `<section id="${id}" class="part level${level}"><h${level}>${escapeHtml(title)}</h${level}>${output.html}</section>\n`;
  };
  const across = (sections: typeof OPENING) => sections.map(({ id, title, show }) => part(id, title, show(contexts), 2)).join('');
  const opening = across(openingOf(chapter));
  const chapters = contexts.map((context) => {
    const sections = chapter.map(({ id, title, show }) => ({
      id: `${context.id}-${id}`,
      title,
      html: part(`${context.id}-${id}`, title, show(context), 3),
    }));
    const links = sections.filter((row) => row.html !== '').map(({ id, title }) => `<a href="#${id}">${escapeHtml(title)}</a>`);
    return `<section id="${context.id}" class="chapter c${context.position % 6}"><header><h2>${heading(context)}</h2><nav aria-label="${escapeHtml(context.name)}">${links.join('')}</nav></header>${sharedShapes(context)}${sections.map((row) => row.html).join('')}</section>\n`;
  });
  return { html: document(contexts, `${opening}${chapters.join('')}${across(CLOSING)}`), tables };
}

function heading({ region }: RegionContext): string {
  const { name, nameLocal } = region.manifest;
  return `${escapeHtml(name)}${nameLocal && nameLocal !== name ? ` <small>${escapeHtml(nameLocal)}</small>` : ''}`;
}

function document(contexts: readonly RegionContext[], body: string): string {
  const names = contexts.map((context) => context.name);
  const { mode, year, speeds } = contexts[0]?.options ?? { mode: 'multimodal', year: null, speeds: 'harmonised' };
  const { glance, findings, benchmark, methods } = WORDS.navigation;
  const links: [string, string][] = [
    ['glance', glance],
    ['findings', findings],
    ['benchmark', benchmark],
    ...contexts.map((context): [string, string] => [context.id, context.name]),
    ['methods', methods],
  ];
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><title>Corridor: ${escapeHtml(names.join(', '))}</title><style>${STYLE}</style></head><body>
<header class="masthead"><div><p class="kicker">Corridor ${CORRIDOR_VERSION} · ${escapeHtml(WORDS.kicker)}</p><h1>${escapeHtml(WORDS.title(names))}</h1><p class="dek">${escapeHtml(WORDS.dek(names, mode, speeds, year))}</p></div></header>
<nav class="top" aria-label="Report"><div>${links.map(([id, text]) => `<a href="#${id}">${escapeHtml(text)}</a>`).join('')}</div></nav>
<main>
${body}</main>
<script>${SCRIPT}</script>
</body></html>
`;
}
