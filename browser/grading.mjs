// Judgments that leave readings as they are, in the browser: grades, dates, what was taken back,
// codings, leads that are none; by keyboard alone, and by buttons without script.
//
//   node grading.mjs --program FILE --chromium FILE --folder FOLDER
//
// The casebook is made in FOLDER of documents written here. Ends with "N passed, N failed".

import assert from 'node:assert/strict';

import { command, focused, given, judge, made, name, over, part, visitor } from './desk.mjs';
import { open } from './browser.mjs';
import { axe } from './page.mjs';

/** The acts that are in force, as the command lists them. */
function acts(casebook) {
  const all = JSON.parse(command(casebook, 'judgments', '--json'));
  return all.filter((one) => one.in_force).flatMap((one) => (typeof one.act === 'string' ? [one.act] : Object.keys(one.act)));
}

/** Goes on with a key until something has the focus. */
async function reach(page, id, key = 'j') {
  for (let tries = 0; (await focused(page)).id !== id; tries += 1) {
    assert.ok(tries < 100, `${id} is reached by keys`);
    await page.keyboard.press(key);
  }
}

/** Fills the field that has the focus and those after it, and sends them; what is remarked on is left. */
async function fill(page, ...words) {
  for (const [at, one] of words.entries()) {
    if (at > 0) {
      await page.keyboard.press('Tab');
    }
    await page.keyboard.type(one);
  }
  await judge(page, 'Enter');
}

const browser = await open(given.chromium);
try {
  await part('by keyboard: a document is dated, its source graded, a reading graded and taken back', () => made('document'), async ({ casebook, of, served }) => {
    const { page, complaints } = await visitor(browser, served);
    await page.goto(served.origin + of('Lenn'));
    await name(page, 'Ada');
    await page.locator('h1').click();
    await reach(page, 'itself');
    await page.keyboard.press('t');
    assert.deepEqual(await axe(page), [], 'the form of the date');
    await fill(page, '2016-05-15', 'the printed issue');
    // The document has a date of its own, and that it counts no more is said.
    const dialog = page.locator('dialog[open]');
    await dialog.waitFor();
    assert.ok((await dialog.textContent()).includes('no longer counts'));
    assert.deepEqual(await axe(page), [], 'the remark');
    await page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'detached' });
    assert.ok(acts(casebook).includes('dated'));
    assert.ok((await page.locator('#itself').textContent()).includes('the printed issue'));
    await judge(page, 'u');
    assert.ok(!acts(casebook).includes('dated'));

    await page.locator('h1').click();
    await reach(page, 'itself', 'k');
    await page.keyboard.press('g');
    assert.equal((await focused(page)).id, 'reliability');
    await fill(page, 'B', 'it prints corrections');
    assert.ok(acts(casebook).includes('grade'));
    assert.ok((await page.locator('.margin').textContent()).includes('source graded B'));

    await page.locator('h1').click();
    await page.keyboard.press('n');
    const { id } = await focused(page);
    await page.keyboard.press('g');
    await fill(page, '2', 'others say so');
    assert.ok(acts(casebook).includes('credit'));
    assert.ok((await page.locator(`#${id}`).textContent()).includes('information graded 2'));
    await judge(page, 'u');
    assert.ok(!acts(casebook).includes('credit'));
    await page.locator('h1').click();
    await reach(page, id);
    await page.keyboard.press('t');
    await fill(page, '2016-05-20', 'the issue of that day');
    assert.ok(acts(casebook).includes('withdraw'));
    assert.ok((await page.locator(`#${id}`).textContent()).includes('withdrawn by its source'));
    assert.deepEqual(await axe(page), [], 'the document');
    // On paper stands what was judged, and nothing that one would press.
    await page.emulateMedia({ media: 'print' });
    const pressed = page.locator('button:visible, input:visible, select:visible, summary:visible');
    assert.equal(await pressed.count(), 0, 'nothing to press is printed');
    assert.ok(await page.locator('#itself .judged').isVisible());
    assert.deepEqual(complaints, []);
  });

  await part('by keyboard: a value is coded, and another question is answered', () => made('coded'), async ({ casebook, served }) => {
    const [incident] = JSON.parse(command(casebook, 'incidents', '--json'));
    const { page, complaints } = await visitor(browser, served);
    await page.goto(`${served.origin}/incidents/${incident.id}`);
    await name(page, 'Ada');
    await page.locator('h1').click();
    const killed = page.locator('.value', { hasText: 'killed:' }).first();
    await reach(page, await killed.getAttribute('id'));
    await page.keyboard.press('b');
    assert.deepEqual(await axe(page), [], 'the form of a coding');
    await fill(page, '3', 'by the codebook');
    assert.ok(acts(casebook).includes('code'));
    assert.ok((await page.locator('.coded').textContent()).includes('by the codebook'));
    // Nothing that is held changed by it.
    assert.ok(!(await killed.textContent()).includes('● found'));

    await page.locator('#another summary').focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    await page.keyboard.type('weapon');
    await page.locator('#another-value').focus();
    await page.keyboard.type('bomb');
    await page.locator('#another-reason').focus();
    await page.keyboard.type('all say so');
    await judge(page, 'Enter');
    assert.ok(acts(casebook).includes('find'));
    assert.deepEqual(await axe(page), [], 'the record');
    assert.deepEqual(complaints, []);
  });

  await part('a lead that is none is put apart by a key, and taken back', () => made('leads'), async ({ casebook, served }) => {
    const { page, complaints } = await visitor(browser, served);
    await page.goto(`${served.origin}/leads`);
    await name(page, 'Ada');
    const before = await page.locator('[data-state="open"]').count();
    assert.ok(before > 0, 'the papers give a lead');
    await page.locator('h1').click();
    await page.keyboard.press('n');
    await judge(page, 'd');
    assert.ok(acts(casebook).includes('unrelated'));
    assert.equal(await page.locator('[data-state="open"]').count(), before - 1);
    assert.deepEqual(await axe(page), [], 'the leads');
    await judge(page, 'u');
    assert.equal(await page.locator('[data-state="open"]').count(), before);
    assert.deepEqual(complaints, []);
  });

  await part('by a key, or a link, from one document to the next with something to decide', () => made('onward'), async ({ casebook, of, served }) => {
    const { page, complaints } = await visitor(browser, served);
    const first = served.origin + of('Bomb in Lenn');
    await page.goto(first);
    await page.locator('h1').click();
    await page.keyboard.press('x');
    await page.waitForURL((url) => url.hash.startsWith('#ast-'));
    const { pathname, hash } = new URL(page.url());
    assert.notEqual(pathname, new URL(first).pathname);
    assert.equal(await page.locator(hash).getAttribute('data-state'), 'open');
    const plain = await visitor(browser, served, { javaScriptEnabled: false });
    await plain.page.goto(first);
    await plain.page.getByRole('link', { name: 'The next document with something to decide' }).click();
    assert.equal(new URL(plain.page.url()).pathname, pathname, 'a link does the same');
    assert.deepEqual(complaints, []);
  });

  await part('without script: each form by its button, and what is remarked on as a page', () => made('plain'), async ({ casebook, of, served }) => {
    const { page } = await visitor(browser, served, { javaScriptEnabled: false });
    const address = served.origin + of('Ostby');
    await page.goto(address);
    await page.locator('#by').fill('Ben');
    await page.getByRole('button', { name: 'Keep' }).click();

    const itself = page.locator('#itself');
    await itself.getByText('Date it …').click();
    await itself.getByLabel('When it was published').fill('2016-06-04');
    await itself.getByLabel('Why').first().fill('the stamp');
    await itself.getByRole('button', { name: 'Date it' }).click();
    assert.ok((await page.locator('h1').textContent()).includes('Entered, with a remark'));
    assert.ok(acts(casebook).includes('dated'));
    await page.getByRole('button', { name: 'Undo it' }).click();
    assert.equal(new URL(page.url()).hash, '#itself', 'back where it stood');
    assert.ok(!acts(casebook).includes('dated'));

    await itself.getByText('Grade its source …').click();
    await itself.locator('#reliability').selectOption('C');
    await itself.locator('#graded-reason').fill('mostly');
    await itself.getByRole('button', { name: 'Grade it' }).click();
    assert.ok(acts(casebook).includes('grade'));

    const one = page.locator('.margin .said').first();
    await one.getByText('Grade …').click();
    await one.locator('select').selectOption('4');
    await one.locator('[id$="-credited"]').fill('hearsay');
    await one.getByRole('button', { name: 'Grade it' }).click();
    assert.ok(acts(casebook).includes('credit'));
    await one.getByRole('button', { name: 'Undo' }).click();
    assert.ok(!acts(casebook).includes('credit'));
    await one.getByText('Taken back …').click();
    await one.locator('[id$="-on"]').fill('2999-01-01');
    await one.locator('[id$="-withdrawn"]').fill('the next issue');
    await one.getByRole('button', { name: 'It was taken back' }).click();
    assert.ok((await page.locator('main').textContent()).includes('has not come yet'));
    await page.goBack();
    await one.getByText('Taken back …').click();
    await one.locator('[id$="-on"]').fill('2016-06-10');
    await one.locator('[id$="-withdrawn"]').fill('the next issue');
    await one.getByRole('button', { name: 'It was taken back' }).click();
    assert.ok(acts(casebook).includes('withdraw'));

    const [incident] = JSON.parse(command(casebook, 'incidents', '--json'));
    await page.goto(`${served.origin}/incidents/${incident.id}`);
    const value = page.locator('.value').first();
    await value.getByText('Code …').click();
    await value.locator('[id$="-uncodable"]').fill('nobody says');
    await value.getByRole('button', { name: 'Code that it cannot be known' }).click();
    assert.ok(acts(casebook).includes('code'));

    await page.goto(`${served.origin}/leads`);
    await page.getByRole('button', { name: 'Unrelated' }).first().click();
    assert.ok(acts(casebook).includes('unrelated'));
    await page.locator('[data-state="decided"]').getByRole('button', { name: 'Undo' }).click();
    assert.ok(!acts(casebook).includes('unrelated'));
  });
} finally {
  await browser.close();
}
over('grading');
