import { type Policy, policyInWords } from './policy-in-words.ts'

/** The change that leads from one policy to another: what differs, and null for a decision that is taken back. */
export function changeBetween(before: Policy, after: Policy): Record<string, unknown> {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])] as (keyof Policy)[]
  const differing = names.filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]))
  return Object.fromEntries(differing.map((name) => [name, after[name] ?? null]))
}

export interface Sentence {
  readonly words: string
  /** Whether it is none of those before. */
  readonly isNew: boolean
}

/** What a policy would say, and which of it is new. */
export function sentencesOf(before: Policy, after: Policy): readonly Sentence[] {
  const said = policyInWords(before)
  return policyInWords(after).map((words) => ({ words, isNew: !said.includes(words) }))
}
