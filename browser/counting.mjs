// A count in the browser: chosen, counted, saved, judged for until it is final, cited; set against an earlier
// day; by keyboard, without script, and on a telephone. Pictures narrowed and kept as files.
//
//   node counting.mjs --program FILE --chromium FILE --folder FOLDER
//
// Casebooks are made in FOLDER of documents written here. Ends with "N passed, N failed".

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

import { command, given, made, name, over, part, visitor } from './desk.mjs';
import { HEIGHT, WIDTHS, open } from './browser.mjs';
import { axe } from './page.mjs';

/** Chooses a count of bombings by how many died, and sends it by a button. */
async function choose(page, served, button) {
  await page.goto(`${served.origin}/count`);
  await page.locator('#title').fill('Bombings that killed');
  await page.locator('#of-1-what').selectOption('type');
  await page.locator('#of-1-value').fill('bombing');
  await page.locator('#in-1-what').selectOption('killed');
  await page.locator('#in-1-test').selectOption('at-least');
  await page.locator('#in-1-value').fill('1');
  await page.getByRole('button', { name: button, exact: true }).click();
}

const wide = (page) => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);

const browser = await open(given.chromium);
try {
  await part('from a choice to a cited figure', () => made('cited'), async ({ casebook, served }) => {
    const { page, complaints } = await visitor(browser, served);
    await page.goto(served.origin);
    await name(page, 'Ada');
    await page.locator('.next-steps a', { hasText: 'a new count' }).click();
    await page.waitForURL('**/count');
    assert.deepEqual(await axe(page), [], 'the form');
    // The words that fit what is asked are offered.
    await page.locator('#of-1-what').selectOption('type');
    assert.equal(await page.locator('#of-1-value').getAttribute('list'), 'terms-type');
    await choose(page, served, 'Count it');
    assert.ok((await page.locator('.outcome').textContent()).includes('not final'));
    assert.equal(await page.locator('#in-1-value').inputValue(), '1', 'what was chosen stays');
    assert.deepEqual(await axe(page), [], 'what comes of it');
    await page.getByRole('button', { name: 'Save it', exact: true }).click();
    await page.waitForURL('**/counts/bombings-that-killed');
    await page.getByRole('link', { name: 'Cite it' }).click();
    assert.ok((await page.locator('main').textContent()).includes('cannot be cited'));
    // Whatever it hangs on is found, as the command does.
    for (let tries = 0; ; tries += 1) {
      assert.ok(tries < 5, 'it becomes final');
      const [counted] = JSON.parse(command(casebook, 'count', 'bombings-that-killed', '--json'));
      if (counted.strict.final) {
        break;
      }
      for (const incident of JSON.parse(command(casebook, 'incidents', '--json'))) {
        const [shown] = JSON.parse(command(casebook, 'show', incident.id, '--json'));
        const held = new Map(shown.values.map((one) => [one.variable, one]));
        const judge = (...words) => command(casebook, 'judge', ...words, '--by', 'Ada', '--reason', 'as all say');
        for (const mention of shown.joins ?? []) {
          if (!mention.judgment) {
            judge('same', mention.mention, mention.to);
          }
        }
        const spelled = (one) => one && (one.value?.term ?? String(one.value?.figure?.least ?? 0));
        for (const [variable, otherwise] of [['type', 'arson'], ['killed', '0']]) {
          const one = held.get(variable);
          if (one?.basis !== 'finding') {
            judge('find', incident.id, variable, spelled(one) ?? otherwise);
          }
        }
      }
    }
    await page.goto(`${served.origin}/counts/bombings-that-killed/cite`);
    await page.locator('h2', { hasText: 'As a line' }).waitFor();
    const line = await page.locator('pre.citation').first().textContent();
    const verify = /Verify: throughline (count .*)$/.exec(line)[1];
    const words = verify.match(/'[^']*'|\S+/g).map((word) => word.replaceAll("'", ''));
    assert.ok(command(casebook, ...words).includes('verified'), 'the figure is verified by its line');
    assert.deepEqual(await axe(page), [], 'the citation');
    await page.getByRole('link', { name: 'What it hangs on' }).click();
    await page.locator('h2', { hasText: 'If one assertion fell' }).waitFor();
    assert.deepEqual(await axe(page), [], 'what it hangs on');
    await page.getByRole('link', { name: 'Set it against another' }).click();
    await page.locator('#against').fill('2016-05-20');
    await page.keyboard.press('Enter');
    await page.locator('h2', { hasText: 'What stands elsewhere' }).waitFor();
    assert.deepEqual(await axe(page), [], 'two days side by side');
    await page.getByRole('link', { name: 'Figure and list' }).click();
    await page.locator('summary', { hasText: 'Publish it' }).click();
    assert.equal(await page.locator('#publish-by').inputValue(), 'Ada');
    await page.locator('#publish-where').fill('The Lamp, page 2');
    await page.getByRole('button', { name: 'Publish it', exact: true }).click();
    await page.waitForURL('**/published/*');
    assert.ok((await page.locator('main').textContent()).includes('stands'));
    assert.deepEqual(complaints, []);
  });

  await part('without script, on a telephone, dark', () => made('plain'), async ({ served }) => {
    const look = { javaScriptEnabled: false, viewport: { width: WIDTHS.telephone, height: HEIGHT }, colorScheme: 'dark' };
    const { page } = await visitor(browser, served, look);
    await choose(page, served, 'Save it');
    await page.waitForURL('**/counts/bombings-that-killed');
    for (const address of ['/count', '/counts/bombings-that-killed', '/counts/bombings-that-killed/sensitivity', '/counts/bombings-that-killed/against?against=2016']) {
      await page.goto(served.origin + address);
      assert.ok((await wide(page)) <= 0, `${address} is ${await wide(page)} pixels too wide`);
    }
    // A condition that cannot be is said, and what was chosen stays.
    await page.goto(`${served.origin}/count`);
    await page.locator('#title').fill('Many');
    await page.locator('#in-1-what').selectOption('killed');
    await page.locator('#in-1-value').fill('many');
    await page.getByRole('button', { name: 'Count it', exact: true }).click();
    assert.ok((await page.locator('.fault').textContent()).includes('no number'));
    assert.equal(await page.locator('#title').inputValue(), 'Many');
  });

  await part('pictures are narrowed and kept as files', () => made('pictures'), async ({ served }) => {
    const { page, complaints } = await visitor(browser, served);
    await page.goto(`${served.origin}/timeline`);
    await page.locator('figure.picture svg').waitFor();
    await page.locator('#place').fill('Ostby');
    await page.getByRole('button', { name: 'Narrow' }).click();
    await page.locator('figure.picture svg').waitFor();
    const said = await page.locator('main').textContent();
    assert.ok(said.includes('Only incidents at a place called “Ostby”.'), said);
    assert.ok(!said.includes('Bomb in Lenn'), 'what does not fit is left out');
    assert.deepEqual(await axe(page), [], 'a narrowed picture');
    // The other pictures are narrowed alike.
    await page.getByRole('navigation', { name: 'Drawings' }).getByRole('link', { name: 'Network' }).click();
    await page.locator('figure.picture svg').waitFor();
    assert.equal(await page.locator('#place').inputValue(), 'Ostby');
    const [svg] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Keep it as SVG' }).click()]);
    const text = readFileSync(await svg.path(), 'utf8');
    for (const printed of ['Only incidents at a place called', 'All that the casebook holds', 'content']) {
      assert.ok(text.includes(printed), `${printed} is printed on it`);
    }
    const [png] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Keep it as PNG' }).click()]);
    const bytes = readFileSync(await png.path());
    assert.equal(bytes.subarray(1, 4).toString(), 'PNG');
    assert.ok(bytes.length > 10_000, `it holds the drawing: ${bytes.length} bytes`);
    assert.deepEqual(complaints, []);
  });
} finally {
  await browser.close();
}
over('counting');
