const FIRST = [
  'Zoé',
  'Loïc',
  'Emma',
  'Ravi',
  'Anaïs',
  'Minh',
  'François',
  'Sarah',
  'Noah',
  'Aïcha',
];
const LAST = ['Tremblay', 'Côté', 'Nguyen', 'Lévesque', 'Singh', 'Martin', 'O’Brien', 'Müller'];
const CITIES = ['Montréal', 'Québec', 'Ottawa', 'Laval', 'Moncton', 'Paris'];
const HEADER =
  'Email Address,First Name,Last Name,Ville,Langue,MEMBER_RATING,OPTIN_TIME,OPTIN_IP,CONFIRM_TIME,CONFIRM_IP,LATITUDE,LONGITUDE,GMTOFF,DSTOFF,TIMEZONE,CC,REGION,LAST_CHANGED,LEID,EUID,NOTES,TAGS\n';
const CHUNK_ROWS = 500;

const pick = (from: readonly string[], row: number): string => from[row % from.length] ?? '';
const two = (value: number): string => String(value).padStart(2, '0');

/** A row of a Mailchimp export, always the same for the same number. */
const rowOf = (row: number): string => {
  const time = `202${String(row % 6)}-${two((row % 12) + 1)}-${two((row % 28) + 1)} ${two(row % 24)}:${two(row % 60)}:${two((row * 7) % 60)}`;
  const [first, last] = [pick(FIRST, row), pick(LAST, row >> 3)];
  return `person.${String(row)}@mail${String(row % 50)}.example.org,${first},${last},${pick(CITIES, row)},${row % 4 === 0 ? 'en' : 'fr'},3,${time},192.0.2.${String(row % 255)},${row % 3 === 0 ? '' : time},198.51.100.7,45.5,-73.6,-5,-4,america/toronto,ca,qc,2026-10-22 14:47:50,${String(100_000 + row)},d0c09c98ee,,"""VIP"",""Salon 2025"""\n`;
};

/** A file of so many different people in the form of a Mailchimp export, piece by piece. */
export async function* generatedRecipients(rows: number): AsyncGenerator<Uint8Array, void> {
  yield Buffer.from(HEADER);
  for (let start = 0; start < rows; start += CHUNK_ROWS) {
    const length = Math.min(CHUNK_ROWS, rows - start);
    yield Buffer.from(Array.from({ length }, (_, index) => rowOf(start + index)).join(''));
  }
}

/** How such a file is mapped, for an account with the fields firstName, lastName and city. */
export const generatedMapping = (listId: string) => ({
  preset: 'mailchimp',
  columns: { Ville: 'fields.city' },
  ignore: ['TAGS'],
  listIds: [listId],
  consent: { kind: 'express', method: 'web form', attestedBy: 'The benchmark' },
});
