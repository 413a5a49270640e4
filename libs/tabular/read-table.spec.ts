import { describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { inspectTable, readRows, type Row, type TableFormat } from './index.ts';

async function* inPieces(bytes: Buffer, size: number): AsyncGenerator<Uint8Array, void> {
  for (let start = 0; start < bytes.length; start += size)
    yield bytes.subarray(start, start + size);
}

const inspect = (file: string | Buffer, format: TableFormat = 'csv', size = 7) =>
  inspectTable(inPieces(Buffer.from(file), size), format);

const rowsOf = async (file: string | Buffer, format: TableFormat = 'csv', size = 7) => {
  const table = await inspect(file, format, size);
  if (!table.ok) throw new Error(table.error.code);
  const rows: Row[] = [];
  for await (const page of readRows(inPieces(Buffer.from(file), size), table.value))
    rows.push(...page);
  expect(rows).toHaveLength(table.value.rows);
  return { columns: table.value.columns, rows };
};
const cellsOf = async (...file: Parameters<typeof rowsOf>) =>
  (await rowsOf(...file)).rows.map(({ cells }) => cells);

describe('IMP-1 reading a CSV file', () => {
  it('skips the byte order mark and blank lines, and takes CR LF and a last line without a break', async () => {
    const { columns, rows } = await rowsOf(
      '\ufeffEmail,Name\r\na@x.example,Zoé\r\n\r\nb@x.example,Loïc',
    );
    expect(columns).toEqual(['Email', 'Name']);
    expect(rows).toEqual([
      { number: 1, cells: ['a@x.example', 'Zoé'], fault: undefined },
      { number: 2, cells: ['b@x.example', 'Loïc'], fault: undefined },
    ]);
  });

  it('keeps quotes, delimiters and line breaks inside quotes exactly', async () => {
    expect(await cellsOf('a,b\n"dit ""oui"",\r\npuis\t\n","x"\n')).toEqual([
      ['dit "oui",\r\npuis\t\n', 'x'],
    ]);
  });

  it.each([
    ['semicolons, as spreadsheets in French write', 'a;b\n1;"2,5"\n'],
    ['tabs', 'a\tb\n1\t"2,5"\n'],
  ])('finds %s between cells by the first line', async (_name, file) => {
    expect(await cellsOf(file)).toEqual([['1', '2,5']]);
  });

  it('refuses single rows that cannot be read, and goes on', async () => {
    const { rows } = await rowsOf('a,b\n1\n1,2,3\n"1"x,2\n3,4\n');
    expect(rows.map(({ fault }) => fault)).toEqual([
      'ragged-row',
      'ragged-row',
      'malformed-quotes',
      undefined,
    ]);
    expect(rows[3]).toMatchObject({ number: 4, cells: ['3', '4'] });
  });

  it('reads what a general parser reads, wherever the pieces end', async () => {
    const cell = fc.oneof(
      fc.string({ unit: fc.constantFrom('a', 'é', '"', ',', '\n', '\r\n', ' ', '€', '😀', '\t') }),
      fc.constantFrom('', '""', 'x'),
    );
    const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
    const written = (text: string): string => (/[",\r\n]/.test(text) ? quoted(text) : text);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(cell, cell, cell), { maxLength: 8 }),
        fc.integer({ min: 1, max: 40 }),
        fc.constantFrom('\n', '\r\n'),
        async (rows, size, lineBreak) => {
          const file = [['A', 'B', 'C'], ...rows]
            .map((row) => row.map(written).join(','))
            .join(lineBreak);
          const expected = parse(file, { relax_column_count: true }).slice(1);
          expect(await cellsOf(file, 'csv', size)).toEqual(expected);
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('a file that is none', () => {
  it.each([
    ['a PNG', Buffer.from('89504e470d0a1a0a', 'hex')],
    ['a workbook', Buffer.from('504b030414000600', 'hex')],
    ['gzip', Buffer.from('1f8b0800', 'hex')],
    ['UTF-16', Buffer.from('\ufeffa,b\n', 'utf16le')],
    ['a NUL byte later on', Buffer.from('a,b\nx,y\nz\0,1\n')],
  ])('says of %s that it is no text', async (_name, file) => {
    expect(await inspect(file)).toMatchObject({ ok: false, error: { code: 'not-a-text-file' } });
  });

  it.each([1, 2, 3, 5, 64])(
    'names the row of the first byte that is no UTF-8, in pieces of %d',
    async (size) => {
      const latin1 = Buffer.from('a,b\nune,deux\n"trois\nlignes",é\nhélas,x\n', 'latin1');
      const valid = Buffer.from('a,b\né,deux\n');
      const file = Buffer.concat([valid, latin1.subarray(4)]);
      expect(await inspect(file, 'csv', size)).toMatchObject({
        ok: false,
        error: { code: 'invalid-utf8', row: 3 },
      });
    },
  );

  it('finds that the last character was cut off', async () => {
    const file = Buffer.from('a\né').subarray(0, 3);
    expect(await inspect(file)).toMatchObject({ ok: false, error: { code: 'invalid-utf8' } });
  });

  it.each([
    ['', 'header-missing'],
    ['marie@exemple.example,Marie\n', 'header-missing'],
    ['a,b,a\n1,2,3\n', 'duplicate-column'],
    ['a,,c\n1,2,3\n', 'column-unnamed'],
    ['a,b\n1,"2\n3,4\n', 'unclosed-quote'],
    [`a,b\n1,"${'x'.repeat(1_100_000)}`, 'row-too-long'],
  ])('says what is wrong with the file as a whole', async (file, code) => {
    const fault = await inspect(file, 'csv', 50_000);
    expect(fault).toMatchObject({ ok: false, error: { code } });
    expect(JSON.stringify(fault)).not.toContain('marie');
  });
});

describe('reading NDJSON', () => {
  it('makes a column of each key and a text of each value', async () => {
    const { columns, rows } = await rowsOf(
      '{"email":"a@x.example","age":41}\n\n{"email":"b@x.example","vip":true,"age":null}\n',
      'ndjson',
    );
    expect(columns).toEqual(['email', 'age', 'vip']);
    expect(rows.map(({ cells }) => cells)).toEqual([
      ['a@x.example', '41', ''],
      ['b@x.example', '', 'true'],
    ]);
  });

  it('refuses single lines that are no flat object', async () => {
    const { rows } = await rowsOf('[1]\n{"a":[1]}\nnothing\n{"a":1," a":2}\n{"a":1}\n', 'ndjson');
    expect(rows.map(({ fault }) => fault)).toEqual([
      'malformed-json',
      'nested-value',
      'malformed-json',
      'repeated-key',
      undefined,
    ]);
  });

  it('takes keys that name what every object has', async () => {
    const { columns, rows } = await rowsOf(
      '{"constructor":"x","__proto__":"y"}\n{"a":"z"}\n',
      'ndjson',
    );
    expect(columns).toEqual(['constructor', '__proto__', 'a']);
    expect(rows[1]?.cells).toEqual(['', '', 'z']);
  });
});
