// Judging in the browser: by keyboard from an undecided document to a decided one and a count that
// changes; by buttons without script; two people who see each other; what a hostile document cannot do.
//
//   node judging.mjs --program FILE --chromium FILE --folder FOLDER
//
// The casebook is made in FOLDER of documents written here. Ends with "N passed, N failed".

import assert from 'node:assert/strict';

import { command, focused, given, judge, made, name, openOnes, over, part, visitor } from './desk.mjs';
import { open } from './browser.mjs';
import { axe } from './page.mjs';

const browser = await open(given.chromium);
try {
  await part('by keyboard from an undecided document to a count that changes', () => made('keyboard'), async ({ casebook, of, served }) => {
    const { page, complaints } = await visitor(browser, served);
    await page.goto(`${served.origin}/counts/deadly`);
    const before = await page.locator('main').textContent();
    await page.goto(served.origin + of('Lenn'));
    await name(page, 'Ada');
    const total = await openOnes(page);
    assert.ok(total >= 3, `the reader finds something to decide: ${total}`);
    await page.locator('h1').click();

    // The sheet of keys, and out of it again.
    await page.keyboard.press('?');
    await page.locator('dialog[open]').waitFor();
    assert.deepEqual(await axe(page), [], 'the sheet of keys');
    await page.keyboard.press('Escape');
    await page.locator('dialog').waitFor({ state: 'detached' });

    await page.keyboard.press('n');
    const first = await focused(page);
    assert.equal(first.state, 'open');
    assert.ok(await page.locator('mark.here').count(), 'its words are shown in the text');
    await judge(page, 'a');
    const second = await focused(page);
    assert.notEqual(second.id, first.id);
    assert.equal(second.state, 'open', 'it goes on to the next');
    assert.equal(await page.locator(`#${first.id}`).getAttribute('data-state'), 'decided');
    await judge(page, 'u');
    assert.equal(await openOnes(page), total, 'taken back by a key');
    assert.equal((await focused(page)).id, first.id, 'and spoken to again');
    // What is rejected moves to the end of its passage; one goes on from where it stood.
    const order = await page.locator('[data-state="open"]').evaluateAll((all) => all.map((one) => one.id));
    await judge(page, 'r');
    const next = order.slice(order.indexOf(first.id) + 1);
    const still = await page.locator('[data-state="open"]').evaluateAll((all) => all.map((one) => one.id));
    assert.equal((await focused(page)).id, next.find((id) => still.includes(id)), 'the one that followed');
    await judge(page, 'u');

    // What is typed in another form stays while one judges.
    const other = page.locator('[data-state="open"]').last().locator('details').first();
    await other.locator('summary').click();
    await other.getByLabel('Why', { exact: true }).fill('not yet sent');
    await page.locator('h1').click();
    await page.keyboard.press('n');
    await judge(page, 'a');
    await judge(page, 'u');
    const kept = page.locator('[data-state="open"]').last().locator('details').first();
    assert.equal(await kept.getByLabel('Why', { exact: true }).inputValue(), 'not yet sent');
    await kept.locator('summary').click();

    // Corrected: the field opens by a key and is typed into at once.
    const killed = page.locator('.said', { hasText: /^\s*killed:/ }).first();
    const id = await killed.getAttribute('id');
    for (let tries = 0; (await focused(page)).id !== id; tries += 1) {
      assert.ok(tries < 100, 'the next is reached by keys');
      await page.keyboard.press('j');
    }
    await page.keyboard.press('c');
    await page.keyboard.type('5');
    await page.keyboard.press('Tab');
    await page.keyboard.type('five stood there');
    await judge(page, 'Enter');
    assert.ok((await page.locator('.margin').textContent()).includes('five stood there'));

    for (let left = await openOnes(page); left > 0; left -= 1) {
      if ((await focused(page)).state !== 'open') {
        await page.keyboard.press('n');
      }
      await judge(page, 'a');
    }
    assert.equal(await openOnes(page), 0);
    assert.ok((await page.locator('.progress').textContent()).includes('Every reading is decided'));
    assert.deepEqual(await axe(page), [], 'a document that was judged');

    await page.goto(`${served.origin}/counts/deadly`);
    await page.waitForFunction((then) => document.querySelector('main').textContent !== then, before);
    assert.deepEqual(complaints, []);
  });

  await part('letters do nothing when keys are put off, or where one types', () => made('off'), async ({ casebook, of, served }) => {
    const { page } = await visitor(browser, served);
    await page.goto(served.origin + of('Ostby'));
    const total = await openOnes(page);
    await page.locator('#words').focus();
    await page.keyboard.type('narca');
    assert.equal(await page.locator('#words').inputValue(), 'narca');
    await page.locator('h1').click();
    await page.keyboard.press('?');
    await page.locator('#keys-on').focus();
    await page.keyboard.press('Space');
    await page.keyboard.press('Escape');
    await page.keyboard.press('n');
    assert.equal((await focused(page)).state, undefined);
    assert.equal(await openOnes(page), total);
  });

  await part('who has not said his name is asked, and what he judged is entered', () => made('name'), async ({ casebook, of, served }) => {
    const { page } = await visitor(browser, served);
    await page.goto(served.origin + of('Ostby'));
    await page.keyboard.press('n');
    const { id } = await focused(page);
    await page.keyboard.press('a');
    await page.locator('dialog[open] #who').waitFor();
    assert.deepEqual(await axe(page), [], 'the dialog');
    await page.locator('#who').fill('Zoë');
    await judge(page, 'Enter');
    assert.equal(await page.locator(`#${id}`).getAttribute('data-state'), 'decided');
    assert.ok((await page.locator(`#${id}`).textContent()).includes('Zoë'));
  });

  await part('without script, by buttons', () => made('plain'), async ({ casebook, of, served }) => {
    const { page } = await visitor(browser, served, { javaScriptEnabled: false });
    await page.goto(served.origin + of('Ostby'));
    const one = page.locator('[data-state="open"]').first();
    const id = await one.getAttribute('id');
    await one.getByRole('button', { name: 'Accept' }).click();
    await page.getByLabel('Your name').fill('Ben');
    await page.getByRole('button', { name: 'Judge', exact: true }).click();
    assert.equal(new URL(page.url()).hash, `#${id}`, 'back where it stood');
    const own = page.locator(`#${id}`);
    assert.equal(await own.getAttribute('data-state'), 'decided');
    await own.getByRole('button', { name: 'Undo' }).click();
    assert.equal(await page.locator(`#${id}`).getAttribute('data-state'), 'open');
    assert.equal(await page.locator('#by').inputValue(), 'Ben', 'asked once');
  });

  await part('two people see each other within a second, and what one types stays', () => made('two'), async ({ casebook, of, served }) => {
    const [ada, ben] = [await visitor(browser, served), await visitor(browser, served)];
    for (const [{ page }, who] of [[ada, 'Ada'], [ben, 'Ben']]) {
      await page.goto(served.origin + of('Lenn'));
      await name(page, who);
    }
    const typed = ben.page.locator('[data-state="open"]').last();
    await typed.locator('summary').first().click();
    const field = typed.locator('input[name="reason"]').first();
    await field.fill('I am at it');
    const own = await field.getAttribute('id');
    await ada.page.keyboard.press('n');
    await ada.page.locator('h1').click();
    await ada.page.keyboard.press('n');
    const { id } = await focused(ada.page);
    await judge(ada.page, 'r');
    const began = Date.now();
    await ben.page.locator(`#${id}[data-state="decided"]`).waitFor({ timeout: 3000 });
    const took = Date.now() - began;
    console.log(`  seen by the other after ${took} ms`);
    assert.equal(await ben.page.locator(`#${own}`).inputValue(), 'I am at it');
    assert.equal(await ben.page.evaluate(() => document.activeElement.id), own);

    // Another program judges as well, and is heard.
    const open = await ada.page.locator('[data-state="open"]').first().getAttribute('id');
    command(casebook, 'judge', 'accept', open, '--by', 'Cy', '--reason', 'from the command line');
    await ada.page.locator(`#${open}[data-state="decided"]`).waitFor({ timeout: 3000 });
  });

  await part('what contradicts is named, and takes the place when that is wanted', () => made('contradicts'), async ({ casebook, of, served }) => {
    const { page } = await visitor(browser, served);
    await page.goto(served.origin + of('Lenn'));
    await name(page, 'Ada');
    await page.locator('h1').click();
    await page.keyboard.press('n');
    const { id } = await focused(page);
    // Somebody else is faster than the page can tell.
    await page.route('**/head', (route) => route.abort());
    command(casebook, 'judge', 'accept', id, '--by', 'Ben', '--reason', 'it stands there');
    await page.keyboard.press('r');
    const dialog = page.locator('dialog[open]');
    await dialog.waitFor();
    assert.ok((await dialog.textContent()).includes('it stands there'));
    assert.deepEqual(await axe(page), [], 'the dialog');
    const fresh = page.locator(`#${id}.gone`).waitFor();
    await dialog.getByRole('button', { name: 'in their place' }).click();
    await fresh;
  });

  await part('words selected in a hostile text are added, letter for letter', () => made('hostile'), async ({ casebook, of, served }) => {
    const { page, complaints } = await visitor(browser, served);
    await page.goto(served.origin + of('Marl'));
    await name(page, 'Ada');
    await page.locator('h1').click();
    // Across the mark of a passage and the number beside it, after a character that was neutralised.
    await page.evaluate(() => {
      const zone = [...document.querySelectorAll('.zone.body')].find((one) => one.textContent.includes('nobody'));
      const walker = document.createTreeWalker(zone, NodeFilter.SHOW_TEXT);
      const range = document.createRange();
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const at = node.data.indexOf('<b>nobody</b> was arrested');
        if (at >= 0) {
          range.setStart(node, at + 3);
          range.setEnd(node, at + 9);
        }
      }
      getSelection().removeAllRanges();
      getSelection().addRange(range);
    });
    await page.locator('.offer').waitFor();
    await page.keyboard.press('w');
    assert.equal(await page.locator('#add-words').inputValue(), 'nobody');
    await page.locator('#add-subject').selectOption('');
    await page.locator('#add-kind').selectOption('person');
    await page.locator('#add-name').fill('<script>window.harmed = 4</script>');
    await page.locator('#add-variable').selectOption('description');
    await page.locator('#add-value').fill('nobody <img src=x onerror=alert(1)>');
    assert.deepEqual(await axe(page), [], 'the form');
    const added = page.locator('.said', { hasText: 'nobody <img' });
    await page.getByRole('button', { name: 'Add and accept' }).click();
    await added.waitFor();
    const id = await added.getAttribute('id');
    const [said] = JSON.parse(command(casebook, 'show', id, '--json'));
    assert.ok(JSON.stringify(said).includes('nobody'));
    assert.equal(await page.evaluate(() => window.harmed), undefined);
    assert.deepEqual(complaints, []);
  });

  await part('the queue by keys, what changes most first', () => made('queue'), async ({ casebook, of, served }) => {
    const { page, complaints } = await visitor(browser, served);
    await page.goto(served.origin + of('Lenn'));
    await name(page, 'Ada');
    await page.locator('h1').click();
    await page.keyboard.press('q');
    await page.waitForURL('**/queue');
    assert.deepEqual(await axe(page), [], 'the queue');
    const first = page.locator('[data-state="open"]').first();
    assert.ok((await first.textContent()).includes('asked for by'), 'a count asks for the first');
    const waits = async () => Number(/(\d+) values? wait/.exec(await page.locator('.progress').textContent())[1]);
    const before = await waits();
    await page.keyboard.press('n');
    const { id } = await focused(page);
    assert.equal(id, await first.getAttribute('id'));
    await judge(page, 'a');
    assert.equal(await waits(), before - 1);
    assert.equal((await focused(page)).state, 'open', 'it goes on to the next');
    // A finding wants a reason, and settles all readings of its value.
    await page.keyboard.press('f');
    await page.keyboard.press('Tab');
    await page.keyboard.type('both papers say so');
    await judge(page, 'Enter');
    assert.equal(await waits(), before - 2);
    await judge(page, 'u');
    assert.equal(await waits(), before - 1);
    assert.deepEqual(complaints, []);
  });

  await part('a pair in doubt is judged side by side', () => made('pairs'), async ({ casebook, served }) => {
    const pairs = JSON.parse(command(casebook, 'duplicates', '--json'));
    assert.ok(pairs.length > 0, 'some pair is in doubt');
    const { page } = await visitor(browser, served);
    await page.goto(`${served.origin}/identities`);
    await name(page, 'Ada');
    assert.deepEqual(await axe(page), [], 'the pairs');
    await page.locator('h1').click();
    await page.keyboard.press('n');
    await judge(page, 'd');
    assert.equal(JSON.parse(command(casebook, 'duplicates', '--json')).length, pairs.length - 1);
    await judge(page, 'u');
    assert.equal(await page.locator('[data-state="open"]').count(), Math.min(10, pairs.length));
  });

  await part('a value is found in place, on the record itself', () => made('record'), async ({ casebook, served }) => {
    const [incident] = JSON.parse(command(casebook, 'incidents', '--json'));
    const { page } = await visitor(browser, served);
    await page.goto(`${served.origin}/incidents/${incident.id}`);
    await name(page, 'Ada');
    await page.locator('h1').click();
    await page.keyboard.press('n');
    const { id } = await focused(page);
    await page.keyboard.press('f');
    await page.keyboard.press('Tab');
    await page.keyboard.type('as all say');
    await judge(page, 'Enter');
    const value = page.locator(`#${id}`);
    assert.equal(await value.getAttribute('data-state'), 'decided');
    assert.ok((await value.textContent()).includes('● found'));
    assert.deepEqual(await axe(page), [], 'the record');
  });

  await part('a foreign page can change nothing, and nobody reads without the key', () => made('foreign'), async ({ casebook, served }) => {
    const stranger = await browser.newContext();
    const page = await stranger.newPage();
    const answer = await page.goto(`${served.origin}/documents`);
    assert.equal(answer.status(), 403);
    assert.ok((await page.locator('h1').textContent()).includes('key'));
    assert.deepEqual(await axe(page), [], 'the page without the key');
    await stranger.close();
  });
} finally {
  await browser.close();
}
over('judging');
