import { AccessToken, inspectToken } from '@stagedoor/access-token'
import { describe, expect, it, onTestFinished } from 'vitest'
import { changeApiKey, createApiKey } from '../../../api-key/keys.ts'
import { revoke } from '../../../api-key/revoke.ts'
import { loadKeyring } from '../../../keyring/keyring.ts'
import { DEFAULT_POLICY } from '../../../policy/policy.ts'
import { openStore } from '../../../store/open.ts'
import { temporaryFolder } from '../../../store/store.fixture.ts'
import { verifyOnStore } from './verify-on-store.ts'

async function open(policy = {}) {
  const { store, seal } = await openStore({ dataFolder: temporaryFolder() })
  onTestFinished(() => store.close())
  const context = { store, seal, now: () => Date.now() / 1000 }
  const { apiKey, secret } = await createApiKey(context, { name: 'Shop', policy: { ...DEFAULT_POLICY, ...policy } })
  const options = { apiRTC_UserAgent_Id: 'alice', keyId: secret.keyId }
  const token = new AccessToken(apiKey.apiKey, secret.secret, options).toJwt()
  const inspection = inspectToken(token)
  const tokenId = inspection.ok ? String(inspection.payload['jti']) : ''
  async function verify(rest: { apiKey?: string; userId?: string } = {}) {
    const fetchKeys = () => Promise.reject(new Error('there are none'))
    const keyring = await loadKeyring({ ...context, fetchKeys })
    const question = { token, apiKey: apiKey.apiKey, userId: undefined, now: context.now(), ...rest }
    return verifyOnStore(question, keyring, await store.listUsedTokens(context.now()))
  }
  return { context, store, tokenId, apiKey: apiKey.apiKey, keyId: secret.keyId, verify }
}

const outcomesOf = ({ checks }: { readonly checks: readonly { check: string; outcome: string }[] }) =>
  Object.fromEntries(checks.slice(-3).map(({ check, outcome }) => [check, outcome]))

describe('verifying a token against the store', () => {
  it('accepts a valid token and lists what was not checked', async () => {
    const said = await (await open({ origins: ['https://shop.example'] })).verify()
    expect(said).toMatchObject({ ok: true, notChecked: ['origin', 'session_limit', 'registration_rate'] })
    expect(outcomesOf(said)).toEqual({ policy: 'passed', revocation: 'passed', single_use: 'passed' })
  })

  it.each(['token', 'user', 'everything'] as const)('refuses a token that is revoked by its %s', async (kind) => {
    const { context, apiKey, tokenId, verify } = await open()
    const subject = { token: tokenId, user: 'alice', everything: '' }[kind]
    await revoke({ ...context, now: () => context.now() + 1 }, apiKey, { kind, subject })
    const said = await verify()
    expect(said).toMatchObject({ ok: false, code: 'token_revoked' })
    expect(outcomesOf(said)).toEqual({ policy: 'passed', revocation: 'failed', single_use: 'not reached' })
  })

  it('refuses a token whose signing key is revoked, because that also retires the key', async () => {
    const { context, apiKey, keyId, verify } = await open()
    await revoke(context, apiKey, { kind: 'signing_key', subject: keyId })
    expect(await verify()).toMatchObject({ ok: false, code: 'key_unknown' })
  })

  it('refuses a used token if the policy is single use', async () => {
    for (const singleUse of [true, false]) {
      const { store, apiKey, tokenId, verify } = await open({ singleUse })
      await store.addUsedTokens([{ apiKey, tokenId, forgetAt: 9_999_999_999 }])
      expect(await verify()).toMatchObject(singleUse ? { ok: false, code: 'token_already_used' } : { ok: true })
    }
  })

  it('refuses a token of a disabled API key, and names that as the reason', async () => {
    const { context, apiKey, verify } = await open()
    await changeApiKey(context, apiKey, { state: 'disabled' })
    const said = await verify()
    expect(said).toMatchObject({ ok: false, code: 'api_key_unknown', message: expect.stringContaining('disabled') })
  })

  it('refuses a token of another API key, and names that as the reason', async () => {
    const { context, verify } = await open()
    const { apiKey } = (await createApiKey(context, { name: 'Stall' })).apiKey
    expect(await verify({ apiKey })).toMatchObject({ ok: false, message: expect.stringContaining('another API key') })
  })
})
