export { UploadFailure, type UploadFailureCode } from './upload-failure.ts';
export { Uploads, type StagedUpload, type UploadEntry } from './port.ts';
export { importOfUndoNote, undoNote } from './undo-note.ts';
