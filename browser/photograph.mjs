// Photographs of the pages for the manual, light and dark, on a desk and on a telephone.
//
//   node photograph.mjs --program FILE --chromium FILE --casebook SAMPLE --casebook CHANNELS
//     --casebook PROPOSALS --out FOLDER
//
// Writes a PNG each. What is photographed stands in the list below; docs/pages.md shows them.

import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { WIDTHS, open } from './browser.mjs';
import { ask, serve } from './served.mjs';

const { values: given } = parseArgs({
  options: {
    program: { type: 'string' },
    chromium: { type: 'string' },
    casebook: { type: 'string', multiple: true },
    out: { type: 'string' },
  },
});

/** The address of the first row of a list that has some words in its name. */
async function named(origin, list, words, headers = {}) {
  for (let page = 1; page < 100; page += 1) {
    const rows = JSON.parse((await ask(origin, `/${list}.json?page=${page}`, headers)).text);
    const found = rows.find?.((row) => (row.name ?? row.title ?? row.source)?.includes(words));
    if (found) {
      return `/${list}/${found.id}`;
    }
  }
  throw new Error(`no ${words} among the ${list}`);
}

/** What is photographed: of which casebook, where, in which manner, and how much of the page. */
const [SAMPLE, CHANNELS, PROPOSALS, AT_DESK] = [0, 1, 2, 3];
const PHOTOGRAPHS = [
  { name: 'start', of: SAMPLE, at: async () => '/', width: 'desk', height: 900, colorScheme: 'light' },
  {
    name: 'incidents',
    of: SAMPLE,
    at: async () => '/incidents',
    width: 'desk',
    height: 760,
    colorScheme: 'dark',
  },
  {
    name: 'record',
    of: SAMPLE,
    at: (origin) => named(origin, 'incidents', 'Frick'),
    width: 'desk',
    height: 1000,
    colorScheme: 'light',
  },
  {
    name: 'document',
    of: SAMPLE,
    at: (origin) => named(origin, 'documents', 'Véry not dead'),
    width: 'desk',
    height: 900,
    colorScheme: 'light',
  },
  {
    name: 'network',
    of: SAMPLE,
    at: async (origin) => `${await named(origin, 'incidents', 'Frick')}/network`,
    width: 'desk',
    height: 860,
    colorScheme: 'dark',
  },
  { name: 'map', of: SAMPLE, at: async () => '/map', width: 'desk', height: 900, colorScheme: 'light' },
  {
    name: 'count',
    of: SAMPLE,
    at: async () => '/counts/one-man',
    width: 'desk',
    height: 820,
    colorScheme: 'light',
  },
  {
    name: 'earlier',
    of: SAMPLE,
    at: async (origin) => `${await named(origin, 'people', 'Goldman')}?as-of=1901-09-12`,
    width: 'telephone',
    height: 844,
    colorScheme: 'light',
  },
  {
    name: 'picture',
    of: CHANNELS,
    at: async (origin) => {
      const rows = JSON.parse((await ask(origin, '/pictures.json')).text);
      const copied = rows.filter((row) => row.alike.length > 0);
      return `/pictures/${copied[0].id}`;
    },
    width: 'telephone',
    height: 844,
    colorScheme: 'dark',
  },
];

/** Of the desk, where a coder is at work: keys and buttons that are pressed before. */
const AT_WORK = [
  {
    name: 'judging',
    at: (origin, headers) => named(origin, 'documents', 'Shots fired', headers),
    keys: ['n', 'n', 'a', 'n'],
    colorScheme: 'light',
  },
  { name: 'queue', at: async () => '/queue', keys: ['n'], colorScheme: 'dark' },
  { name: 'read', at: async () => '/read', keys: [], colorScheme: 'light' },
  {
    name: 'played',
    of: AT_DESK,
    at: async () => '/knowable',
    keys: [],
    buttons: ['Next day', 'Next day'],
    colorScheme: 'dark',
  },
];

const served = [];
const browser = await open(given.chromium);
try {
  for (const [at, casebook] of given.casebook.entries()) {
    served.push(await serve(given.program, casebook, at === PROPOSALS ? [] : ['--read-only']));
  }
  for (const { name, of, at, width, height, colorScheme } of PHOTOGRAPHS) {
    const { origin } = served[of];
    const address = await at(origin);
    await ask(origin, address);
    const context = await browser.newContext({
      colorScheme,
      viewport: { width: WIDTHS[width], height },
      javaScriptEnabled: false,
    });
    const page = await context.newPage();
    await page.goto(origin + address, { waitUntil: 'load' });
    await page.screenshot({ path: join(given.out, `${name}.png`) });
    await context.close();
  }
  // The sample as it is judged, with the script that judging needs.
  served.push(await serve(given.program, given.casebook[SAMPLE]));
  for (const { name, of = PROPOSALS, at, keys, buttons = [], colorScheme } of AT_WORK) {
    const { origin, door } = served[of];
    const context = await browser.newContext({ colorScheme, viewport: { width: WIDTHS.desk, height: 900 } });
    const page = await context.newPage();
    await page.goto(door);
    await page.locator('#by').fill('Ada Marsh');
    await Promise.all([page.waitForResponse((answer) => answer.url().endsWith('/name')), page.keyboard.press('Enter')]);
    const cookie = (await context.cookies()).map((one) => `${one.name}=${one.value}`).join('; ');
    const address = await at(origin, { cookie });
    await ask(origin, address, { cookie });
    await page.goto(origin + address, { waitUntil: 'load' });
    for (const key of keys) {
      await page.keyboard.press(key);
      await page.waitForTimeout(key === 'a' ? 1500 : 100);
    }
    for (const button of buttons) {
      await page.getByRole('button', { name: button }).click();
      await page.waitForTimeout(500);
    }
    await page.screenshot({ path: join(given.out, `${name}.png`) });
    await context.close();
  }
} finally {
  await browser.close();
  await Promise.all(served.map(({ end }) => end()));
}
