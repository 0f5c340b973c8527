/** One value before and after a change; `undefined` where there was none. */
export interface Difference {
  /** Its path, with dots between the names. */
  readonly at: string
  readonly before: unknown
  readonly after: unknown
}

/** Returns where two values differ, down to the members of objects. Lists are compared as a whole. */
export function differences(before: unknown, after: unknown, at = ''): readonly Difference[] {
  if (JSON.stringify(before) === JSON.stringify(after)) return []
  if (!isObject(before ?? {}) || !isObject(after ?? {}))
    return [{ at, before: before ?? undefined, after: after ?? undefined }]
  const [was, is] = [(before ?? {}) as Members, (after ?? {}) as Members]
  const names = [...new Set([...Object.keys(was), ...Object.keys(is)])]
  return names.flatMap((name) => differences(was[name], is[name], at === '' ? name : `${at}.${name}`))
}

type Members = Readonly<Record<string, unknown>>

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
