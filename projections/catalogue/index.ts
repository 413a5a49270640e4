export { catalogue, type CatalogueKind } from './projection.ts';
export {
  listOfAllAccounts,
  listResources,
  type CatalogueEntry,
  type CataloguePage,
} from './queries.ts';
