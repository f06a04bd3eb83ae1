import { escapeHtml } from './html.ts';

/** Radio buttons that show one layer of a figure by the style sheet alone (".layer-NAME"); the first is chosen. No script is needed. */
export function pickers(group: string, choices: readonly (readonly [name: string, text: string])[]): string {
  const inputs = choices.map(
    ([name, text], index) =>
      `<label><input type="radio" name="${group}" class="pick-${name}"${index === 0 ? ' checked' : ''}> ${escapeHtml(text)}</label>`,
  );
  return `<div class="pickers" role="radiogroup" aria-label="Layer">${inputs.join('')}</div>`;
}
