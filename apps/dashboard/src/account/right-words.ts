import type { Right } from '../platform/me.tsx'

/** What each right is for, in words. */
export const RIGHT_WORDS: Readonly<Record<Right, string>> = {
  'keys:read': 'API keys and their policies',
  'sessions:read': 'Live sessions and conversations',
  'refusals:read': 'Refusals, and why a token would be refused',
  'webhooks:read': 'Webhooks and what they were told',
  'audit:read': 'The audit trail',
  'accounts:read': 'The accounts of the team',
  'keys:write': 'Make, change and delete API keys and their policies',
  'secrets:write': 'Make and retire secrets and public keys',
  'tokens:mint': 'Mint access tokens for users',
  'sessions:write': 'Close sessions and eject members',
  'revocations:write': 'Revoke tokens, users and secrets',
  'webhooks:write': 'Make, change and delete webhooks',
  'accounts:write': 'Make, change and delete accounts',
}

const RIGHTS = Object.keys(RIGHT_WORDS) as readonly Right[]

/** The rights as a form shows them. */
export const RIGHT_GROUPS = [
  { title: 'Look at', rights: RIGHTS.filter((right) => right.endsWith(':read')) },
  { title: 'Do', rights: RIGHTS.filter((right) => !right.endsWith(':read')) },
] as const

/** What a token may, a sentence for each group: "Look at: the audit trail; the accounts of the team". */
export function rightsInWords(rights: readonly Right[]): readonly string[] {
  return RIGHT_GROUPS.flatMap(({ title, rights: ofGroup }) => {
    const words = ofGroup.filter((right) => rights.includes(right)).map((right) => RIGHT_WORDS[right])
    return words.length === 0 ? [] : [`${title}: ${words.map(lowerFirst).join('; ')}`]
  })
}

// A name such as "API keys" stays as it is.
function lowerFirst(text: string): string {
  return /^[A-Z](?![A-Z])/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text
}
