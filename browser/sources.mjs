// Sources read in through the browser: from an empty casebook to its first record by keyboard alone; files
// and folders without script; what is dropped; hostile names; what goes on meanwhile.
//
//   node sources.mjs --program FILE --chromium FILE --folder FOLDER
//
// Casebooks are made in FOLDER of documents written here. Ends with "N passed, N failed".

import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';

import { PAPERS, command, focused, given, name, over, part, visitor } from './desk.mjs';
import { HEIGHT, WIDTHS, open } from './browser.mjs';
import { axe } from './page.mjs';

/** An empty casebook, to be made where it is served. */
function empty(what) {
  const folder = join(given.folder, what);
  mkdirSync(folder, { recursive: true });
  const casebook = join(folder, 'first.casebook');
  return { folder, casebook, more: ['--new'], environment: { TMPDIR: folder } };
}

const documents = (casebook) => JSON.parse(command(casebook, 'documents', '--json', '--limit', '20000'));

/** Waits until the reading whose page is shown is over. */
async function done(page) {
  await page.locator('h1', { hasText: /^It is read$/ }).waitFor({ timeout: 60_000 });
}

/** The page is no wider than its window. */
async function fits(page, what) {
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  assert.ok(wide <= 0, `${what} is ${wide} pixels too wide`);
}

const browser = await open(given.chromium);
try {
  await part('by keyboard from an empty casebook to its first record', () => empty('keyboard'), async ({ casebook, served }) => {
    const { page, complaints } = await visitor(browser, served);
    assert.ok((await page.locator('.first-steps').textContent()).includes('Read sources in'));
    assert.deepEqual(await axe(page), [], 'the first page');
    await page.getByRole('link', { name: 'Read sources in' }).focus();
    await page.keyboard.press('Enter');
    await page.waitForURL('**/read');
    assert.deepEqual(await axe(page), [], 'the form');
    await page.locator('#text').focus();
    await page.keyboard.insertText(PAPERS['lenn.txt']);
    // Fields one after the other, by the key that leads on.
    for (let tries = 0; (await page.evaluate(() => document.activeElement.textContent)) !== 'Read it in'; tries += 1) {
      assert.ok(tries < 20, 'the button is reached by keys');
      await page.keyboard.press('Tab');
    }
    await page.keyboard.press('Enter');
    await page.waitForURL('**/read/1');
    await done(page);
    assert.deepEqual(await axe(page), [], 'what came of it');
    assert.equal(documents(casebook).length, 1);
    await page.getByRole('link', { name: 'Bomb in Lenn kills two' }).focus();
    await page.keyboard.press('Enter');
    await page.waitForURL('**/documents/**');
    assert.ok((await page.locator('[data-state="open"]').count()) > 0, 'it is read');
    await page.goto(served.origin);
    assert.equal(await page.locator('.first-steps').count(), 0);
    assert.deepEqual(complaints, []);
  });

  await part('without script: files, and a folder with a bad one among good ones', () => empty('plain'), async ({ folder, casebook, served }) => {
    const papers = join(folder, 'papers');
    mkdirSync(join(papers, 'deeper'), { recursive: true });
    writeFileSync(join(papers, 'ostby.txt'), PAPERS['ostby.txt']);
    writeFileSync(join(papers, 'empty.txt'), '');
    writeFileSync(join(papers, 'deeper', 'lind.txt'), PAPERS['lind.txt']);
    const { page } = await visitor(browser, served, { javaScriptEnabled: false });
    await page.goto(`${served.origin}/read`);
    await page.locator('#folder').setInputFiles(papers);
    await page.getByRole('button', { name: 'Read it in' }).click();
    await done(page);
    const said = await page.locator('main').textContent();
    assert.ok(said.includes('2 new, 1 failed') && said.includes('papers/empty.txt'), said);
    assert.deepEqual(documents(casebook).map((one) => one.file).sort(), ['papers/deeper/lind.txt', 'papers/ostby.txt']);
    // Again, and one more.
    await page.goto(`${served.origin}/read`);
    await page.locator('#files').setInputFiles([
      { name: 'ostby.txt', mimeType: 'text/plain', buffer: Buffer.from(PAPERS['ostby.txt']) },
      { name: 'herald.txt', mimeType: 'text/plain', buffer: Buffer.from(PAPERS['herald.txt']) },
    ]);
    await page.getByRole('button', { name: 'Read it in' }).click();
    await done(page);
    assert.ok((await page.locator('main').textContent()).includes('1 new, 1 known'));
    // Nothing chosen is said, and a date that is none.
    await page.goto(`${served.origin}/read`);
    await page.getByRole('button', { name: 'Read it in' }).click();
    assert.ok((await page.locator('main').textContent()).includes('Nothing was sent'));
  });

  await part('what is dropped is shown, left, and sent with how far it is; names do nothing', () => empty('dropped'), async ({ casebook, served }) => {
    const { page, complaints } = await visitor(browser, served);
    await page.goto(`${served.origin}/read`);
    const drop = (names) =>
      page.evaluate((files) => {
        const data = new DataTransfer();
        files.forEach(([name, text]) => data.items.add(new File([text], name)));
        document.querySelector('.drop').dispatchEvent(new DragEvent('drop', { bubbles: true, dataTransfer: data }));
      }, names);
    await drop([['a.txt', 'A bomb went off in Lenn.']]);
    await page.locator('.dropped', { hasText: 'a.txt' }).waitFor();
    await page.getByRole('button', { name: 'Leave them' }).click();
    await page.locator('.dropped', { hasText: 'can be dropped' }).waitFor();
    const hostile = '<img src=x onerror="window.harmed=1">.txt';
    await drop([[hostile, PAPERS['hostile.txt']], ['b.txt', PAPERS['lind.txt']]]);
    await page.locator('.dropped', { hasText: 'b.txt' }).waitFor();
    assert.deepEqual(await axe(page), [], 'what was dropped');
    await page.getByRole('button', { name: 'Read it in' }).click();
    await page.waitForURL('**/read/1');
    await done(page);
    assert.equal(documents(casebook).length, 2);
    assert.ok((await page.locator('main').textContent()).includes('onerror'), 'a name is words');
    assert.equal(await page.evaluate(() => window.harmed), undefined);
    assert.deepEqual(complaints, []);
  });

  await part('a long reading is told, blocks nobody and is ended; two come one after the other', () => empty('long'), async ({ served, casebook }) => {
    const [ada, ben] = [await visitor(browser, served), await visitor(browser, served)];
    // A document that is there already, to judge on meanwhile.
    await ada.page.goto(`${served.origin}/read`);
    await ada.page.locator('#text').fill(PAPERS['lenn.txt']);
    await ada.page.getByRole('button', { name: 'Read it in' }).click();
    await ada.page.waitForURL('**/read/1');
    await done(ada.page);
    const own = await ada.page.getByRole('link', { name: 'Bomb in Lenn kills two' }).getAttribute('href');
    const lines = Array.from({ length: 20_000 }, (_, at) => {
      const month = `${1920 + (at % 90)}-${String(1 + (at % 12)).padStart(2, '0')}`;
      return JSON.stringify({ published: `${month}-20`, text: `A bomb killed ${at} people at Lenn last week, police said.` });
    }).join('\n');
    await ada.page.goto(`${served.origin}/read`);
    await ada.page.locator('#files').setInputFiles({ name: 'long.jsonl', mimeType: 'text/plain', buffer: Buffer.from(lines) });
    await ada.page.getByRole('button', { name: 'Read it in' }).click();
    await ada.page.waitForURL('**/read/2');
    await ada.page.locator('h1', { hasText: 'It is being read' }).waitFor();
    assert.deepEqual(await axe(ada.page), [], 'a reading that goes on');
    await ben.page.goto(`${served.origin}/read`);
    await ben.page.locator('#text').fill(PAPERS['lind.txt']);
    // What is typed stays while the ledger grows.
    await ben.page.waitForTimeout(1500);
    assert.equal(await ben.page.locator('#text').inputValue(), PAPERS['lind.txt']);
    await ben.page.getByRole('button', { name: 'Read it in' }).click();
    await ben.page.waitForURL('**/read/3');
    const began = Date.now();
    await ben.page.goto(`${served.origin}/documents`);
    console.log(`  a page beside the reading took ${Date.now() - began} ms`);
    // Judged meanwhile, it is entered at once.
    await ben.page.goto(served.origin + own);
    await name(ben.page, 'Ben');
    await ben.page.locator('h1').click();
    await ben.page.keyboard.press('n');
    const { id } = await focused(ben.page);
    const judging = Date.now();
    await ben.page.keyboard.press('a');
    await ben.page.locator(`#${id}[data-state="decided"]`).waitFor();
    console.log(`  a judgment beside the reading took ${Date.now() - judging} ms`);
    await ada.page.goto(`${served.origin}/read/2`);
    await ada.page.getByRole('button', { name: 'End it' }).click();
    await ada.page.locator('h1', { hasText: 'It was ended' }).waitFor({ timeout: 60_000 });
    await ben.page.goto(`${served.origin}/read/3`);
    await done(ben.page);
    const held = documents(casebook).length;
    assert.ok(held > 2 && held < 20_002, `what was stored stays: ${held}`);
    assert.deepEqual([...ada.complaints, ...ben.complaints], []);
  });

  await part('what breaks off leaves nothing, and what was sent is cleared away', () => empty('broken'), async ({ folder, casebook, served }) => {
    const { context } = await visitor(browser, served);
    const cookie = (await context.cookies(served.origin)).map((one) => `${one.name}=${one.value}`).join('; ');
    const page = await (await fetch(`${served.origin}/read`, { headers: { cookie } })).text();
    const token = /name="token" value="([0-9a-f]+)"/.exec(page)[1];
    const { port } = new URL(served.origin);
    const start = `--x\r\nContent-Disposition: form-data; name="token"\r\n\r\n${token}\r\n--x\r\nContent-Disposition: form-data; name="files"; filename="a.txt"\r\n\r\n`;
    const head = `POST /read HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nCookie: ${cookie}\r\nContent-Type: multipart/form-data; boundary=x\r\nContent-Length: 9000000\r\n\r\n`;
    const socket = connect(Number(port), '127.0.0.1');
    // That the other end is gone is what this is about.
    socket.on('error', () => {});
    socket.write(head + start + 'A bomb. '.repeat(100_000));
    const lies = () => readdirSync(folder).some((one) => one.startsWith('throughline-'));
    const until = async (wanted, why) => {
      for (let tries = 0; lies() !== wanted; tries += 1) {
        assert.ok(tries < 100, why);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    };
    await until(true, 'it goes to the disk as it comes');
    const laid = join(folder, readdirSync(folder).find((one) => one.startsWith('throughline-')));
    assert.equal(statSync(laid).mode & 0o077, 0, 'nobody else looks into it');
    socket.destroy();
    await until(false, 'it is cleared away');
    assert.equal(await (await fetch(`${served.origin}/read.json`, { headers: { cookie } })).text(), '[]');
    // Ended in the middle of a reading, the server leaves nothing either.
    const body = new FormData();
    body.append('token', token);
    const lines = Array.from({ length: 3_000 }, (_, at) => JSON.stringify({ text: `A bomb killed ${at} people at Lenn.` }));
    body.append('files', new Blob([lines.join('\n')]), 'long.jsonl');
    const sent = await fetch(`${served.origin}/read`, { method: 'POST', body, headers: { cookie }, redirect: 'manual' });
    assert.equal(sent.status, 303);
    await served.end();
    assert.deepEqual(readdirSync(folder).filter((one) => one.startsWith('throughline-')), []);
    assert.ok(documents(casebook).length < 3_000);
  });

  await part('it fits every width, light and dark, and enlarged', () => empty('widths'), async ({ served }) => {
    for (const width of [WIDTHS.desk, 360, WIDTHS.narrow]) {
      for (const colorScheme of ['light', 'dark']) {
        const look = { viewport: { width, height: HEIGHT }, colorScheme };
        const { page, context } = await visitor(browser, served, look);
        for (const address of ['/', '/read']) {
          await page.goto(served.origin + address);
          await fits(page, `${address} at ${width}`);
          assert.deepEqual(await axe(page), [], `${address} at ${width}, ${colorScheme}`);
        }
        await context.close();
      }
    }
  });
} finally {
  await browser.close();
}
over('sources');
