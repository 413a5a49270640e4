export { fileUploads } from './file-uploads.ts';
