export { headFault, inspectTable, readRows, type Bytes } from './read-table.ts';
export {
  LONGEST_ROW,
  MOST_COLUMNS,
  rowFaultMessage,
  TABLE_FORMATS,
  type Row,
  type RowFaultCode,
  type Table,
  type TableFault,
  type TableFaultCode,
  type TableFormat,
  type TableResult,
} from './table.ts';
