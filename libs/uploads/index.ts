export { UploadFailure, type UploadFailureCode } from './upload-failure.ts';
export { Uploads, type StagedUpload, type UploadEntry } from './uploads.ts';
export { importOfUndoNote, undoNote } from './undo-note.ts';
