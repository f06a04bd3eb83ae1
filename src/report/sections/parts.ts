import type { Cell, Column, ResultTable } from '../../model/results.ts';
import type { RegionContext } from '../context.ts';
import { escapeHtml } from '../figures/html.ts';

/** A wide figure and what is said about it, side by side where the page is wide. */
export function duo(figure: string, side: string): string {
  return `<div class="duo"><div>${figure}</div><div class="side">${side}</div></div>`;
}

/** Figures in as many columns as fit. */
export function grid(...figures: readonly string[]): string {
  return `<div class="grid">${figures.join('')}</div>`;
}

/** Paragraphs of plain text; empty ones are left out. The first is set larger. */
export function lead(sentences: readonly string[]): string {
  return sentences
    .filter((text) => text !== '')
    .map((text, index) => `<p${index === 0 ? ' class="lead"' : ''}>${escapeHtml(text)}</p>`)
    .join('');
}

/** A small remark. */
export function remark(text: string): string {
  return `<p class="source">${escapeHtml(text)}</p>`;
}

/** Text behind a click: how something was computed. */
export function details(summary: string, html: string): string {
  return `<details><summary>${escapeHtml(summary)}</summary>${html}</details>`;
}

/** A table of this report, with what is needed to make it again. */
export function resultTable(
  context: RegionContext,
  subject: string,
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
): ResultTable {
  const { mode, year, speeds } = context.options;
  return {
    command: 'report',
    parameters: { region: context.id, subject, mode, year, speeds },
    inputs: context.inputs,
    columns,
    rows,
    notes: [],
  };
}
