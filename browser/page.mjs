// What is asked of every page.

import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

import { HEIGHT, WIDTHS } from './browser.mjs';

const AXE = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** The rules of WCAG 2.2 up to AA, as axe calls them. */
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** Widths and colours in which a page is looked at. */
export const MANNERS = [
  { width: 'desk', colorScheme: 'light' },
  { width: 'telephone', colorScheme: 'dark' },
  { width: 'desk', colorScheme: 'dark' },
  { width: 'telephone', colorScheme: 'light' },
];

/** Listens to what a page complains of and asks for, until `end` gives the complaints. */
function listen(page, origin, status) {
  const complaints = [];
  const heard = (message) => {
    // That the page itself is an error is what was asked for.
    const own = status >= 400 && /Failed to load resource.* status of \d+/.test(message.text());
    if (['error', 'warning'].includes(message.type()) && !own) {
      complaints.push(`console: ${message.text()}`);
    }
  };
  const failed = (error) => complaints.push(`a script failed: ${error.message}`);
  const asked = (request) => {
    if (!request.url().startsWith(`${origin}/`)) {
      complaints.push(`it asks ${request.url()}`);
    }
  };
  page.on('console', heard).on('pageerror', failed).on('request', asked);
  return () => {
    page.off('console', heard).off('pageerror', failed).off('request', asked);
    return complaints;
  };
}

/** What is wider than the window, by how far. */
function overflow() {
  const root = document.scrollingElement;
  const over = root.scrollWidth - root.clientWidth;
  if (over <= 0) {
    return null;
  }
  const edge = root.clientWidth + window.scrollX;
  const wide = [...document.body.querySelectorAll('*')].filter(
    (element) => element.getBoundingClientRect().right > edge + 0.5 && !element.closest('.scroll > *'),
  );
  const first = wide.at(-1);
  return `${over} px too wide${first ? `: ${first.outerHTML.slice(0, 120)}` : ''}`;
}

/** How many of the things that are read or pressed are looked at for whether they overlap. */
const LOOKED_AT = 500;

/** Two things that are read or pressed and cover each other; nothing where all have room. */
function covered(most) {
  const kinds = 'a, button, input, select, textarea, summary, label, h1, h2, h3, h4';
  const shown = [...document.querySelectorAll(kinds)].filter((one) => {
    const style = getComputedStyle(one);
    // What lies in a frame of its own is moved there, and what says something in passing lies over the page.
    const apart = one.closest('.scroll, svg, dialog, .unseen, .skip, .said-now');
    return !apart && style.visibility !== 'hidden' && one.getClientRects().length > 0;
  });
  const boxes = shown.slice(0, most).flatMap((one) => [...one.getClientRects()].map((box) => ({ one, box })));
  for (const [at, { one, box }] of boxes.entries()) {
    const over = boxes.slice(at + 1).find(({ one: other, box: own }) => {
      const wide = Math.min(box.right, own.right) - Math.max(box.left, own.left);
      const high = Math.min(box.bottom, own.bottom) - Math.max(box.top, own.top);
      return !one.contains(other) && !other.contains(one) && wide > 3 && high > 6;
    });
    if (over) {
      return `${one.outerHTML.slice(0, 100)} and ${over.one.outerHTML.slice(0, 100)} cover each other`;
    }
  }
  return null;
}

/** The least width of a drawing, in CSS pixels, unless it is drawn smaller: its letters are read there. */
const DRAWING = 960;

/** What is wrong with drawings in a narrow window: they keep a width at which they can be read. */
function squeezed(least) {
  const drawings = [...document.querySelectorAll('figure.picture svg')];
  const small = drawings.find(
    (svg) => svg.getBoundingClientRect().width < Math.min(least, svg.viewBox.baseVal.width) - 1,
  );
  return small ? [`a drawing is ${Math.round(small.getBoundingClientRect().width)} px wide`] : [];
}

/** Whether a drawing wider than its frame is moved by keys; no complaint where there is none. */
async function movedByKeys(page) {
  const frame = page.locator('figure.picture .scroll').first();
  const wide = (element) => element.scrollWidth > element.clientWidth;
  if ((await frame.count()) === 0 || !(await frame.evaluate(wide))) {
    return [];
  }
  await frame.focus();
  await page.keyboard.press('ArrowRight');
  const moved = page.waitForFunction(
    () => document.querySelector('figure.picture .scroll').scrollLeft > 0,
    undefined,
    { timeout: 5000 },
  );
  return moved.then(() => [], () => ['a drawing is not moved by keys']);
}

/**
 * Loads a page in one manner and measures it there; with axe, also at the narrowest width.
 *
 * @returns {Promise<string[]>} complaints
 */
export async function look(page, origin, { address, status }, manner, withAxe) {
  await page.emulateMedia({ colorScheme: manner.colorScheme });
  await page.setViewportSize({ width: WIDTHS[manner.width], height: HEIGHT });
  const end = listen(page, origin, status);
  const complaints = [];
  const answer = await page.goto(origin + address, { waitUntil: 'load' });
  if (answer.status() !== status) {
    complaints.push(`status ${answer.status()} instead of ${status}`);
  }
  const over = await page.evaluate(overflow);
  complaints.push(...(over ? [`${manner.width}: ${over}`] : []), ...end());
  if (withAxe) {
    complaints.push(...(await axe(page)));
    for (const width of ['zoomed', 'telephone']) {
      await page.setViewportSize({ width: WIDTHS[width], height: HEIGHT });
      const found = [await page.evaluate(overflow), await page.evaluate(covered, LOOKED_AT)];
      complaints.push(...found.filter((one) => one !== null).map((one) => `${width}: ${one}`));
    }
    await page.setViewportSize({ width: WIDTHS.narrow, height: HEIGHT });
    const narrow = await page.evaluate(overflow);
    const drawing = [...(await page.evaluate(squeezed, DRAWING)), ...(await movedByKeys(page))];
    complaints.push(...[...(narrow ? [narrow] : []), ...drawing].map((one) => `narrow: ${one}`));
  }
  return complaints.map((one) => `${manner.width}, ${manner.colorScheme}: ${one}`);
}

/** What axe finds on the page that is open. */
export async function axe(page) {
  // Through the debugger: the page itself runs no script of anybody's.
  await page.evaluate(AXE);
  const found = await page.evaluate(
    (values) =>
      globalThis.axe
        .run(document, { runOnly: { type: 'tag', values }, resultTypes: ['violations'], iframes: false })
        .then(({ violations }) =>
          violations.map((one) => {
            const { html, failureSummary } = one.nodes[0];
            return `${one.id}, ${one.nodes.length} times: ${html.slice(0, 160)} (${failureSummary})`;
          }),
        ),
    RULES,
  );
  return found.map((one) => one.replaceAll(/\s+/g, ' '));
}
