import type { Policy } from './policy.ts'

/** Returns the change from one policy to another: what differs, with `null` for a setting that is reset. */
export function changeBetween(before: Policy, after: Policy): Record<string, unknown> {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])] as (keyof Policy)[]
  const differing = names.filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]))
  return Object.fromEntries(differing.map((name) => [name, after[name] ?? null]))
}
