import type { Right } from '../platform/me.tsx'

/** What each right allows, in words. */
export const RIGHT_WORDS: Readonly<Record<Right, string>> = {
  'keys:read': 'API keys and their policies',
  'sessions:read': 'Live sessions and conversations',
  'refusals:read': 'Refusals, and checking tokens',
  'webhooks:read': 'Webhooks and their deliveries',
  'audit:read': 'Audit log',
  'accounts:read': 'Team accounts',
  'keys:write': 'Create, change and delete API keys and their policies',
  'signing_keys:write': 'Add and retire signing keys',
  'tokens:mint': 'Mint access tokens for users',
  'sessions:write': 'Close sessions, mute and eject participants, send announcements',
  'revocations:write': 'Revoke tokens, users and signing keys',
  'webhooks:write': 'Create, change and delete webhooks',
  'accounts:write': 'Create, change and delete accounts',
}

const RIGHTS = Object.keys(RIGHT_WORDS) as readonly Right[]

/** The rights, grouped as a form shows them. */
export const RIGHT_GROUPS = [
  { title: 'Read', rights: RIGHTS.filter((right) => right.endsWith(':read')) },
  { title: 'Write', rights: RIGHTS.filter((right) => !right.endsWith(':read')) },
] as const

/** What a token can do, one sentence per group: "Read: audit log; team accounts". */
export function rightsInWords(rights: readonly Right[]): readonly string[] {
  return RIGHT_GROUPS.flatMap(({ title, rights: ofGroup }) => {
    const words = ofGroup.filter((right) => rights.includes(right)).map((right) => RIGHT_WORDS[right])
    return words.length === 0 ? [] : [`${title}: ${words.map(lowerFirst).join('; ')}`]
  })
}

// An abbreviation such as "API" keeps its capitals.
function lowerFirst(text: string): string {
  return /^[A-Z](?![A-Z])/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text
}
