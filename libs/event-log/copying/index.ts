export { CopyRefused, type CopyRefusal } from './copy-refused.ts';
export { copyLog, type Copying, type CopyResult } from './copy-log.ts';
