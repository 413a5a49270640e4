export { startProjector, type Projector, type ProjectorOptions } from './start-projector.ts';
export { readModelNames, rebuildModel, UnknownReadModel } from './rebuild-model.ts';
