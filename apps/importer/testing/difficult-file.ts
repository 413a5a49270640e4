const HEADER = 'Email,City,Optin,Notes\n';

const two = (value: number): string => String(value).padStart(2, '0');

/** Every 37th row names somebody of an earlier one: near by, or far away. */
const personOf = (row: number): number => {
  if (row % 37 !== 0) return row;
  return row % 2 === 0 ? row - 5 : row >> 1;
};

const rowOf = (row: number): string => {
  const email = row % 97 === 0 ? 'no address' : `Person.${String(personOf(row))}@example.org`;
  const date = row % 11 === 0 ? '' : `202${String(row % 6)}-${two((row % 12) + 1)}-01`;
  const notes = row % 101 === 0 ? 'card 4111 1111 1111 1111' : `row ${String(row)}`;
  return `${email},City ${String(row)},${date},${notes}\n`;
};

/** A file with refused rows, rows without consent and people who occur twice; always the same. */
export async function* difficultFile(rows: number): AsyncGenerator<Uint8Array, void> {
  yield Buffer.from(HEADER);
  for (let start = 0; start < rows; start += 1_000) {
    const length = Math.min(1_000, rows - start);
    yield Buffer.from(Array.from({ length }, (_, index) => rowOf(start + index + 1)).join(''));
  }
}

export const difficultMapping = (listId: string) => ({
  columns: { Email: 'email', City: 'fields.city', Notes: 'fields.notes' },
  listIds: [listId],
  consent: {
    kind: 'express',
    dateColumns: ['Optin'],
    method: 'web form',
    source: 'a test',
    reference: 'the form of the test',
    attestedBy: 'a test',
  },
});
