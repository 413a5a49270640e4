import { execFileSync } from 'node:child_process';

/** The fault suite never skips: what it cannot try is not known to hold. */
export const requireFaultTools = (): void => {
  if (process.getuid?.() !== 0) {
    throw new Error('The fault tests mount a small disk and trace processes: run them as root.');
  }
  try {
    execFileSync('strace', ['--version'], { stdio: 'ignore' });
  } catch (cause) {
    throw new Error('The fault tests need strace: apt-get install strace.', { cause });
  }
};
