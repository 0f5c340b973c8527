/** A value as JSON carries it, without its undefined fields. */
export type Sendable<T> = T extends readonly (infer Item)[]
  ? Sendable<Item>[]
  : T extends object
    ? { [Name in keyof T as undefined extends T[Name] ? never : Name]: Sendable<T[Name]> } & {
        [Name in keyof T as undefined extends T[Name] ? Name : never]?: Sendable<Exclude<T[Name], undefined>>
      }
    : T

export function sendable<T>(value: T): Sendable<T> {
  return JSON.parse(JSON.stringify(value))
}
