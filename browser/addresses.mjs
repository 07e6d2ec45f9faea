// Every address that links lead to, and of which kind it is.

import { ask } from './served.mjs';

/** The kind of an address: `/people/{id}/network`, whatever stands after the question mark. */
export function kind(address) {
  const parts = address.split(/[?#]/)[0].split('/');
  const id = (part, at) => (at === 2 && part !== '' ? '{id}' : part);
  return parts.map(id).join('/');
}

/** Addresses on a page, without the place within. */
function links(text) {
  const found = [...text.matchAll(/ (?:href|src)="(\/[^"]*)"/g)];
  return found.map((match) => match[1].replaceAll('&amp;', '&').split('#')[0]);
}

/**
 * Follows every link from some addresses, several at a time.
 *
 * @param {string} origin where the pages are
 * @param {string[]} starts addresses to begin with
 * @param {(address: string) => boolean} wanted which links are followed
 * @returns {Promise<Map<string, {status: number, kind: string, text: string}>>} answers by address
 */
export async function collect(origin, starts, wanted) {
  const met = new Set(starts);
  const open = [...starts];
  const answers = new Map();
  let busy = 0;
  async function walk() {
    while (open.length > 0 || busy > 0) {
      const address = open.shift();
      if (address === undefined) {
        await new Promise((resolve) => setTimeout(resolve, 5));
        continue;
      }
      busy += 1;
      try {
        const answer = await ask(origin, address);
        answers.set(address, answer);
        if (answer.kind.startsWith('text/html')) {
          for (const link of links(answer.text)) {
            if (!met.has(link) && wanted(link)) {
              met.add(link);
              open.push(link);
            }
          }
        }
      } finally {
        busy -= 1;
      }
    }
  }
  await Promise.all([walk(), walk(), walk(), walk()]);
  return answers;
}
