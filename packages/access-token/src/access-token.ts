import { Buffer } from 'node:buffer'
import { KeyObject, randomUUID } from 'node:crypto'
import { type AccessTokenOptions, checkOptions } from './access-token-options.ts'
import { DEFAULT_AUDIENCE, DEFAULT_TTL_SECONDS, type Grants, MAX_TOKEN_LENGTH } from './claims.ts'
import type { Algorithm } from './jws/algorithms.ts'
import { encodeBase64Url } from './jws/base64url.ts'
import { type JsonObject, readJsonObject } from './jws/json.ts'
import { bindKey, type KeyInput } from './jws/key.ts'
import { prepareSigner, type Signer } from './jws/signature.ts'
import { type Fault, faultOfGrants, faultOfIdentity, faultOfName, faultOfSubjectToken } from './read-claims.ts'
import { readTtl } from './read-ttl.ts'
import { warnOfShortSecret } from './warn-of-short-secret.ts'

interface SharedClaims {
  readonly grants: { readonly [K in keyof Grants]: Grants[K] | undefined }
  readonly sub: string
  readonly aud: string
  readonly nbf: number | undefined
  readonly subject_token_hash: string | undefined
}

/**
 * An access token that an application's back end mints for one of its users. The class has the shape of ApiRTC's class of the same
 * name; it mints a JWT (RFC 7519) signed with the API key's secret.
 *
 * @example
 * new AccessToken(apiKey, secret, { apiRTC_UserAgent_Id: 'alice', ttl: 600 }).toJwt()
 */
export class AccessToken {
  static readonly ALGORITHM = 'HS256'

  /** The claims that every token has, as JSON without the closing brace. */
  readonly #sharedClaims: string
  readonly #ttl: number
  readonly #encodedHeader: string
  readonly #sign: Signer

  /**
   * @param secret the API key's secret, whose UTF-8 bytes are used as they are; or a private key.
   * @throws {Error} `apiKey is required`, `secret is required`.
   * @throws {RangeError} if `ttl` is not a lifetime from 1 second to 24 hours.
   * @throws {KeyRefusedError} if the secret is the text of a key, or does not fit the algorithm.
   * @throws {CryptoUnsupportedError} if the runtime cannot sign with the algorithm.
   * @throws {TypeError} if the options are not an object, or an option is unknown or would not be accepted by the platform.
   */
  constructor(apiKey: string, secret: KeyInput, options: AccessTokenOptions = {}) {
    if (!apiKey) throw new Error('apiKey is required')
    if (!secret) throw new Error('secret is required')
    checkOptions(options)
    const {
      algorithm = AccessToken.ALGORITHM,
      audience = DEFAULT_AUDIENCE,
      ttl = DEFAULT_TTL_SECONDS,
      apiRTC_UserAgent_Id,
      conversations,
      keyId,
      notBefore,
      subjectTokenHash,
      userData,
    } = options
    this.#ttl = readTtl(ttl)
    this.#sharedClaims = writeClaims({
      grants: { apiRTC_UserAgent_Id, conversations, userData },
      sub: apiKey,
      aud: audience,
      nbf: notBefore,
      subject_token_hash: subjectTokenHash,
    })
    if (keyId !== undefined) requireNoFault(faultOfName('keyId', keyId))
    this.#sign = signerOf(secret, algorithm)
    this.#encodedHeader = encodeHeader(algorithm, keyId)
  }

  /**
   * Mints a token that is valid from now, with a unique `jti`.
   *
   * @throws {RangeError} if the token is longer than the platform accepts: 8,192 characters.
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

// A back end creates one AccessToken per token, all with the same secret, so the key is prepared once.
function signerOf(secret: KeyInput, algorithm: Algorithm): Signer {
  if (recent !== undefined && recent.secret === secret && recent.algorithm === algorithm) return recent.sign
  const key = bindKey(secret, [algorithm], 'sign')
  if ('secret' in key) warnOfShortSecret(key.secret)
  const sign = prepareSigner(key)
  // Bytes and JWK objects are mutable; strings and KeyObjects are not.
  if (typeof secret === 'string' || secret instanceof KeyObject) recent = { secret, algorithm, sign }
  return sign
}

const ENCODED_HEADER = encodeBase64Url('{"alg":"HS256","typ":"JWT"}')

function encodeHeader(alg: Algorithm, kid: string | undefined): string {
  if (alg === AccessToken.ALGORITHM && kid === undefined) return ENCODED_HEADER
  return encodeBase64Url(JSON.stringify({ alg, typ: 'JWT', kid }))
}

// Refuses here what the platform would refuse, so that the developer sees the error. Checks what was
// written, not what was passed in: for example, a Date in the user data is written as a string.
function writeClaims(claims: SharedClaims): string {
  const { grants, sub, aud, nbf, subject_token_hash: hash } = claims
  const notBefore = nbf === undefined ? '' : `,"nbf":${JSON.stringify(nbf)}`
  const subjectToken = hash === undefined ? '' : `,"subject_token_hash":${JSON.stringify(hash)}`
  // One member at a time takes half the time of JSON.stringify on the whole object.
  const open = `{"grants":${writeGrants(grants)},"sub":${JSON.stringify(sub)},"aud":${JSON.stringify(aud)}${notBefore}${subjectToken}`
  let written = claims as unknown as JsonObject
  if (!isUserIdOnly(grants)) {
    const reading = readJsonObject(Buffer.from(`${open}}`))
    if (!reading.ok) throw new TypeError(`What the token would say ${reading.reason}`)
    written = reading.value
  }
  requireNoFault(faultOfIdentity(written) ?? faultOfSubjectToken(written) ?? faultOfGrants(written.grants))
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
