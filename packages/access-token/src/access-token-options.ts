import type { ConversationGrant, UserData } from './claims.ts'
import type { Algorithm } from './jws/algorithms.ts'
import type { Duration } from './read-ttl.ts'

export interface AccessTokenOptions {
  /** The user id that the token admits, or {@link ANY_USER_AGENT}. A token without one is never admitted. */
  readonly apiRTC_UserAgent_Id?: string | undefined
  /**
   * The lifetime of the token: a whole number of seconds, or a string with a unit (`90s`, `10m`, `1h`); from 1 second to 24 hours.
   * Default: 3,600.
   */
  readonly ttl?: number | Duration
  /** Default: `apiRTC`. */
  readonly audience?: string
  /** The time before which the token is not valid, in seconds since 1970 (RFC 7519 section 4.1.5). Default: none. */
  readonly notBefore?: number
  /** The id of the signing key, for the header's `kid` (RFC 7515 section 4.1.4). Default: none. */
  readonly keyId?: string
  /** Default: HS256. With RS256, ES256 and EdDSA the secret is a private key: PEM, JWK or KeyObject. */
  readonly algorithm?: Algorithm
  /** The only conversations that the user can join. Default: as the API key's policy allows. */
  readonly conversations?: readonly ConversationGrant[]
  /**
   * If the token was exchanged for another one, such as an identity provider's: the SHA-256 of that token in base64url, or another
   * identifier of it, 1 to 256 characters of base64url. A ban of a session's tokens then covers all tokens with the same value. Default: none.
   */
  readonly subjectTokenHash?: string | undefined
  /** What other contacts see of the user; at most 4,096 bytes of JSON. */
  readonly userData?: UserData
}

const KNOWN: Readonly<Record<string, true>> = Object.assign(Object.create(null), {
  apiRTC_UserAgent_Id: true,
  ttl: true,
  audience: true,
  notBefore: true,
  keyId: true,
  algorithm: true,
  conversations: true,
  subjectTokenHash: true,
  userData: true,
} satisfies Record<keyof AccessTokenOptions, true>)

const USER_ID = 'the user id is "apiRTC_UserAgent_Id"'
const LIFETIME = 'the lifetime is "ttl"'
const KEY_ID = 'the id of the key is "keyId"'
const API_KEY = 'the API key is the first argument'
const USER_DATA = 'what others see of the user is "userData"'
const CONVERSATIONS = 'the conversations are "conversations"'
/** Option names of other libraries, and the option to use instead. */
const MEANT: Readonly<Record<string, string>> = {
  identity: USER_ID,
  id: USER_ID,
  userId: USER_ID,
  user: USER_ID,
  uid: USER_ID,
  subject: `${USER_ID}, and the subject of a token is the API key`,
  sub: `${USER_ID}, and "sub" is the API key`,
  expiresIn: LIFETIME,
  exp: LIFETIME,
  expiration: LIFETIME,
  ttlSeconds: LIFETIME,
  issuer: API_KEY,
  iss: API_KEY,
  apiKey: API_KEY,
  secret: 'the secret is the second argument',
  aud: 'the audience is "audience"',
  alg: 'the algorithm is "algorithm"',
  nbf: 'the time before which it is not valid is "notBefore"',
  kid: KEY_ID,
  keyid: KEY_ID,
  name: USER_DATA,
  metadata: USER_DATA,
  attributes: USER_DATA,
  room: CONVERSATIONS,
  video: CONVERSATIONS,
  grants: `${USER_ID}, and ${CONVERSATIONS}`,
  jti: 'each token is given its own "jti"',
  jwtid: 'each token is given its own "jti"',
}

/**
 * Checks that options are an object without unknown members. An ignored option would mint a token without a user, or with the wrong
 * lifetime.
 *
 * @throws {TypeError} if they are not. The message never contains a value, which may be a misplaced secret.
 */
export function checkOptions(options: unknown): void {
  if (typeof options !== 'object' || options === null || Array.isArray(options)) {
    throw new TypeError(
      `options must be an object; given was ${options === null ? 'null' : Array.isArray(options) ? 'an array' : `a ${typeof options}`}. ` +
        'The arguments are (apiKey, secret, options); the id of the key, if any, is options.keyId',
    )
  }
  // Runs for each minted token, so it builds no list of the names.
  for (const name in options) {
    if (KNOWN[name] === true) continue
    const meant = Object.hasOwn(MEANT, name) ? MEANT[name] : `the options are ${Object.keys(KNOWN).join(', ')}`
    throw new TypeError(`There is no option ${JSON.stringify(name)}: ${meant}`)
  }
}
