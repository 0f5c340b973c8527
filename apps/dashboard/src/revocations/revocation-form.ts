import type { RevocationBody } from '../parts/revocation-effect.tsx'

/** The longest ban that the API takes: 366 days. */
export const MAX_BAN_SECONDS = 31_622_400

export interface RevocationForm {
  readonly kind: 'user' | 'ban' | 'token' | 'everything'
  readonly subject: string
  readonly forSeconds: number
}

export const CHOICES: readonly { readonly value: RevocationForm['kind']; readonly label: string }[] = [
  { value: 'user', label: 'All tokens of a user issued until now' },
  { value: 'ban', label: 'A user, whatever token they bring' },
  { value: 'token', label: 'One token' },
  { value: 'everything', label: 'All tokens of this API key issued until now' },
]

/** Says what a choice does. */
export const EFFECTS: Readonly<Record<RevocationForm['kind'], string>> = {
  user: 'Ends all their sessions. They can register again with a newer token.',
  ban: 'Ends all their sessions and refuses every token for the time you choose. You can lift the ban earlier.',
  token: 'Ends the session that it opened. The user can register again with another token.',
  everything: 'Ends every session of this API key. Users can register again with newer tokens.',
}

/** Returns the revocation as the API takes it; `undefined` while the subject is missing. */
export function revocationOf({ kind, subject, forSeconds }: RevocationForm): RevocationBody | undefined {
  if (kind === 'everything') return { kind }
  const named = subject.trim()
  if (named === '') return undefined
  return kind === 'ban' ? { kind, subject: named, forSeconds } : { kind, subject: named }
}
