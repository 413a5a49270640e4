import { describeKeyringCopy } from '../testing/copy-conformance.ts';
import { embeddedCopyPlace } from '../testing/embedded-copy-place.ts';

describeKeyringCopy('from files to files', async () => ({
  from: embeddedCopyPlace(),
  to: embeddedCopyPlace(),
}));
