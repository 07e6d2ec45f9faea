// The way from a question to the sentence that answers it, by keyboard alone.

import assert from 'node:assert/strict';

import { HEIGHT, WIDTHS } from './browser.mjs';

/** What has the focus, and whether a reader can see that it has. */
function focused() {
  const element = document.activeElement;
  const box = element.getBoundingClientRect();
  const style = getComputedStyle(element);
  return {
    words: element.textContent.trim(),
    label: element.getAttribute('aria-label') ?? '',
    id: element.id,
    href: element.getAttribute('href') ?? '',
    inside: [...document.querySelectorAll('main, .hits, .margin, .values')]
      .filter((around) => around.contains(element))
      .map((around) => around.className || around.localName),
    inSight: box.bottom > 0 && box.top < innerHeight && box.width > 1 && box.height > 1,
    outlined: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
  };
}

/** Presses Tab until something wanted has the focus. */
async function tab(page, what, wanted) {
  const MOST = 400;
  for (let pressed = 0; pressed < MOST; pressed += 1) {
    await page.keyboard.press('Tab');
    const now = await page.evaluate(focused);
    assert.ok(now.inSight && now.outlined, `the focus is not to be seen: ${JSON.stringify(now)}`);
    if (wanted(now)) {
      return now;
    }
  }
  throw new Error(`${what} is not reached by ${MOST} times Tab`);
}

async function enter(page) {
  await Promise.all([page.waitForNavigation({ waitUntil: 'load' }), page.keyboard.press('Enter')]);
  return (await page.locator('h1').textContent()).trim();
}

/**
 * Searches for words, opens the first document found, from it a record, from it the sentence that a
 * value rests on.
 */
export async function journey(page, origin, words) {
  await page.setViewportSize({ width: WIDTHS.desk, height: HEIGHT });
  await page.goto(`${origin}/`, { waitUntil: 'load' });
  const skip = await tab(page, 'the first link', () => true);
  assert.equal(skip.href, '#content');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.activeElement.localName === 'main');

  await page.goto(`${origin}/`, { waitUntil: 'load' });
  await tab(page, 'the search', (now) => now.id === 'words');
  await page.keyboard.type(words);
  assert.equal(await enter(page), 'Search');

  const hit = await tab(page, 'a document found', (now) => now.inside.includes('hits'));
  assert.equal(await enter(page), hit.words);

  const record = await tab(
    page,
    'a record beside the text',
    (now) => now.inside.includes('margin') && now.href.startsWith('/incidents/'),
  );
  assert.equal(await enter(page), record.words);

  await tab(page, 'a sentence', (now) => now.inside.includes('values') && now.href.includes('#ast-'));
  await enter(page);
  const there = await page.evaluate(() => {
    const place = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const box = place?.getBoundingClientRect();
    return { found: Boolean(place), inSight: box && box.bottom > 0 && box.top < innerHeight };
  });
  assert.deepEqual(there, { found: true, inSight: true }, 'the sentence is not in sight');
}
