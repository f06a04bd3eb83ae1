/** Text as it may stand between tags or in a double-quoted attribute. */
export function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

/** A figure with a caption above, a source line below, and whatever it shows between. */
export function figureHtml(parts: { title: string; body: string; legend?: string; source?: string; kind?: 'map' | 'chart' }): string {
  const legend = parts.legend ? `<div class="legend">${parts.legend}</div>` : '';
  const source = parts.source ? `<p class="source">${escapeHtml(parts.source)}</p>` : '';
  return `<figure class="${parts.kind ?? 'chart'}"><figcaption>${escapeHtml(parts.title)}</figcaption>${legend}${parts.body}${source}</figure>`;
}

/** A swatch of a legend: a filled square, a line or a mark drawn by the class of what it stands for. */
export function swatch(className: string, text: string, shape: 'square' | 'line' = 'square'): string {
  const inner =
    shape === 'line'
      ? `<path class="${className}" d="M1 7H21"/>`
      : `<rect class="${className}" x="1" y="1" width="20" height="12" rx="2"/>`;
  return `<span class="key"><svg viewBox="0 0 22 14" width="22" height="14" aria-hidden="true">${inner}</svg>${escapeHtml(text)}</span>`;
}
