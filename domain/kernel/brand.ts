declare const brand: unique symbol;

/** A nominal type over `T`: the compiler keeps two kinds of string apart. */
export type Brand<T, B extends string> = T & { readonly [brand]: B };
