import { CORRIDOR_VERSION } from '../../model/version.ts';
import type { RegionContext } from '../context.ts';
import { escapeHtml } from '../figures/html.ts';
import type { AcrossSection } from '../section.ts';
import { METHODS_WORDS as WORDS } from '../words/page-words.ts';
import { details, grid } from './parts.ts';

/** How figures are computed, what the data hide, and what is needed to make the page again. */
export const methodsSection: AcrossSection = {
  id: 'methods',
  title: WORDS.title,
  show: (contexts) => {
    const notes = (title: string, rows: readonly string[]) =>
      `<div><h3>${escapeHtml(title)}</h3><ul>${rows.map((text) => `<li>${escapeHtml(text)}</li>`).join('')}</ul></div>`;
    const html = [
      grid(notes(WORDS.how, WORDS.notes), notes(WORDS.limits, [...WORDS.cautions, ...imputed(contexts)])),
      `<h3>${escapeHtml(WORDS.cite)}</h3>${cite(contexts)}`,
    ];
    return { html: html.join(''), tables: [], findings: [] };
  },
};

function imputed(contexts: readonly RegionContext[]): string[] {
  return contexts.flatMap((context) => {
    const read = new Map<string, number>();
    for (const problem of context.problems) if (problem.severity === 'note') read.set(problem.kind, (read.get(problem.kind) ?? 0) + 1);
    const counts = [
      ...context.imputed().map(({ kind, count }) => `${kind} (${count})`),
      ...[...read].map(([kind, count]) => `${kind} (${count})`),
    ];
    return counts.length > 0 ? [`${context.name}: values that the tables lack and a stated rule gives: ${counts.join(', ')}.`] : [];
  });
}

function cite(contexts: readonly RegionContext[]): string {
  const names = contexts.map((context) => context.name);
  const { mode, year, speeds } = contexts[0]?.options ?? { mode: 'multimodal', year: null, speeds: 'harmonised' };
  const upgrade = contexts[0]?.upgrade;
  const flags = `--mode ${mode} --speeds ${speeds}${year === null ? '' : ` --year ${year}`}${upgrade ? ` --upgrade ${upgrade}` : ''}`;

  const command = `npx corridor report ${contexts.map((context) => context.id).join(' ')} ${flags} --out report`;
  const rows = contexts.flatMap((context) =>
    context.inputs.map(
      ({ file, sha256 }) => `<tr><td>${escapeHtml(context.id)}/${escapeHtml(file)}</td><td><code>${sha256}</code></td></tr>`,
    ),
  );
  const hashes = `<div class="scroll" role="region" aria-label="${escapeHtml(WORDS.inputs)}" tabindex="0"><table><thead><tr><th scope="col">file</th><th scope="col">SHA-256</th></tr></thead><tbody>${rows.join('')}</tbody></table></div>`;
  return `<p>${escapeHtml(WORDS.citation(CORRIDOR_VERSION, names))}</p><p>${escapeHtml(WORDS.command)}</p><pre><code>${escapeHtml(command)}</code></pre>${details(WORDS.inputs, hashes)}`;
}
