import type { components } from '@stagedoor/admin'

export type Revocation = components['schemas']['Revocation']
export type RevocationKind = Revocation['kind']

/** The API paths to refresh after something was revoked or a ban was lifted. */
export const REVOCATION_PATHS = ['/api/v1/keys/{key}/revocations'] as const

export const KIND_WORDS: Readonly<Record<RevocationKind, string>> = {
  token: 'Token',
  subject_token: 'Identity provider token',
  user: 'Tokens of a user',
  ban: 'Ban',
  signing_key: 'Signing key',
  everything: 'All tokens',
}

export const KINDS = Object.keys(KIND_WORDS) as readonly RevocationKind[]

/** Returns who revoked, in words. */
export function revokerInWords(revokedBy: Revocation['revokedBy']): string {
  if (revokedBy === null) return 'Unknown'
  const { kind, name } = revokedBy
  if (kind === 'platform') return 'The platform'
  if (kind === 'client') return 'OAuth client'
  if (kind === 'moderator') return `${name ?? 'Unknown'} (moderator)`
  if (kind === 'command_line') return `${name ?? 'Unknown'} (command line)`
  return name ?? 'Unknown'
}
