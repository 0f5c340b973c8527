import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import fc from 'fast-check'
import * as jose from 'jose'
import { describe, expect, it } from 'vitest'
import { CLAIMS, craftToken, HEADER, NOW, SECRET, signParts } from './craft-token.fixture.ts'
import { encodeBase64Url } from './jws/base64url.ts'
import { createTokenVerifier } from './verifier.ts'

// jose and this verifier get the same tokens, mutated in many ways, with the same key, algorithm, audience and time.
// jose is an independent implementation of the standards: a token that it refuses must never be accepted here.

const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const ed = generateKeyPairSync('ed25519')
const other = generateKeyPairSync('ec', { namedCurve: 'P-256' })

type Side = {
  readonly algorithm: 'HS256' | 'ES256' | 'EdDSA'
  readonly signWith: string | KeyObject
  readonly verifyWith: string | KeyObject
}
const SIDES: readonly Side[] = [
  { algorithm: 'HS256', signWith: SECRET, verifyWith: SECRET },
  { algorithm: 'ES256', signWith: ec.privateKey, verifyWith: ec.publicKey },
  { algorithm: 'EdDSA', signWith: ed.privateKey, verifyWith: ed.publicKey },
]

async function joseAccepts(token: string, { algorithm, verifyWith }: Side): Promise<boolean> {
  const key = typeof verifyWith === 'string' ? new TextEncoder().encode(verifyWith) : verifyWith
  const currentDate = new Date(NOW * 1000)
  try {
    await jose.jwtVerify(token, key, { algorithms: [algorithm], audience: 'apiRTC', currentDate })
    return true
  } catch {
    return false
  }
}

const oddValue = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    false,
    '',
    0,
    -1,
    1,
    1.5,
    1e308,
    '1',
    [],
    {},
    'apiRTC',
    ['apiRTC'],
    [null],
    NOW,
    NOW - 1,
    NOW + 1,
  ),
  fc.integer({ min: NOW - 100_000, max: NOW + 100_000 }),
  fc.jsonValue({ maxDepth: 2 }),
)
const claimsMutation = fc.dictionary(
  fc.constantFrom('sub', 'aud', 'iat', 'exp', 'nbf', 'jti', 'iss', 'grants', '__proto__', 'x'),
  oddValue,
  { maxKeys: 3 },
)
const headerMutation = fc.dictionary(
  fc.constantFrom('alg', 'typ', 'kid', 'crit', 'b64', 'jwk', 'jku', 'x5c', 'zip', 'enc', 'cty', '__proto__'),
  fc.oneof(
    fc.constantFrom<unknown>(
      'none',
      'HS256',
      'HS512',
      'ES256',
      'EdDSA',
      'JWT',
      'at+jwt',
      ['b64'],
      [],
      ['exp'],
      false,
      true,
      null,
    ),
    oddValue,
  ),
  { maxKeys: 2 },
)

type Mutation = (token: string, side: Side) => string
const mutation: fc.Arbitrary<Mutation> = fc.oneof(
  // A flipped byte, an inserted or removed character.
  fc.tuple(fc.nat(), fc.integer({ min: 1, max: 127 })).map(([place, mask]) => (token: string) => {
    const at = place % token.length
    return token.slice(0, at) + String.fromCharCode(token.charCodeAt(at) ^ mask) + token.slice(at + 1)
  }),
  fc
    .tuple(fc.nat(), fc.constantFrom('=', '.', ' ', '\n', '+', '/', 'A', '\0', '\u0141'))
    .map(([place, more]) => (token: string) => {
      const at = place % (token.length + 1)
      return token.slice(0, at) + more + token.slice(at)
    }),
  fc.nat().map((place) => (token: string) => token.slice(0, place % token.length)),
  // The last character of the signature, with stray bits.
  fc.integer({ min: 0, max: 63 }).map((code) => (token: string) => {
    return token.slice(0, -1) + encodeBase64Url(Buffer.from([code << 2])).charAt(0)
  }),
  // Parts in another order, or from another token.
  fc.shuffledSubarray([0, 1, 2], { minLength: 1 }).map((order) => (token: string) => {
    const parts = token.split('.')
    return order.map((at) => parts[at]).join('.')
  }),
  fc.constant<Mutation>((token, side) => {
    const foreign = craftToken({ ...CLAIMS, jti: 'x' }, { alg: side.algorithm }, side.signWith, side.algorithm)
    return token.slice(0, token.lastIndexOf('.')) + foreign.slice(foreign.lastIndexOf('.'))
  }),
  fc.constant<Mutation>((token) => {
    const [header, payload] = token.split('.')
    return signParts(String(header), String(payload), other.privateKey, 'ES256')
  }),
  // A rewritten header: with the old signature, and signed again.
  fc.tuple(headerMutation, fc.boolean()).map(
    ([members, signAnew]): Mutation =>
      (token, side) => {
        const header = { ...HEADER, alg: side.algorithm, ...members }
        if (signAnew) return craftToken(CLAIMS, header, side.signWith, side.algorithm)
        return encodeBase64Url(JSON.stringify(header)) + token.slice(token.indexOf('.'))
      },
  ),
  // Claims of unusual types, signed again.
  claimsMutation.map(
    (members): Mutation =>
      (_token, side) => {
        return craftToken({ ...CLAIMS, ...members }, { ...HEADER, alg: side.algorithm }, side.signWith, side.algorithm)
      },
  ),
  // A corrupted claims text, signed again.
  fc.tuple(fc.nat(), fc.string({ unit: 'binary', maxLength: 2 })).map(
    ([place, more]): Mutation =>
      (_token, side) => {
        const text = JSON.stringify(CLAIMS)
        const at = place % text.length
        const spoilt = text.slice(0, at) + more + text.slice(at + 1)
        return craftToken(spoilt, { ...HEADER, alg: side.algorithm }, side.signWith, side.algorithm)
      },
  ),
)

describe('a token that jose refuses', () => {
  it.each(SIDES)('is never accepted here, in any mutation: $algorithm', async (side) => {
    const verify = createTokenVerifier({ keys: [{ algorithm: side.algorithm, publicKey: side.verifyWith }] })
    const sound = craftToken(CLAIMS, { ...HEADER, alg: side.algorithm }, side.signWith, side.algorithm)
    const tally = { accepted: 0, refused: 0, stricter: 0 }
    await fc.assert(
      fc.asyncProperty(mutation, async (mutate) => {
        const candidate = mutate(sound, side)
        const ours = verify(candidate, { now: NOW })
        const theirs = await joseAccepts(candidate, side)
        if (ours.ok) expect(theirs, candidate).toBe(true)
        tally[ours.ok ? 'accepted' : theirs ? 'stricter' : 'refused']++
      }),
      { numRuns: side.algorithm === 'HS256' ? 1_500 : 300 },
    )
    // If one of these never happened, the run would prove nothing.
    expect(tally.accepted).toBeGreaterThan(3)
    expect(tally.refused).toBeGreaterThan(100)
    expect(tally.stricter).toBeGreaterThan(3)
  })
})
