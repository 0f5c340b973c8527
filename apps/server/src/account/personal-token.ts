import { randomBytes } from 'node:crypto'
import { digest, generateCredential } from './generate-credential.ts'
import type { Right } from './role.ts'

/** The prefix of a personal access token, by which scanners find leaked ones. */
export const PERSONAL_TOKEN_PREFIX = 'sdpat_'
/** The longest lifetime of a personal access token, in seconds: a year. */
export const MAX_PERSONAL_TOKEN_SECONDS = 365 * 86_400
/** The most personal access tokens of one account. */
export const MAX_PERSONAL_TOKENS = 50

/** A credential with which a program acts for an account, never with more permissions than the account has. */
export interface PersonalToken {
  readonly tokenId: string
  readonly accountId: string
  /** The name that its owner gave it. */
  readonly name: string
  readonly tokenHash: string
  readonly rights: readonly Right[]
  /** The only API key that it is for; without it, all for which the account has a role. */
  readonly apiKey: string | undefined
  /** Seconds since 1970. */
  readonly createdAt: number
  readonly expiresAt: number
  readonly lastUsedAt: number | undefined
}

export interface PersonalTokenStore {
  listPersonalTokens(accountId: string): Promise<readonly PersonalToken[]>
  findPersonalToken(tokenHash: string): Promise<PersonalToken | undefined>
  addPersonalToken(token: PersonalToken): Promise<void>
  /** Returns whether the account had such a token. */
  deletePersonalToken(accountId: string, tokenId: string): Promise<boolean>
  /** Deletes every token of an account. */
  deletePersonalTokens(accountId: string): Promise<void>
  /** Records when a token was last used. */
  recordPersonalTokenUse(tokenId: string, at: number): Promise<void>
}

export interface PersonalTokenOptions extends Pick<PersonalToken, 'accountId' | 'name' | 'rights' | 'apiKey'> {
  readonly lifeSeconds: number
}

/** Creates a token, which is shown to its owner only once. */
export async function createPersonalToken(
  store: Pick<PersonalTokenStore, 'addPersonalToken'>,
  { lifeSeconds, ...options }: PersonalTokenOptions,
  now: number,
): Promise<{ readonly secret: string; readonly token: PersonalToken }> {
  const secret = generateCredential(PERSONAL_TOKEN_PREFIX)
  const createdAt = Math.floor(now)
  const token = {
    ...options,
    tokenId: `pat_${randomBytes(8).toString('hex')}`,
    tokenHash: digest(secret),
    createdAt,
    expiresAt: createdAt + lifeSeconds,
    lastUsedAt: undefined,
  }
  await store.addPersonalToken(token)
  return { secret, token }
}

export async function findPersonalToken(
  store: Pick<PersonalTokenStore, 'findPersonalToken'>,
  secret: string,
  now: number,
): Promise<PersonalToken | undefined> {
  if (!secret.startsWith(PERSONAL_TOKEN_PREFIX)) return undefined
  const token = await store.findPersonalToken(digest(secret))
  return token !== undefined && token.expiresAt > now ? token : undefined
}
