// Chromium, as these pages are read with: by itself, without a profile, and with no way out.

import { chromium } from 'playwright-core';

/** Starts the browser; nothing but loopback can be reached from it. */
export function open(executablePath) {
  return chromium.launch({
    executablePath,
    args: [
      '--disable-gpu',
      // Nothing here needs a graphics card imitated: pages are painted plainly, which is faster.
      '--disable-software-rasterizer',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
      // Started by root, as in a container, the browser refuses to run with its sandbox.
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    ],
  });
}

/**
 * The widths at which pages are read, in CSS pixels: a desk, the same at twice the size, a telephone, the
 * narrowest one.
 */
export const WIDTHS = { desk: 1280, zoomed: 640, telephone: 390, narrow: 320 };

export const HEIGHT = 900;
