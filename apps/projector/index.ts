export { startProjector, type Projector, type ProjectorOptions } from './start-projector.ts';
export { readModelNames, rebuildModel, UnknownReadModel, verifyModel } from './rebuild-model.ts';
