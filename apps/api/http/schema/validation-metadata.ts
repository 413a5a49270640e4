import { getMetadataStorage } from 'class-validator';

type Storage = ReturnType<typeof getMetadataStorage>;
type Gather = Storage['getTargetValidationMetadatas'];

/**
 * class-validator gathers what it knows of a class anew for each object that it checks, which takes longer
 * than the checks. The decorators have all run by the first request, so what was gathered once stays true.
 * Only the class and the name of what it stands in make a difference: groups are not used here.
 */
const remember = (storage: Storage): void => {
  const gather: Gather = storage.getTargetValidationMetadatas.bind(storage);
  const known = new Map<unknown, Map<string, ReturnType<Gather>>>();
  storage.getTargetValidationMetadatas = (...asked: Parameters<Gather>) => {
    const [type, schema] = asked;
    const ofType = known.get(type) ?? new Map<string, ReturnType<Gather>>();
    const before = ofType.get(schema);
    if (before !== undefined) return before;
    const metadata = gather(...asked);
    known.set(type, ofType.set(schema, metadata));
    return metadata;
  };
};

remember(getMetadataStorage());
