import { generateKeyPairSync } from 'node:crypto'
import { beforeEach, describe, expect, it, vi } from 'vitest'

/** The parts of node:crypto that the runtime does not have. */
const missing = vi.hoisted(() => new Set<string>())

vi.mock('node:crypto', async (original) => {
  const real = await original<typeof import('node:crypto')>()
  const lacking = Object.entries(real).map(([name, member]) => {
    if (!['sign', 'verify', 'createPublicKey', 'createPrivateKey', 'X509Certificate'].includes(name))
      return [name, member]
    const stub = function (this: unknown, ...given: unknown[]) {
      if (missing.has(name)) throw new Error(`${name} is not implemented`)
      return new.target === undefined
        ? (member as (...all: unknown[]) => unknown)(...given)
        : Reflect.construct(member as never, given)
    }
    return [name, stub]
  })
  return Object.fromEntries(lacking)
})

const SECRET = 'the secret of a test, not of anybody else'
const PAIRS = {
  RS256: generateKeyPairSync('rsa', { modulusLength: 2048 }),
  ES256: generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  EdDSA: generateKeyPairSync('ed25519'),
} as const

// The modules remember what they found out about a runtime.
let token: typeof import('./index.ts')
let jws: typeof import('./jws/index.ts')
beforeEach(async () => {
  missing.clear()
  vi.resetModules()
  token = await import('./index.ts')
  jws = await import('./jws/index.ts')
})

describe.each(['RS256', 'ES256', 'EdDSA'] as const)('if the runtime lacks something for %s', (algorithm) => {
  const { privateKey, publicKey } = PAIRS[algorithm]
  const pem = String(publicKey.export({ format: 'pem', type: 'spki' }))
  const privatePem = privateKey.export({ format: 'pem', type: 'pkcs8' })
  const mint = (key: Parameters<typeof jws.bindKey>[0] = privateKey) =>
    new token.AccessToken('shop', key, { algorithm, apiRTC_UserAgent_Id: 'alice' }).toJwt()

  it('creating a verifier fails and says what is missing', () => {
    missing.add('verify')
    const make = () => token.createTokenVerifier({ keys: [{ algorithm, publicKey }] })
    expect(make).toThrow(token.CryptoUnsupportedError)
    expect(make).toThrow(`cannot verify with ${algorithm} (verify is not implemented)`)
    expect(make).toThrow('nodejs_compat')
  })

  it('a valid token is never reported as forged', () => {
    const good = mint()
    const verify = token.createTokenVerifier({ keys: [{ algorithm, publicKey }] })
    missing.add('verify')
    expect(() => verify(good)).toThrow(token.CryptoUnsupportedError)
    expect(() => jws.verifyCompact(good, publicKey, { algorithms: [algorithm] })).toThrow(token.CryptoUnsupportedError)
  })

  it('nothing is minted, and creating the AccessToken throws', () => {
    missing.add('sign')
    const make = () => new token.AccessToken('shop', privateKey, { algorithm })
    expect(make).toThrow(`cannot sign with ${algorithm} (sign is not implemented)`)
  })

  it('a key that cannot be read is not reported as invalid', () => {
    const good = mint()
    missing.add('createPublicKey').add('createPrivateKey').add('X509Certificate')
    expect(() => mint(privatePem)).toThrow('cannot read private keys (createPrivateKey is not implemented)')
    expect(() => token.createTokenVerifier({ keys: [{ algorithm, publicKey: pem }] })).toThrow(
      'cannot read public keys',
    )
    expect(() => jws.verifyCompact(good, pem, { algorithms: [algorithm] })).toThrow(token.CryptoUnsupportedError)
    const jwk = publicKey.export({ format: 'jwk' })
    const readJwk = () => jws.bindKey(jwk as Parameters<typeof jws.bindKey>[0], [algorithm], 'verify')
    expect(readJwk).toThrow(token.CryptoUnsupportedError)
  })

  it('an invalid key is still reported as invalid if keys can be read', () => {
    const broken = pem.replace(/[A-Za-z0-9+/]{20}/, '')
    expect(() => token.createTokenVerifier({ keys: [{ algorithm, publicKey: broken }] })).toThrow(token.KeyRefusedError)
  })

  it('a verifier with a secret still refuses forged tokens of that algorithm', () => {
    const strange = mint()
    missing.add('verify').add('createPublicKey')
    const verify = token.createTokenVerifier({ keys: [{ algorithm: 'HS256', secret: SECRET }] })
    expect(verify(strange)).toMatchObject({ ok: false, code: 'algorithm_refused' })
    const nobody = token.createTokenVerifier({ keys: [] })
    expect(nobody(strange)).toMatchObject({ ok: false, code: 'key_unknown' })
  })

  it('a public key is refused as a secret, even if it cannot be read', () => {
    const der = publicKey.export({ format: 'der', type: 'spki' })
    missing.add('createPublicKey').add('createPrivateKey').add('X509Certificate')
    for (const secret of [der, der.toString('base64'), der.toString('hex'), pem]) {
      expect(() => new token.AccessToken('shop', secret)).toThrow('is a key or a certificate')
    }
    // Begins like a sequence, but is not one.
    for (const secret of [`0${SECRET}`, `00${SECRET}`])
      expect(() => new token.AccessToken('shop', secret)).not.toThrow()
  })
})
