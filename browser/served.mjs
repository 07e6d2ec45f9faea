// A casebook served by the program, until the run is over.

import { spawn } from 'node:child_process';

/**
 * Starts `throughline serve` on a free port of loopback and waits until it says where.
 *
 * @param {string} program path of the `throughline` binary
 * @param {string} casebook path of the casebook
 * @param {string[]} more further arguments of `serve`
 * @param {Record<string, string>} environment what it finds in its environment besides
 * @returns {Promise<{origin: string, door: string, end: () => Promise<void>}>} `door`: the address that
 *   lets in, where a key is asked for
 */
export async function serve(program, casebook, more = [], environment = {}) {
  const child = spawn(program, ['--casebook', casebook, 'serve', '--port', '0', '--json', ...more], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...environment },
  });
  const over = new Promise((resolve) => child.once('close', resolve));
  let said = '';
  let complained = '';
  child.stderr.on('data', (bytes) => (complained += bytes));
  const door = await new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`it does not answer: ${said}${complained}`)), 60_000);
    child.stdout.on('data', (bytes) => {
      said += bytes;
      const address = /"address": "(http:\/\/127\.0\.0\.1:\d+\/[^"]*)"/.exec(said);
      if (address) {
        clearTimeout(late);
        resolve(address[1]);
      }
    });
    child.once('close', (status) => {
      clearTimeout(late);
      reject(new Error(`${casebook} is not served (status ${status}): ${complained}`));
    });
  });
  return {
    origin: new URL(door).origin,
    door,
    end: async () => {
      child.kill('SIGINT');
      await over;
    },
  };
}

/**
 * An answer, asked for again while something on it is still being worked out.
 *
 * @returns {Promise<{status: number, kind: string, text: string, to?: string}>} `to`: where it leads on
 */
export async function ask(origin, address, headers = {}) {
  for (let tries = 0; tries < 100; tries += 1) {
    const response = await fetch(origin + address, { redirect: 'manual', headers });
    const text = await response.text();
    if (!response.headers.has('refresh')) {
      const to = response.headers.get('location')?.split('#')[0];
      const kind = response.headers.get('content-type') ?? '';
      return { status: response.status, kind, text, ...(to && { to }) };
    }
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
  throw new Error(`${address} is never finished`);
}
