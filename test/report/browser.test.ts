import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect } from 'chai';
import { type Browser, chromium, type Page } from 'playwright-core';
import { regionContexts } from '../../src/report/context.ts';
import { renderReport } from '../../src/report/page.ts';
import { lineWorld } from '../worlds/line-world.ts';
import { tianjin } from '../worlds/tianjin.ts';

const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) => existsSync(path));
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** A test in a browser; where none is installed it is skipped, and its name says so. */
function itInBrowser(name: string, body: (page: Page, problems: string[]) => Promise<void>, width: number): void {
  if (!CHROMIUM) {
    it.skip(`${name} (needs chromium)`);
    return;
  }
  it(name, async () => {
    const page = await (await browser()).newPage({ viewport: { width, height: 900 } });
    const problems: string[] = [];
    page.on('console', (message) => problems.push(`console: ${message.text()}`));
    page.on('pageerror', (error) => problems.push(`error: ${error.message}`));
    page.on('request', (request) => {
      if (request.url() !== address()) problems.push(`request: ${request.url()}`);
    });
    await page.goto(address());
    await body(page, problems);
    await page.close();
  }).timeout(60_000);
}

let open: Browser | null = null;
let folder = '';
const address = () => pathToFileURL(join(folder, 'index.html')).href;
async function browser(): Promise<Browser> {
  open ??= await chromium.launch({ executablePath: CHROMIUM ?? '', args: FLAGS });
  return open;
}

describe('the report in a browser', () => {
  before(function () {
    this.timeout(120_000);
    if (!CHROMIUM) return;
    folder = mkdtempSync(join(tmpdir(), 'corridor-page-'));
    const regions = [tianjin(), lineWorld()];
    const contexts = regionContexts(
      regions.map((region) => ({ region, problems: [], inputs: [] })),
      { mode: 'multimodal', year: null, speeds: 'harmonised' },
    );
    writeFileSync(join(folder, 'index.html'), renderReport(contexts).html);
  });
  after(async () => {
    await open?.close();
    if (folder) rmSync(folder, { recursive: true });
  });

  for (const width of [400, 1400]) {
    itInBrowser(
      `fits ${width} px without sideways scrolling, asks for nothing and complains of nothing`,
      async (page, problems) => {
        const [wide, inner] = (await page.evaluate('[document.documentElement.scrollWidth, window.innerWidth]')) as [number, number];
        expect(wide).to.be.at.most(inner);
        expect(problems).to.deep.equal([]);
      },
      width,
    );
  }

  itInBrowser(
    'shows every figure with a size, and words no smaller than 8 px on a phone',
    async (page) => {
      const figures = (await page.evaluate(`[...document.querySelectorAll('figure svg[role=img], .card svg')].map((svg) => {
        const box = svg.getBoundingClientRect();
        const scale = box.width / svg.viewBox.baseVal.width;
        const sizes = [...svg.querySelectorAll('text')].filter((text) => text.getBoundingClientRect().width > 0).map((text) => parseFloat(getComputedStyle(text).fontSize) * scale);
        return { width: box.width, height: box.height, least: Math.min(99, ...sizes), label: svg.getAttribute('aria-label') };
      })`)) as { width: number; height: number; least: number; label: string }[];
      expect(figures.length).to.be.greaterThan(20);
      for (const { width, height, least, label } of figures) {
        expect(width, label).to.be.greaterThan(250);
        expect(height, label).to.be.greaterThan(100);
        expect(least, label).to.be.at.least(8);
      }
    },
    400,
  );

  itInBrowser(
    'sorts a table by the head that is pressed, and shows another layer of a map without script',
    async (page) => {
      const zones = page.locator('#tianjin-accessibility table.sortable');
      const column = async () =>
        (await zones.locator('tbody tr td:nth-child(4)').allTextContents()).map((text) => Number(text.replaceAll(',', '')));
      await zones.locator('thead button').nth(3).click();
      const sorted = await column();
      expect(sorted).to.deep.equal(sorted.toSorted((a, b) => b - a));
      await page.locator('#tianjin-accessibility .pick-core').check();
      expect(await page.locator('#tianjin-accessibility figure.map > svg .layer-core').isVisible()).to.equal(true);
      expect(await page.locator('#tianjin-accessibility figure.map > svg .layer-within').isVisible()).to.equal(false);
    },
    1400,
  );
});
