import { Buffer } from 'node:buffer'
import { KeyObject, randomUUID } from 'node:crypto'
import { inspect } from 'node:util'
import {
  type ConversationGrant,
  DEFAULT_AUDIENCE,
  DEFAULT_TTL_SECONDS,
  type Grants,
  MAX_TOKEN_LENGTH,
  MAX_TTL_SECONDS,
  type UserData,
} from './claims.ts'
import type { Algorithm } from './jws/algorithms.ts'
import { encodeBase64Url } from './jws/base64url.ts'
import { type JsonObject, readJsonObject } from './jws/json.ts'
import { bindKey, type KeyInput } from './jws/key.ts'
import { prepareSigner, type Signer } from './jws/signature.ts'
import { type Fault, faultOfGrants, faultOfIdentity, faultOfName } from './read-claims.ts'
import { warnOfShortSecret } from './warn-of-short-secret.ts'

export interface AccessTokenOptions {
  /** The user id that the token admits, or {@link ANY_USER_AGENT}. A token without one is never admitted. */
  readonly apiRTC_UserAgent_Id?: string | undefined
  /** The life of the token, in whole seconds, 1 to 86,400. Default: 3,600. */
  readonly ttl?: number
  /** Default: `apiRTC`. */
  readonly audience?: string
  /** The time before which the token is not valid, in seconds since 1970 (RFC 7519 section 4.1.5). Default: none. */
  readonly notBefore?: number
  /** The name of the key, put into the header as `kid` (RFC 7515 section 4.1.4). Default: none. */
  readonly keyId?: string
  /** Default: HS256. With RS256, ES256 and EdDSA the secret is a private key: PEM, JWK or KeyObject. */
  readonly algorithm?: Algorithm
  /** The only conversations that the token may join. Default: what the API key's policy allows. */
  readonly conversations?: readonly ConversationGrant[]
  /** What other contacts see of the user; at most 4,096 bytes of JSON. */
  readonly userData?: UserData
}

interface SharedClaims {
  readonly grants: { readonly [K in keyof Grants]: Grants[K] | undefined }
  readonly sub: string
  readonly aud: string
  readonly nbf: number | undefined
}

/**
 * An access token to be minted by an application's back end for one of its users. The shape is that of ApiRTC's class of
 * the same name; what is minted is a JWT (RFC 7519) signed with the API key's secret.
 *
 * @example
 * new AccessToken(apiKey, secret, { apiRTC_UserAgent_Id: 'alice', ttl: 600 }).toJwt()
 */
export class AccessToken {
  static readonly ALGORITHM = 'HS256'

  /** The claims that every token has, as JSON that is still open at its end. */
  readonly #sharedClaims: string
  readonly #ttl: number
  readonly #encodedHeader: string
  readonly #sign: Signer

  /**
   * @param secret the API key's secret, of which the UTF-8 bytes are used as they are; or a private key.
   * @throws {Error} `apiKey is required`, `secret is required`.
   * @throws {RangeError} where `ttl` is not a whole number of seconds from 1 to 86,400.
   * @throws {KeyRefusedError} where the secret is the text of a key, or does not fit the algorithm.
   * @throws {TypeError} where an option is not what the door would accept.
   */
  constructor(apiKey: string, secret: KeyInput, options: AccessTokenOptions = {}) {
    if (!apiKey) throw new Error('apiKey is required')
    if (!secret) throw new Error('secret is required')
    const {
      algorithm = AccessToken.ALGORITHM,
      audience = DEFAULT_AUDIENCE,
      ttl = DEFAULT_TTL_SECONDS,
      apiRTC_UserAgent_Id,
      conversations,
      keyId,
      notBefore,
      userData,
    } = options
    requireTtl(ttl)
    this.#ttl = ttl
    this.#sharedClaims = writeClaims({
      grants: { apiRTC_UserAgent_Id, conversations, userData },
      sub: apiKey,
      aud: audience,
      nbf: notBefore,
    })
    if (keyId !== undefined) requireNoFault(faultOfName('keyId', keyId))
    this.#sign = signerOf(secret, algorithm)
    this.#encodedHeader = encodeHeader(algorithm, keyId)
  }

  /**
   * Mints a token as of now, with a `jti` that no other has.
   *
   * @throws {RangeError} where the token is longer than the door accepts: 8,192 characters.
   */
  toJwt(): string {
    const iat = Math.floor(Date.now() / 1000)
    const claims = `${this.#sharedClaims},"iat":${iat},"exp":${iat + this.#ttl},"jti":"${randomUUID()}"}`
    const signingInput = `${this.#encodedHeader}.${encodeBase64Url(claims)}`
    const token = `${signingInput}.${this.#sign(signingInput)}`
    if (token.length <= MAX_TOKEN_LENGTH) return token
    throw new RangeError(`The token has ${token.length} characters; ${MAX_TOKEN_LENGTH} are the most`)
  }
}

interface RecentSigner {
  readonly secret: KeyInput
  readonly algorithm: Algorithm
  readonly sign: Signer
}

let recent: RecentSigner | undefined

// A back end makes one AccessToken for each token, and all of them with one secret: that one is prepared once.
function signerOf(secret: KeyInput, algorithm: Algorithm): Signer {
  if (recent !== undefined && recent.secret === secret && recent.algorithm === algorithm) return recent.sign
  const key = bindKey(secret, [algorithm], 'sign')
  if ('secret' in key) warnOfShortSecret(key.secret)
  const sign = prepareSigner(key)
  // Bytes and JWK objects can change under their owner's hands; strings and KeyObjects cannot.
  if (typeof secret === 'string' || secret instanceof KeyObject) recent = { secret, algorithm, sign }
  return sign
}

const ENCODED_HEADER = encodeBase64Url('{"alg":"HS256","typ":"JWT"}')

function encodeHeader(alg: Algorithm, kid: string | undefined): string {
  if (alg === AccessToken.ALGORITHM && kid === undefined) return ENCODED_HEADER
  return encodeBase64Url(JSON.stringify({ alg, typ: 'JWT', kid }))
}

function requireTtl(ttl: number): void {
  if (Number.isInteger(ttl) && ttl >= 1 && ttl <= MAX_TTL_SECONDS) return
  const given = typeof ttl === 'number' ? String(ttl) : `${inspect(ttl)} (${typeof ttl})`
  throw new RangeError(
    `ttl is a whole number of seconds from 1 to ${MAX_TTL_SECONDS}; given was ${given}${hintOfMilliseconds(ttl)}`,
  )
}

function hintOfMilliseconds(ttl: number): string {
  const seconds = typeof ttl === 'number' && ttl > MAX_TTL_SECONDS ? ttl / 1000 : 0
  if (!Number.isInteger(seconds) || seconds < 1 || seconds > MAX_TTL_SECONDS) return ''
  return `, which looks like milliseconds: ${seconds} seconds?`
}

// What the door would refuse is refused here already, where the one who reads the error can mend it. What is judged is
// what was written, not what was given: a Date among the user data, say, is written as a string.
function writeClaims(claims: SharedClaims): string {
  const { grants, sub, aud, nbf } = claims
  const notBefore = nbf === undefined ? '' : `,"nbf":${JSON.stringify(nbf)}`
  // Member by member, which takes half the time of JSON.stringify on the whole.
  const open = `{"grants":${writeGrants(grants)},"sub":${JSON.stringify(sub)},"aud":${JSON.stringify(aud)}${notBefore}`
  let written = claims as unknown as JsonObject
  if (!isUserIdOnly(grants)) {
    const reading = readJsonObject(Buffer.from(`${open}}`))
    if (!reading.ok) throw new TypeError(`What the token would say ${reading.reason}`)
    written = reading.value
  }
  requireNoFault(faultOfIdentity(written) ?? faultOfGrants(written.grants))
  return open
}

function writeGrants(grants: SharedClaims['grants']): string {
  if (!isUserIdOnly(grants)) return JSON.stringify(grants)
  return `{"apiRTC_UserAgent_Id":${JSON.stringify(grants.apiRTC_UserAgent_Id)}}`
}

function isUserIdOnly({ apiRTC_UserAgent_Id, conversations, userData }: SharedClaims['grants']): boolean {
  return apiRTC_UserAgent_Id !== undefined && conversations === undefined && userData === undefined
}

function requireNoFault(fault: Fault | undefined): void {
  if (fault !== undefined) throw new TypeError(`${fault.claim} ${fault.reason}`)
}
