export type { About } from './describe.ts';
export {
  Choice,
  Choices,
  Constant,
  Day,
  Flag,
  Id,
  Ids,
  InstantText,
  LanguageTag,
  LanguageTags,
  Shaped,
  Text,
  TextList,
  Whole,
  Wholes,
} from './properties.ts';
export { Nested, OpenMap, TextOrTexts, TextsByLanguage, Values } from './structures.ts';
export { DEFAULT_LIMIT, pageOf, PageQuery, ReadQuery, type Page } from './page.ts';
