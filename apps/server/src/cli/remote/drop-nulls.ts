type WithoutNulls<T> = {
  readonly [Name in keyof T]: null extends T[Name] ? Exclude<T[Name], null> | undefined : T[Name]
}

/** Replaces the null values of the API with undefined, which the commands use. */
export function dropNulls<T extends object>(shown: T): WithoutNulls<T> {
  return Object.fromEntries(Object.entries(shown).map(([name, value]) => [name, value ?? undefined])) as WithoutNulls<T>
}
