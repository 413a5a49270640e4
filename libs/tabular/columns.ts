import { ok, refuse } from '#domain/kernel/index';
import { MOST_COLUMNS, type TableFault, type TableResult } from './table.ts';

const DELIMITERS = [',', ';', '\t'] as const;

/**
 * What separates the cells of a CSV file: the one of comma, semicolon and tab that its first line has
 * most of outside quotes (spreadsheets in French write semicolons). A comma where there is none.
 */
export const delimiterOf = (firstLine: string): string => {
  const plain = firstLine.replaceAll(/"[^"]*"/g, '');
  const countOf = (delimiter: string): number => plain.split(delimiter).length - 1;
  return DELIMITERS.reduce((best, one) => (countOf(one) > countOf(best) ? one : best), ',');
};

/** Names of columns from the cells of a header; spaces around them do not count. */
export const columnsOf = (header: readonly string[]): TableResult<readonly string[]> => {
  const columns = header.map((cell) => cell.trim());
  const fault = faultOf(columns);
  return fault === undefined ? ok(columns) : refuse(fault);
};

/** Never quotes a name: without a header these are somebody's data. */
const faultOf = (columns: readonly string[]): TableFault | undefined => {
  if (columns.length === 0 || columns.some((name) => name.includes('@'))) {
    return {
      code: 'header-missing',
      message: 'The first line must name the columns, for example: Email,First name,Language.',
    };
  }
  if (columns.length > MOST_COLUMNS) {
    return {
      code: 'too-many-columns',
      message: `There are more than ${String(MOST_COLUMNS)} columns: leave out those that are not needed.`,
    };
  }
  const unnamed = columns.indexOf('');
  if (unnamed !== -1) {
    return {
      code: 'column-unnamed',
      message: `Column ${String(unnamed + 1)} has no name: name it in the first line, or leave it out.`,
    };
  }
  const second = columns.findIndex((name, index) => columns.indexOf(name) !== index);
  return second === -1
    ? undefined
    : {
        code: 'duplicate-column',
        message: `Column ${String(second + 1)} has the name of an earlier one: each name may stand once.`,
      };
};
