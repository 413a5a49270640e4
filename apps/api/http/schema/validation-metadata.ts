import { getMetadataStorage } from 'class-validator';

type Storage = ReturnType<typeof getMetadataStorage>;
type Metadata = ReturnType<Storage['getTargetValidationMetadatas']>;

/**
 * class-validator gathers what it knows of a class anew for each object that it checks, which takes longer
 * than the checks. The decorators have all run by the first request, so what was gathered once stays true.
 */
const remember = (storage: Storage): void => {
  const gather = storage.getTargetValidationMetadatas.bind(storage);
  const known = new WeakMap<object, Metadata>();
  storage.getTargetValidationMetadatas = (type, schema, always, strictGroups, groups) => {
    if (schema) {
      return gather(type, schema, always, strictGroups, groups);
    }
    const before = known.get(type);
    if (before !== undefined) return before;
    const metadata = gather(type, schema, always, strictGroups, groups);
    known.set(type, metadata);
    return metadata;
  };
};

remember(getMetadataStorage());
