export type { ImporterParts } from './parts.ts';
export { startImporter } from './start-importer.ts';
