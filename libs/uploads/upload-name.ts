const NAME = /^[a-z0-9_]{1,64}$/;

/** The name, which is safe in a path. Throws `TypeError` for one that is not. */
export const uploadName = (name: string): string => {
  if (!NAME.test(name)) throw new TypeError('An upload is named by an id.');
  return name;
};
