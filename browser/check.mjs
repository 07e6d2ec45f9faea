// The pages in a real browser: every address that links lead to, with and without script, on a desk
// and on a telephone, in light and dark; by keyboard alone; and never asking anybody else.
//
//   node check.mjs --program FILE --chromium FILE --casebook FILE... [--axe-all]
//
// Every page is loaded twice, with scripts allowed and with none, and measured at three widths; axe
// looks at every page once, in another manner from page to page, and at some of each kind in all
// four. Ends with "N passed, N failed".

import { availableParallelism } from 'node:os';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';

import { collect, kind } from './addresses.mjs';
import { open } from './browser.mjs';
import { journey } from './keyboard.mjs';
import { MANNERS, axe, load } from './page.mjs';
import { ask, serve } from './served.mjs';

/** Of how many pages of a kind all manners are looked at: the shortest and the longest of them. */
const OF_A_KIND = 4;

/** Addresses that no link leads to: earlier views, searches, and what is answered by an error. */
const DAYS = ['1881-03-20', '1894-06-30', '2019-06-02'];
const VIEWS = ['/', '/incidents', '/people', '/corrections', '/counts', '/network', '/timeline'];
const SEARCHES = ['/search', '/search?words=letter', '/search?words=anarchist&kind=person'];
const ERRORS = [
  ['/nothing', 404],
  ['/documents/doc-000000000000', 404],
  ['/ids/none', 404],
  ['/people?as-of=yesterday', 400],
  ['/people?page=0', 400],
];

const { values: given } = parseArgs({
  options: {
    program: { type: 'string' },
    chromium: { type: 'string' },
    casebook: { type: 'string', multiple: true },
    'axe-all': { type: 'boolean', default: false },
  },
});

let passed = 0;
let failed = 0;

/** Counts a check, and says what is wrong. */
function check(what, complaints) {
  if (complaints.length === 0) {
    passed += 1;
    return;
  }
  failed += 1;
  console.log(`FAILED ${what}`);
  complaints.forEach((complaint) => console.log(`  ${complaint}`));
}

/** As many pages at a time as there are processors. */
async function each(items, makeOne, work) {
  const waiting = [...items];
  const workers = Array.from({ length: Math.max(2, availableParallelism()) }, async () => {
    const one = await makeOne();
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) {
      await work(one, item);
    }
    await one.close();
  });
  await Promise.all(workers);
}

/** Pages of each kind to look at in every manner: the shortest, the longest, and some between. */
function chosen(pages) {
  const kinds = new Map();
  for (const page of pages) {
    const own = kind(page.address);
    kinds.set(own, [...(kinds.get(own) ?? []), page]);
  }
  return new Set(
    [...kinds.values()].flatMap((same) => {
      const sorted = same.toSorted((a, b) => a.length - b.length || a.address.localeCompare(b.address));
      const at = (part) => sorted[Math.round(((sorted.length - 1) * part) / (OF_A_KIND - 1))].address;
      return Array.from({ length: OF_A_KIND }, (_, part) => at(part));
    }),
  );
}

async function casebook(browser, path) {
  const name = basename(path);
  const began = Date.now();
  const say = (words) => {
    console.log(`${name}: ${words} (${((Date.now() - began) / 1000).toFixed(1)} s)`);
  };
  const { origin, end } = await serve(given.program, path);
  try {
    const present = await collect(origin, ['/', ...SEARCHES], (link) => !/[?&]as-of=/.test(link));
    const views = DAYS.flatMap((day) => VIEWS.map((view) => `${view}?as-of=${day}`));
    // From each earlier view, the first few records.
    const earlier = new Map();
    for (const view of views) {
      const answer = await ask(origin, view);
      earlier.set(view, answer);
      const rows = answer.text.matchAll(/<th scope="row"[^>]*>.*?href="(\/[^"#]*as-of[^"#]*)"/g);
      for (const [, link] of [...rows].slice(0, 5)) {
        const address = link.replaceAll('&amp;', '&');
        earlier.set(address, await ask(origin, address));
      }
    }
    const answers = new Map([...present, ...earlier]);
    const pages = [];
    for (const [address, answer] of answers) {
      const json = /\.json(\?|$)/.test(address);
      const complaints = answer.status === 200 ? [] : [`status ${answer.status}`];
      if (json) {
        try {
          JSON.parse(answer.text);
        } catch (error) {
          complaints.push(`no JSON: ${error.message}`);
        }
      }
      check(`${address}: an answer`, complaints);
      if (answer.status === 200 && answer.kind.startsWith('text/html')) {
        pages.push({ address, status: 200, length: answer.text.length });
      }
    }
    say(`${answers.size} addresses of ${new Set([...answers.keys()].map(kind)).size} kinds`);
    const all = [...pages, ...ERRORS.map(([address, status]) => ({ address, status, length: 0 }))];

    for (const javaScriptEnabled of [true, false]) {
      const context = await browser.newContext({ javaScriptEnabled });
      await each(all, () => context.newPage(), async (page, { address, status }) => {
        const complaints = await load(page, origin, address, status);
        check(`${address}, ${javaScriptEnabled ? 'with' : 'without'} script`, complaints);
      });
      await context.close();
      say(`${all.length} pages ${javaScriptEnabled ? 'with' : 'without'} script`);
    }

    const thorough = chosen(all);
    const looks = all.flatMap(({ address }, at) =>
      thorough.has(address) || given['axe-all']
        ? MANNERS.map((manner) => ({ address, manner }))
        : [{ address, manner: MANNERS[at % MANNERS.length] }],
    );
    // axe is script of ours, which the pages rightly refuse.
    const context = await browser.newContext({ bypassCSP: true });
    await each(looks, () => context.newPage(), async (page, { address, manner }) => {
      check(`${address}, axe`, await axe(page, origin, address, manner));
    });
    await context.close();
    say(`${looks.length} looks with axe`);

    for (const javaScriptEnabled of [true, false]) {
      const context = await browser.newContext({ javaScriptEnabled });
      const complaints = await journey(await context.newPage(), origin, 'bomb').then(
        () => [],
        (error) => [error.message],
      );
      check(`by keyboard alone, ${javaScriptEnabled ? 'with' : 'without'} script`, complaints);
      await context.close();
    }
  } finally {
    await end();
  }
}

const browser = await open(given.chromium);
try {
  for (const path of given.casebook) {
    await casebook(browser, path);
  }
} catch (error) {
  check('the run', [error.stack]);
} finally {
  await browser.close();
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
