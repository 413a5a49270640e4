import { MongoBulkWriteError, MongoServerError } from 'mongodb';

const DUPLICATE_KEY = 11_000;

/** Another document with this key is there already. */
export const isDuplicateKey = (error: unknown): boolean =>
  error instanceof MongoServerError &&
  (error instanceof MongoBulkWriteError && typeof error.writeErrors === 'object'
    ? onlyDuplicates(error)
    : error.code === DUPLICATE_KEY);

const onlyDuplicates = ({ writeErrors }: MongoBulkWriteError): boolean => {
  const errors = Array.isArray(writeErrors) ? writeErrors : [writeErrors];
  return errors.length > 0 && errors.every(({ code }) => code === DUPLICATE_KEY);
};
