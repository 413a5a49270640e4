/** Puts the name in the place of the database in a URL of MongoDB. */
export const urlOfDatabase = (server: string, name: string): string =>
  server.replace(/^(mongodb(?:\+srv)?:\/\/[^/?]+)(?:\/[^?]*)?/, `$1/${name}`);
