// Pictures of one page in the browser: what is picked in one is marked in all; maps are shown closer, with
// script and without; the replay is played, by buttons and by keys.
//
//   node linking.mjs --program FILE --chromium FILE --folder FOLDER
//
// Casebooks are made in FOLDER of documents written here. Ends with "N passed, N failed".

import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { command, given, over, part, visitor } from './desk.mjs';
import { HEIGHT, WIDTHS, open } from './browser.mjs';
import { axe } from './page.mjs';

/** Reports from three cities, two of them near each other. */
const REPORTS = [
  ['Brussels', '2014-03-02', 'A bomb exploded at a bank in Brussels on Saturday and killed two people.'],
  ['Antwerp', '2014-03-09', 'A gunman shot a policeman in Antwerp on Saturday.'],
  ['Lisbon', '2014-04-06', 'A bomb exploded at a barracks in Lisbon on Saturday and wounded a guard.'],
];

/** A casebook of these. */
function reported(name) {
  const folder = join(given.folder, name);
  mkdirSync(join(folder, 'papers'), { recursive: true });
  for (const [city, day, words] of REPORTS) {
    const text = `The Ferry Gazette\n\nAttack in ${city}\n\n${day}\n\n${words} Nobody said who had done it.\n`;
    writeFileSync(join(folder, 'papers', `${city}.txt`), text);
  }
  const casebook = join(folder, 'map.casebook');
  command(casebook, 'read', join(folder, 'papers'));
  return { casebook };
}

/** A casebook in which attacks can be seen to hang together, one pair after the other, by one man. */
function tied(name) {
  const { casebook } = reported(name);
  const works = [
    ['The Lenn Trial', '2014-05-02', 'Bomb on the bridge'],
    ['The Ferry Trial', '2014-06-03', 'Shots at the ferry'],
    ['The Mill Trial', '2014-08-19', 'Fire at the mill'],
  ];
  for (const [work, day, incident] of works) {
    const said = ['--new', `incident:${incident}`, '--variable', 'perpetrator', '--value', 'person:Jan Maas'];
    command(casebook, 'add', '--work', work, '--place', 'p. 3', '--published', day, ...said, '--by', 'Ada');
  }
  const people = JSON.parse(command(casebook, 'people', '--json')).filter((one) => one.name === 'Jan Maas');
  const [first, ...others] = people.map((one) => one.id);
  for (const other of others) {
    command(casebook, 'judge', 'same', first, other, '--by', 'Ada', '--reason', 'one man');
  }
  return { casebook };
}

/** Loads a page until everything on it is drawn. */
async function drawn(page, address) {
  for (let tries = 0; tries < 60; tries += 1) {
    await page.goto('about:blank');
    const answer = await page.goto(address);
    if (!answer.headers().refresh) {
      return;
    }
  }
  throw new Error(`${address} is never drawn`);
}

const wide = (page) => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
const picked = (page, within) => page.locator(`main ${within} .picked`).count();

const browser = await open(given.chromium);
try {
  await part('what is picked in one picture is marked in all', () => reported('linked'), async ({ served }) => {
    const { page, complaints } = await visitor(browser, served);
    await drawn(page, `${served.origin}/map`);
    const figures = page.locator('figure.picture');
    assert.equal(await figures.count(), 3);
    assert.deepEqual(await axe(page), [], 'before');
    // By keys: the list above the map.
    const list = page.getByLabel('Mark in all pictures');
    const options = await list.locator('option').allTextContents();
    assert.ok(options.length > 3, options.join('; '));
    await list.focus();
    await page.keyboard.press('ArrowDown');
    await page.locator('#picked-now', { hasText: '1 picked' }).waitFor();
    assert.match(page.url(), /#picked=inc-/);
    for (let at = 0; at < 3; at += 1) {
      assert.ok((await figures.nth(at).locator('.picked').count()) > 0, `picture ${at}`);
    }
    assert.ok((await picked(page, 'table')) > 0);
    assert.ok((await page.locator('main svg .unpicked').count()) > 0, 'the others are faded');
    assert.deepEqual(await axe(page), [], 'with one picked');
    // It goes along to another picture, and stays when the page is loaded again.
    await drawn(page, page.url());
    assert.ok((await picked(page, 'svg')) > 0, 'after it is loaded again');
    await page.locator('nav[aria-label="Drawings"] a', { hasText: 'Timeline' }).click();
    await page.waitForURL('**/timeline#picked=*');
    await page.locator('main svg .picked').first().waitFor();
    // By the pointer: a symbol of the network picks what it stands for.
    await drawn(page, `${served.origin}/map`);
    await figures.nth(2).locator('.tl-node').first().click();
    await page.locator('#picked-now', { hasText: '1 picked' }).waitFor();
    await page.locator('main tr[data-of]').last().click({ modifiers: ['Shift'], position: { x: 400, y: 8 } });
    await page.getByRole('button', { name: 'Pick nothing' }).click();
    assert.equal(await picked(page, ''), 0);
    assert.ok(!page.url().includes('#'), page.url());
    assert.deepEqual(complaints, []);
  });

  for (const javaScriptEnabled of [true, false]) {
    const how = javaScriptEnabled ? 'with script' : 'without script';
    await part(`a map is shown closer, ${how}`, () => reported(`closer-${javaScriptEnabled}`), async ({ served }) => {
      const viewport = { width: WIDTHS.telephone, height: HEIGHT };
      const { page, complaints } = await visitor(browser, served, { javaScriptEnabled, viewport });
      await drawn(page, `${served.origin}/map?type=bombing`);
      assert.ok((await wide(page)) <= 0, 'no wider than a telephone');
      await page.getByRole('button', { name: 'Closer' }).click();
      await page.waitForURL('**/map?type=bombing&view=*');
      await drawn(page, page.url());
      const words = await page.locator('figure.picture svg').first().textContent();
      assert.ok(words.includes('Shown is ') && words.includes('Only incidents of the type bombing'), words);
      await page.locator('form.zooming a', { hasText: 'All' }).click();
      await page.waitForURL('**/map?type=bombing');
      assert.deepEqual(complaints, []);
    });
  }
  await part('the replay is played, by buttons and by keys', () => tied('played'), async ({ served }) => {
    const { page, complaints } = await visitor(browser, served, { reducedMotion: 'reduce' });
    await drawn(page, `${served.origin}/knowable`);
    const rows = page.locator('ol.way > li');
    const all = await rows.count();
    assert.ok(all > 0, 'something became visible');
    const panel = page.getByRole('group', { name: 'The days, played' });
    assert.deepEqual(await axe(page), [], 'before');
    const seen = () => page.locator('ol.way > li:visible').count();
    assert.equal(await seen(), all, 'all is listed before');
    // By keys: on to the first day, and back to all.
    await panel.getByRole('slider', { name: 'Day' }).focus();
    await page.keyboard.press('ArrowRight');
    const line = page.locator('#replay-told');
    assert.match(await line.textContent(), /^2014-\d\d-\d\d: \d+ connections? became visible; 0 could be seen before/);
    assert.ok((await seen()) < all || all === 1, 'one day alone');
    assert.ok((await page.locator('svg g.later').count()) > 0 || all === 1, 'what came later is faded');
    assert.deepEqual(await axe(page), [], 'on a day');
    await page.keyboard.press('End');
    const last = await line.textContent();
    await page.keyboard.press('[');
    await page.keyboard.press(']');
    assert.equal(await line.textContent(), last);
    // Played, it goes on by itself and ends with the last day; the button pauses it.
    await page.keyboard.press('Home');
    await panel.getByRole('button', { name: 'Play' }).click();
    await panel.getByRole('button', { name: 'Pause' }).click();
    await panel.getByRole('button', { name: 'Play' }).waitFor();
    await panel.getByRole('button', { name: 'All days' }).click();
    assert.equal(await seen(), all);
    // Its picture is played as well.
    await drawn(page, `${served.origin}/replay`);
    await panel.getByRole('button', { name: 'Next day' }).click();
    await page.locator('svg g.now').first().waitFor();
    assert.deepEqual(complaints, []);
  });
} finally {
  await browser.close();
}
over('linking');
