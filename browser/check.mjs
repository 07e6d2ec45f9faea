// The pages in a real browser: with and without script, on a desk and on a telephone, in light and
// dark; by keyboard alone; and never asking anybody else.
//
//   node check.mjs --program FILE --chromium FILE --casebook FILE... [--all]
//
// Each casebook is served as it is to coders, and the first also as it is to readers.
//
// Links are followed to at most MOST pages of a kind, or with --all to every one of the present; of
// earlier days, of which there are as many as one likes, to some of each kind. Each page is loaded
// with scripts allowed, where axe looks at it, and with none. The manner (width, colours) changes from
// page to page, so that each kind of page is looked at in all; of pages for readers and
// of further casebooks, in two that differ in both. Ends with "N passed, N failed".

import { availableParallelism } from 'node:os';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';

import { follow, kind } from './addresses.mjs';
import { open } from './browser.mjs';
import { journey } from './keyboard.mjs';
import { MANNERS, look } from './page.mjs';
import { ask, serve } from './served.mjs';

/**
 * How many pages of a kind are looked at, so that a run takes a minute or two: as many as there are
 * manners, so that every kind is seen in each.
 */
const MOST = MANNERS.length;

/** Addresses that no link leads to: earlier views, searches, and what is answered by an error. */
const VIEWS = ['/', '/incidents', '/people', '/corrections', '/counts', '/network', '/timeline', '/pictures'];
const SEARCHES = ['/search', '/search?words=letter', '/search?words=station&kind=incident'];

/** What is served for whom: readers have no search, no pictures and no corrections. */
const DESK = { name: 'desk', starts: ['/', ...SEARCHES], views: VIEWS, searched: true };
const READERS = {
  name: 'readers',
  starts: ['/'],
  views: VIEWS.filter((view) => !['/corrections', '/pictures'].includes(view)),
  searched: false,
};

/** What is searched for by keyboard. */
const WORDS = 'bomb';

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
    all: { type: 'boolean', default: false },
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

/** After so many addresses or looks a long run says how far it is. */
const STEP = 1000;

/** As many pages at a time as there are processors. */
async function each(items, makeOne, work, say) {
  let next = 0;
  const workers = Array.from({ length: Math.max(2, availableParallelism()) }, async () => {
    let one = await makeOne();
    while (next < items.length) {
      const item = items[next];
      next += 1;
      await work(one, item);
      if (next % STEP === 0) {
        say(`${next} of ${items.length} looks`);
        // A tab that has shown thousands of pages holds on to their memory.
        await one.close();
        one = await makeOne();
      }
    }
    await one.close();
  });
  await Promise.all(workers);
}

/** Each page with the manners in which it is looked at: together, the first so many for each kind. */
function manners(pages, many) {
  const kinds = new Map();
  for (const page of pages) {
    const own = kind(page.address);
    kinds.set(own, [...(kinds.get(own) ?? []), page]);
  }
  return [...kinds.values()].flatMap((same) =>
    Array.from({ length: Math.max(same.length, many) }, (_, at) => ({
      page: same[at % same.length],
      manner: MANNERS[at % MANNERS.length],
    })),
  );
}

/** A day on which some of the documents, and not all, were published. */
async function halfway(origin) {
  const rows = JSON.parse((await ask(origin, '/documents.json')).text);
  const dated = rows.map((row) => row.published).filter(Boolean);
  return dated[Math.floor(dated.length / 2)];
}

/** What is wrong with an answer, but for how it looks. */
function faults(address, answer) {
  if (answer.to !== undefined) {
    return answer.status === 303 ? [] : [`status ${answer.status}`];
  }
  const complaints = answer.status === 200 ? [] : [`status ${answer.status}`];
  if (/\.json(\?|$)/.test(address)) {
    try {
      JSON.parse(answer.text);
    } catch (error) {
      complaints.push(`no JSON: ${error.message}`);
    }
  }
  return complaints;
}

async function pagesOf(origin, edition, day, most, say) {
  const pages = [];
  const asked = new Set();
  const heard = (address, answer, open) => {
    if (asked.has(address)) {
      return;
    }
    asked.add(address);
    check(`${address}: an answer`, faults(address, answer));
    if (answer.status === 200 && answer.kind.startsWith('text/html')) {
      pages.push({ address, status: 200, length: answer.text.length });
    }
    if (asked.size % STEP === 0) {
      say(`${asked.size} addresses, ${open} more are known`);
    }
  };
  const left = await follow(origin, edition.starts, most, heard);
  // From earlier views, some of what they lead to.
  const views = edition.views.map((view) => `${view}?as-of=${day}`);
  await follow(origin, views, given.all ? MOST : 1, heard);
  pages.push(...ERRORS.map(([address, status]) => ({ address, status, length: 0 })));
  return { pages, asked: asked.size, left };
}

/** Looks at the pages of a casebook in an edition; gives the day of its earlier views. */
async function casebook(browser, path, edition, most, asOf) {
  const name = `${basename(path)}, ${edition.name}`;
  const began = Date.now();
  const say = (words) => {
    console.log(`${name}: ${words} (${((Date.now() - began) / 1000).toFixed(1)} s)`);
  };
  const { origin, end } = await serve(given.program, path, ['--read-only', '--edition', edition.name]);
  try {
    const day = asOf ?? (await halfway(origin));
    const { pages, asked, left } = await pagesOf(origin, edition, day, most, say);
    const kinds = new Set(pages.map(({ address }) => kind(address)));
    const rest = left > 0 ? `; ${left} more are like these, --all looks at them too` : '';
    say(`${asked} addresses, ${pages.length} pages of ${kinds.size} kinds${rest}`);

    for (const javaScriptEnabled of [true, false]) {
      const looks = javaScriptEnabled
        ? manners(pages, Math.min(most, MANNERS.length))
        : pages.map((page, at) => ({ page, manner: MANNERS[at % MANNERS.length] }));
      const script = javaScriptEnabled ? 'with script and axe' : 'without script';
      const context = await browser.newContext({ javaScriptEnabled });
      await each(looks, () => context.newPage(), async (tab, { page, manner }) => {
        check(`${page.address}, ${script}`, await look(tab, origin, page, manner, javaScriptEnabled));
      }, say);
      if (edition.searched) {
        const complaints = await journey(await context.newPage(), origin, WORDS).then(
          () => [],
          (error) => [error.message],
        );
        check(`by keyboard alone, ${script}`, complaints);
      }
      await context.close();
      say(`${looks.length} looks ${script}`);
    }
    return day;
  } finally {
    await end();
  }
}

const browser = await open(given.chromium);
try {
  // What is new in a further casebook, and in pages for readers, is less.
  const few = given.all ? Infinity : MOST / 2;
  const [sample, ...further] = given.casebook;
  const day = await casebook(browser, sample, DESK, given.all ? Infinity : MOST);
  await casebook(browser, sample, READERS, few, day);
  for (const path of further) {
    await casebook(browser, path, DESK, few);
  }
} catch (error) {
  check('the run', [error.stack]);
} finally {
  await browser.close();
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
