import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** The system's Chromium; `ATTESTA_CHROMIUM` says where it is. Throws with a sentence when there is none. */
export const openBrowser = (): Promise<Browser> => {
  const executablePath = process.env['ATTESTA_CHROMIUM'] ?? '/usr/bin/chromium';
  if (!existsSync(executablePath)) {
    throw new Error(
      `There is no Chromium at ${executablePath}: install it (apt-get install chromium) or set ATTESTA_CHROMIUM.`,
    );
  }
  return chromium.launch({ executablePath, args: FLAGS });
};
