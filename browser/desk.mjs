// Somebody at the desk: a casebook of documents written here, a browser that is let in, and the counting
// of what passed.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { HEIGHT, WIDTHS } from './browser.mjs';
import { serve } from './served.mjs';

export const { values: given } = parseArgs({
  options: {
    program: { type: 'string' },
    chromium: { type: 'string' },
    folder: { type: 'string' },
  },
});

export const PAPERS = {
  'lenn.txt': `The Lamp

Bomb in Lenn kills two

14 May 2016

A bomb went off at the mill of Lenn on 13 May 2016 and killed two people. Police said that Odo Lind,
a baker, laid it. Four people were wounded.
`,
  'ostby.txt': `The Lamp

Fire bomb in Ostby

3 June 2016

A fire bomb was thrown at the town hall of Ostby on 2 June 2016 and killed one man. Nobody was arrested.
`,
  // The same bomb, told by another paper in other words.
  'herald.txt': `The Herald

Odo Linde held over the bomb in Lenn

16 May 2016

Odo Linde, a baker, was arrested on Sunday over a bomb at a mill. It went off in Lenn and killed people.
`,
  'lind.txt': `The Post

Odo Lind held in Lenn

18 May 2016

Police in Lenn arrested Odo Lind on Monday. He is a baker.
`,
  // What a document holds is words, whatever they look like.
  'hostile.txt': `The Lamp

Bomb <script>window.harmed = 1</script> in Marl

20 June 2016

A bomb went off at Marl on 19 June 2016 and killed three people. <img src=x onerror="window.harmed = 2">
Police said \u202e that <b>nobody</b> was arrested. "><svg onload="window.harmed = 3"> ${'a'.repeat(3000)}
`,
};

const COUNT = `name = "deadly"
title = "Attacks that killed"
question = "How many killed?"
unit = "incident"

[of]
variable = "type"
one-of = ["bombing", "arson", "shooting"]

[in]
variable = "killed"
at-least = 2
`;

let passed = 0;
let failed = 0;

/**
 * Runs a part of the test, on a casebook of its own that `lay` makes and that is served meanwhile; `more` and
 * `environment` of what it gives are the server's.
 */
export async function part(name, lay, work) {
  let served;
  try {
    const own = lay();
    served = await serve(given.program, own.casebook, own.more, own.environment);
    await work({ ...own, served });
    passed += 1;
  } catch (error) {
    failed += 1;
    console.log(`FAILED ${name}\n  ${error.stack}`);
  } finally {
    await served?.end();
  }
}

export function command(casebook, ...words) {
  return execFileSync(given.program, ['--casebook', casebook, ...words], { encoding: 'utf8', maxBuffer: 1 << 28 });
}

/** A casebook of the papers, as the program reads them, with a count. */
export function made(name) {
  const folder = join(given.folder, name);
  mkdirSync(join(folder, 'papers'), { recursive: true });
  for (const [file, text] of Object.entries(PAPERS)) {
    writeFileSync(join(folder, 'papers', file), text);
  }
  const casebook = join(folder, 'judging.casebook');
  command(casebook, 'read', join(folder, 'papers'));
  const count = join(folder, 'deadly.toml');
  writeFileSync(count, COUNT);
  command(casebook, 'count', count, '--save');
  const documents = JSON.parse(command(casebook, 'documents', '--json'));
  const of = (words) => `/documents/${documents.find((one) => one.title?.includes(words)).id}`;
  return { casebook, of };
}

/** Somebody's browser, let in, that complains of every error and every request that leads away. */
export async function visitor(browser, served, options = {}) {
  const context = await browser.newContext({
    viewport: { width: WIDTHS.desk, height: HEIGHT },
    ...options,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  const complaints = [];
  page.on('pageerror', (error) => complaints.push(`a script failed: ${error.message}`));
  page.on('console', (message) => {
    // That a judgment was refused is what a test asks for.
    if (message.type() === 'error' && !/status of 4(00|09)/.test(message.text())) {
      complaints.push(message.text());
    }
  });
  page.on('request', (request) => {
    if (!request.url().startsWith(`${served.origin}/`)) {
      complaints.push(`it asks ${request.url()}`);
    }
  });
  await page.goto(served.door);
  assert.equal(new URL(page.url()).search, '', 'the key leaves the address');
  return { context, page, complaints };
}

/** Says who judges, by keyboard. */
export async function name(page, who) {
  await page.locator('#by').focus();
  await page.keyboard.type(who);
  const kept = page.waitForResponse((answer) => answer.url().endsWith('/name'));
  await page.keyboard.press('Enter');
  await kept;
  await page.locator('#said-now', { hasText: 'Your name is kept' }).waitFor();
}

/** What has the focus: its id and its state. */
export const focused = (page) =>
  page.evaluate(() => ({
    id: document.activeElement.id,
    state: document.activeElement.dataset?.state,
  }));

export const openOnes = (page) => page.locator('[data-state="open"]').count();

/** Presses a key that sends a judgment, and waits until the page is fresh. */
export async function judge(page, key) {
  const fresh = page.evaluate(
    () => new Promise((resolve) => document.addEventListener('fresh', () => setTimeout(resolve, 30), { once: true })),
  );
  await page.keyboard.press(key);
  await fresh;
}

/** Says how many parts passed, and ends the process accordingly. */
export function over(what) {
  console.log(`${what}: ${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
}
