export { mongoUploads } from './mongo-uploads.ts';
