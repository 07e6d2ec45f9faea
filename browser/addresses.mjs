// Addresses that links lead to, of every kind.

import { ask } from './served.mjs';

/** The kind of an address: `/people/{id}/network`, whatever stands after the question mark. */
export function kind(address) {
  const path = address.split(/[?#]/)[0];
  const [, list, id, ...rest] = path.split('/');
  const json = path.endsWith('.json') ? '.json' : '';
  return id === undefined ? path : `/${[list, '{id}', ...rest].join('/').replace(/\.json$/, '')}${json}`;
}

/** Addresses on a page, without the place within. */
function links(text) {
  const found = [...text.matchAll(/ (?:href|src)="(\/[^"]*)"/g)];
  return found.map((match) => match[1].replaceAll('&amp;', '&').split('#')[0]);
}

/**
 * Follows links from some addresses, several at a time, to at most so many of a kind.
 *
 * @param {string} origin where the pages are
 * @param {string[]} starts addresses to begin with
 * @param {number} most how many of a kind are asked for
 * @param {(address: string, answer: {status: number, kind: string, text: string, to?: string}, open: number) => void} heard
 *   what is done with each answer; `open` is how many addresses wait
 * @returns {Promise<number>} how many addresses were met and not asked for
 */
export async function follow(origin, starts, most, heard) {
  const met = new Set();
  const asked = new Map();
  const open = [];
  let left = 0;
  let busy = 0;
  function meet(address, must) {
    if (met.has(address)) {
      return;
    }
    met.add(address);
    const before = asked.get(kind(address)) ?? 0;
    if (before >= most && !must) {
      left += 1;
      return;
    }
    asked.set(kind(address), before + 1);
    open.push(address);
  }
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
        const found = answer.to ? [answer.to] : links(answer.kind.startsWith('text/html') ? answer.text : '');
        found.forEach((link) => meet(link, false));
        heard(address, answer, open.length);
      } finally {
        busy -= 1;
      }
    }
  }
  starts.forEach((address) => meet(address, true));
  await Promise.all([walk(), walk(), walk(), walk()]);
  return left;
}
