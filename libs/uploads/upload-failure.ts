export type UploadFailureCode =
  /** Nothing was kept; later uploads may succeed. */
  | 'disk-full'
  /** More bytes than are taken. */
  | 'body-too-large'
  /** The file is not there, cut short, or not the one that was written. */
  | 'upload-damaged'
  | 'upload-missing';

const MESSAGES: Readonly<Record<UploadFailureCode, string>> = {
  'disk-full': 'The disk is full, so the file was not kept. Try again later.',
  'body-too-large': 'The file is larger than this address takes. Split it into several.',
  'upload-damaged': 'The uploaded file was damaged on disk and cannot be read. Upload it again.',
  'upload-missing': 'The uploaded file is not there any more. Upload it again.',
};

/** Why an upload cannot be kept or read. The message can be shown as it is. */
export class UploadFailure extends Error {
  readonly code: UploadFailureCode;

  constructor(code: UploadFailureCode, options?: ErrorOptions) {
    super(MESSAGES[code], options);
    this.name = 'UploadFailure';
    this.code = code;
  }
}

const CODES: Readonly<Record<string, UploadFailureCode>> = {
  ENOSPC: 'disk-full',
  EDQUOT: 'disk-full',
  ENOENT: 'upload-missing',
};

/** The code of an error of the file system, such as ENOENT; undefined for any other. */
export const fileCodeOf = (error: unknown): string | undefined =>
  typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : undefined;

/** An error of the file system as a failure of the upload, where it is one that is expected. */
export const asFailure = (error: unknown): unknown => {
  const code = CODES[fileCodeOf(error) ?? ''];
  return code === undefined ? error : new UploadFailure(code, { cause: error });
};

/** For what another process may just have finished with: undefined when it is not there. */
export const unlessMissing = (error: unknown): undefined => {
  if (fileCodeOf(error) === 'ENOENT') return undefined;
  throw error;
};
