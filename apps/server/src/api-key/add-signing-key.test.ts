import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { AccessToken } from '@stagedoor/access-token'
import { describe, expect, it } from 'vitest'
import { loadKeyring } from '../keyring/keyring.ts'
import { temporaryContext } from '../store/store.fixture.ts'
import {
  addKeySet,
  addPublicKey,
  createSecret,
  importSecret,
  MAX_KEY_ID_LENGTH,
  MAX_KEY_SETS,
} from './add-signing-key.ts'
import { createApiKey } from './keys.ts'
import { MAX_KEY_SET_URL_LENGTH } from './read-key-set-url.ts'
import { MAX_PUBLIC_KEY_LENGTH } from './read-public-key.ts'
import { openSigningKey, sealSigningKey } from './seal-signing-key.ts'

const SECRET = 'it was 48 signs long, "and" had quotes & such {}'

async function open() {
  const context = await temporaryContext()
  const { apiKey } = (await createApiKey(context, { name: 'Shop' })).apiKey
  async function verify(token: string) {
    const keyring = await loadKeyring({ ...context, fetchKeys: async () => undefined })
    return keyring.find(apiKey)?.verify(token)
  }
  return { context, apiKey, verify }
}

function mint(apiKey: string, key: string | KeyObject, options: ConstructorParameters<typeof AccessToken>[2] = {}) {
  return new AccessToken(apiKey, key as string, { apiRTC_UserAgent_Id: 'alice', ...options }).toJwt()
}

const PAIRS = {
  RS256: generateKeyPairSync('rsa', { modulusLength: 2048 }),
  ES256: generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  EdDSA: generateKeyPairSync('ed25519'),
}

function pemOf(key: KeyObject): string {
  return key.export({ format: 'pem', type: key.type === 'private' ? 'pkcs8' : 'spki' }).toString()
}

describe('a secret that is imported', () => {
  it('verifies tokens signed with it elsewhere, without a key id', async () => {
    const { context, apiKey, verify } = await open()
    const { keyId } = await importSecret(context, apiKey, { secret: SECRET })
    expect(await verify(mint(apiKey, SECRET))).toMatchObject({ ok: true, keyId })
  })

  it('has the given algorithm and key id', async () => {
    const { context, apiKey, verify } = await open()
    await importSecret(context, apiKey, { secret: SECRET, algorithm: 'HS384', keyId: 'before the move' })
    expect(await verify(mint(apiKey, SECRET, { algorithm: 'HS384', keyId: 'before the move' }))).toMatchObject({
      ok: true,
    })
    expect(await verify(mint(apiKey, SECRET))).toMatchObject({ ok: false })
  })

  it('is refused with advice if it is weak, and nothing is written', async () => {
    const { context, apiKey } = await open()
    await expect(importSecret(context, apiKey, { secret: 'secret' })).rejects.toMatchObject({
      hint: expect.stringContaining('stagedoor signing-key create'),
    })
    expect(await context.store.listSigningKeys(apiKey)).toHaveLength(1)
  })
})

describe('a public key', () => {
  it.each(Object.entries(PAIRS))(
    'for %s, as PEM or JWK, verifies tokens signed with its private key',
    async (algorithm, pair) => {
      const { context, apiKey, verify } = await open()
      const { keyId } = await addPublicKey(context, apiKey, { text: `\n${pemOf(pair.publicKey)}` })
      const token = mint(apiKey, pair.privateKey, { algorithm: algorithm as keyof typeof PAIRS, keyId })
      expect(await verify(token)).toMatchObject({ ok: true, keyId })
      const other = await open()
      const text = JSON.stringify({ ...pair.publicKey.export({ format: 'jwk' }), kid: 'its own name', use: 'sig' })
      expect(await addPublicKey(other.context, other.apiKey, { text })).toMatchObject({
        keyId: 'its own name',
        algorithm,
      })
      const named = { algorithm: algorithm as keyof typeof PAIRS, keyId: 'its own name' }
      expect(await other.verify(mint(other.apiKey, pair.privateKey, named))).toMatchObject({ ok: true })
    },
  )

  it('is accepted with text before its PEM, such as the output of openssl', async () => {
    const { context, apiKey } = await open()
    const text = `Public-Key: (256 bit)\npub:\n    04:f4:1f\nNIST CURVE: P-256\n${pemOf(PAIRS.ES256.publicKey)}`
    expect(await addPublicKey(context, apiKey, { text })).toMatchObject({ algorithm: 'ES256' })
    const secret = `Private-Key: (256 bit)\n${pemOf(PAIRS.ES256.privateKey)}`
    await expect(addPublicKey(context, apiKey, { text: secret })).rejects.toThrow('Keep it in your back end')
  })

  it('cannot be used as a secret: tokens signed with its text are refused', async () => {
    const { context, apiKey, verify } = await open()
    const { keyId } = await addPublicKey(context, apiKey, { text: pemOf(PAIRS.ES256.publicKey) })
    const signed = mint(apiKey, 'x'.repeat(32) + SECRET, { keyId })
    expect(await verify(signed)).toMatchObject({ ok: false, code: 'algorithm_refused' })
  })

  it('cannot be turned into a secret by writing to the store', async () => {
    const { context, apiKey } = await open()
    const { keyId } = await addPublicKey(context, apiKey, { text: pemOf(PAIRS.ES256.publicKey) })
    const [kept] = (await context.store.listSigningKeys(apiKey)).filter((key) => key.keyId === keyId)
    if (kept === undefined) throw new Error('no key was kept')
    const forged = { ...kept, keyId: 'forged', kind: 'secret', algorithm: 'HS256' } as const
    await context.store.addSigningKey(forged)
    await expect(loadKeyring({ ...context, fetchKeys: async () => undefined })).rejects.toThrow('does not decrypt this')
  })

  it.each([
    ['the private key', pemOf(PAIRS.EdDSA.privateKey), 'Keep it in your back end'],
    [
      'the private key as JWK',
      JSON.stringify(PAIRS.EdDSA.privateKey.export({ format: 'jwk' })),
      'Keep it in your back end',
    ],
    ['a weak RSA key', pemOf(generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey), '1024 bits'],
    ['a key on another curve', pemOf(generateKeyPairSync('ec', { namedCurve: 'P-384' }).publicKey), 'P-256'],
    ['a secret as JWK', '{"kty":"oct","k":"AAAA"}', 'signing-key import'],
    ['a set of keys', '{"keys":[]}', 'add the key set by its URL'],
    [
      'a key for encryption',
      JSON.stringify({ ...PAIRS.RS256.publicKey.export({ format: 'jwk' }), use: 'enc' }),
      'signatures',
    ],
    ['no key', 'hello', 'neither'],
    ['no JSON object', '[1]', 'neither'],
    ['nothing but null', 'null', 'neither'],
    ['broken PEM', '-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----', 'can be read'],
    ['a long text', ' '.repeat(MAX_PUBLIC_KEY_LENGTH + 1), 'at most'],
  ])('that is %s is refused in clear words', async (_what, text, words) => {
    const { context, apiKey } = await open()
    await expect(addPublicKey(context, apiKey, { text })).rejects.toThrow(words)
    expect(await context.store.listSigningKeys(apiKey)).toHaveLength(1)
  })
})

describe('the address of a key set', () => {
  it.each([
    'https://login.example/.well-known/jwks.json',
    'http://127.0.0.1:8080/jwks',
    'http://localhost/jwks',
    `https://login.example/${'x'.repeat(MAX_KEY_SET_URL_LENGTH - 22)}`,
  ])('may be %s', async (url) => {
    const { context, apiKey } = await open()
    expect(await addKeySet(context, apiKey, { url })).toMatchObject({ kind: 'key_set', algorithm: undefined })
  })

  it.each([
    ['over a network in clear', 'http://login.example/jwks', 'https:'],
    ['with a password', 'https://me:word@login.example/jwks', 'password'],
    ['a file', 'file:///etc/passwd', 'https:'],
    ['The URL is not valid', 'login.example', 'The URL is not valid'],
    ['too long', `https://login.example/${'x'.repeat(MAX_KEY_SET_URL_LENGTH - 21)}`, 'at most'],
  ])('may not be %s', async (_what, url, words) => {
    const { context, apiKey } = await open()
    await expect(addKeySet(context, apiKey, { url })).rejects.toThrow(words)
  })

  it(`is one of at most ${MAX_KEY_SETS}`, async () => {
    const { context, apiKey } = await open()
    for (let at = 0; at < MAX_KEY_SETS; at++) await addKeySet(context, apiKey, { url: `https://login.example/${at}` })
    await expect(addKeySet(context, apiKey, { url: 'https://login.example/more' })).rejects.toThrow('Retire one first')
    await expect(createSecret(context, apiKey)).resolves.toBeDefined()
  })
})

describe('the name of a key', () => {
  it(`has 1 to ${MAX_KEY_ID_LENGTH} printable characters`, async () => {
    const { context, apiKey } = await open()
    const longest = 'n'.repeat(MAX_KEY_ID_LENGTH)
    expect(await importSecret(context, apiKey, { secret: SECRET, keyId: longest })).toMatchObject({ keyId: longest })
    for (const keyId of ['', `${longest}n`, 'a\nb']) {
      await expect(importSecret(context, apiKey, { secret: `${SECRET}!`, keyId })).rejects.toThrow('printable')
    }
  })

  it('is unique within its API key, but not across API keys', async () => {
    const { context, apiKey } = await open()
    const other = (await createApiKey(context, { name: 'Other' })).apiKey.apiKey
    await importSecret(context, apiKey, { secret: SECRET, keyId: 'one' })
    await expect(importSecret(context, apiKey, { secret: `${SECRET}!`, keyId: 'one' })).rejects.toThrow(
      'another key id',
    )
    await importSecret(context, other, { secret: `${SECRET}?`, keyId: 'one' })
    const keyring = await loadKeyring({ ...context, fetchKeys: async () => undefined })
    const token = mint(apiKey, SECRET, { keyId: 'one' })
    expect(keyring.find(apiKey)?.verify(token)).toMatchObject({ ok: true })
    expect(keyring.find(other)?.verify(token)).toMatchObject({ ok: false, code: 'signature_invalid' })
  })

  it('cannot be a second one for the same key', async () => {
    const { context, apiKey } = await open()
    const { keyId } = await importSecret(context, apiKey, { secret: SECRET })
    await expect(importSecret(context, apiKey, { secret: SECRET })).rejects.toThrow(keyId)
  })
})

it('a signing key decrypts only for its own API key, key id and kind', async () => {
  const { context, apiKey } = await open()
  const key = { apiKey, keyId: 'one', kind: 'public_key', algorithm: 'ES256', createdAt: 1 } as const
  const sealed = sealSigningKey(context.seal, { ...key, retiresAt: undefined, lastUsedAt: undefined, material: '{}' })
  expect(openSigningKey(context.seal, sealed)).toMatchObject({ ...key, material: '{}' })
  for (const change of [{ apiKey: 'other' }, { keyId: 'two' }, { kind: 'secret' }, { kind: 'key_set' }] as const) {
    expect(() => openSigningKey(context.seal, { ...sealed, ...change })).toThrow('does not decrypt this')
  }
})
