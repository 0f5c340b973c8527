import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { AccessToken, type Algorithm } from '@stagedoor/access-token'
import { describe, expect, it } from 'vitest'
import { addKeySet } from '../api-key/add-signing-key.ts'
import { createApiKey } from '../api-key/keys.ts'
import { temporaryContext } from '../store/store.fixture.ts'
import { MAX_KEYS_OF_SET } from './key-set.ts'
import { loadKeyring } from './keyring.ts'

const EC = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const ED = generateKeyPairSync('ed25519')

function jwkOf(key: KeyObject, kid: string): unknown {
  return { ...key.export({ format: 'jwk' }), kid }
}

/** An API key whose tokens are signed with keys of a set that is published like this. */
async function open(published: readonly unknown[]) {
  const context = await temporaryContext()
  const { apiKey } = (await createApiKey(context, { name: 'Shop' })).apiKey
  const { keyId } = await addKeySet(context, apiKey, { url: 'https://login.example/keys' })
  const keyring = await loadKeyring({ ...context, fetchKeys: async () => published })
  async function verify(algorithm: Algorithm, key: KeyObject, kid: string) {
    const token = new AccessToken(apiKey, key, { apiRTC_UserAgent_Id: 'alice', algorithm, keyId: kid }).toJwt()
    await keyring.fetchKeysFor(apiKey, token)
    const verdict = keyring.find(apiKey)?.verify(token)
    return { verdict, explained: keyring.find(apiKey)?.verify.explain(token) }
  }
  return { verify, keyId }
}

describe('an API key with a key set', () => {
  it('accepts tokens of two keys of different kinds with the same key id', async () => {
    const { verify, keyId } = await open([jwkOf(EC.publicKey, 'k'), jwkOf(ED.publicKey, 'k')])
    expect((await verify('ES256', EC.privateKey, 'k')).verdict).toMatchObject({ ok: true, keyId })
    expect((await verify('EdDSA', ED.privateKey, 'k')).verdict).toMatchObject({ ok: true, keyId })
  })

  it('reports that an unknown key may be a published key beyond the limit', async () => {
    const names = Array.from({ length: MAX_KEYS_OF_SET + 1 }, (_none, at) => `k${at}`)
    const { verify } = await open(names.map((name) => jwkOf(EC.publicKey, name)))
    expect((await verify('ES256', EC.privateKey, `k${MAX_KEYS_OF_SET - 1}`)).verdict).toMatchObject({ ok: true })
    const { verdict, explained } = await verify('ES256', EC.privateKey, `k${MAX_KEYS_OF_SET}`)
    const message = `Of a key set the first ${MAX_KEYS_OF_SET} keys are used, and 1 more are published`
    expect(verdict).toMatchObject({ ok: false, code: 'key_unknown', message: expect.stringContaining(message) })
    expect(explained?.checks).toContainEqual(expect.objectContaining({ message: expect.stringContaining(message) }))
  })

  it('does not report that if all published keys are used', async () => {
    const { verify } = await open([jwkOf(EC.publicKey, 'k')])
    const { verdict } = await verify('ES256', EC.privateKey, 'other')
    expect(verdict).toMatchObject({ ok: false, message: 'No key has the name that "kid" gives' })
  })
})
