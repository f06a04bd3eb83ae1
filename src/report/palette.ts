/**
 * Colours of the report, light and dark, told apart by people with any of the common forms of colour blindness: categories after Okabe and
 * Ito (2008), sequences that only grow darker (or lighter on dark paper). Every colour that means something has its name here.
 */
interface Scheme {
  readonly [name: string]: string;
}

const LIGHT: Scheme = {
  ink: '#16232e',
  soft: '#536372',
  line: '#d9e0e6',
  paper: '#ffffff',
  panel: '#f5f7f9',
  accent: '#0b5c8a',
  masthead: '#12324a',
  'masthead-ink': '#f4f8fb',
  'masthead-soft': '#a9c6da',
  sea: '#d6e4ed',
  land: '#f4f2ec',
  shore: '#9fb4c2',
  border: '#3c4a56',
  halo: '#ffffff',
  unknown: '#c9c9c9',
  's-0': '#f3f4dc',
  's-1': '#d3e6cc',
  's-2': '#a5d2c0',
  's-3': '#6fb6ba',
  's-4': '#4190ae',
  's-5': '#2b6796',
  's-6': '#243c70',
  'b-0': '#46105c',
  'b-1': '#98307e',
  'b-2': '#dd5f63',
  'b-3': '#f6b98b',
  road: '#1b62b0',
  'road-middle': '#6f97c6',
  'road-small': '#8fa6be',
  rail: '#c4470d',
  'rail-middle': '#e0914a',
  metro: '#8a63b8',
  'load-1': '#d9a441',
  'load-2': '#e07b2a',
  'load-3': '#c93a2b',
  'load-4': '#7d1538',
  plan: '#6b3fa0',
  both: '#0a7d5c',
  equal: '#8796a3',
  faint: '#8b99a5',
  within: '#0a7d5c',
  across: '#b3372f',
  'region-0': '#0068a8',
  'region-1': '#c95200',
  'region-2': '#00835f',
  'region-3': '#b0548a',
  'region-4': '#8a6d00',
  'region-5': '#2e8bc0',
};

const DARK: Scheme = {
  ink: '#e3eaf0',
  soft: '#9badbc',
  line: '#2b3a46',
  paper: '#10181f',
  panel: '#17212a',
  accent: '#7cc0e8',
  masthead: '#0b2233',
  'masthead-ink': '#eef5fa',
  'masthead-soft': '#8fb0c7',
  sea: '#0b1218',
  land: '#202b34',
  shore: '#3e505e',
  border: '#d4dde4',
  halo: '#10181f',
  unknown: '#5b5b5b',
  's-0': '#22303a',
  's-1': '#22444f',
  's-2': '#225a69',
  's-3': '#2b7584',
  's-4': '#4a9698',
  's-5': '#85bda7',
  's-6': '#d6e8bd',
  'b-0': '#fbe3a6',
  'b-1': '#f2905f',
  'b-2': '#b4447e',
  'b-3': '#5a2c78',
  road: '#6fb3ef',
  'road-middle': '#47779f',
  'road-small': '#3c5163',
  rail: '#f58a55',
  'rail-middle': '#b3703a',
  metro: '#b296dc',
  'load-1': '#b98a35',
  'load-2': '#e08a3c',
  'load-3': '#f0604f',
  'load-4': '#ff9db8',
  plan: '#c4a3f0',
  both: '#52c9a2',
  equal: '#7b8a96',
  faint: '#566572',
  within: '#52c9a2',
  across: '#ef7d73',
  'region-0': '#63b4ea',
  'region-1': '#f0955a',
  'region-2': '#4fc79e',
  'region-3': '#e09cc3',
  'region-4': '#d8bd4a',
  'region-5': '#a3d5f2',
};

function variables(scheme: Scheme): string {
  return Object.entries(scheme)
    .map(([name, value]) => `--${name}:${value}`)
    .join(';');
}

const steps = (className: string, count: number) =>
  Array.from({ length: count }, (_value, index) => `.${className}${index}{fill:var(--${className}-${index})}`).join('');
const regions = Array.from({ length: 6 }, (_value, index) => `.c${index}{--own:var(--region-${index})}`).join('');
const own = ['road', 'rail', 'equal', 'within', 'across'].map((name) => `.${name}{--own:var(--${name})}`).join('');

/** Colours as CSS variables for both schemes (light when printed), and the classes that take their fill or stroke from them. */
export const PALETTE = `
:root{color-scheme:light dark;${variables(LIGHT)}}
@media screen and (prefers-color-scheme:dark){:root{${variables(DARK)}}}
${steps('s', 7)}${steps('b', 4)}${regions}${own}.multimodal{--own:var(--both)}.faintline{--own:var(--equal)}.unknown{fill:var(--unknown)}
`;
