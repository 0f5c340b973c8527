import { createTokenVerifier } from '@stagedoor/access-token'
import { describe, expect, it } from 'vitest'
import { importSecret } from '../../api-key/add-signing-key.ts'
import type { ChangeContext } from '../../api-key/change-context.ts'
import { createApiKey } from '../../api-key/keys.ts'
import { DEFAULT_POLICY } from '../../policy/policy.ts'
import { temporaryFolder } from '../../store/store.fixture.ts'
import { mintLocal } from './mint.ts'
import { withStore } from './store.ts'

const secret = 'fZ9!kq#2Lw8@xP4$vN6^bT1&yR3*mC5(jH7)dG0-sA_eU+oI'

describe('a token that is created locally', () => {
  it('is valid for any audience of the policy and any algorithm of the secret', async () => {
    const settings = { data: temporaryFolder(), json: false }
    const policy = { ...DEFAULT_POLICY, audience: 'shop' }
    const create = async (context: ChangeContext) => {
      const made = await createApiKey(context, { name: 'Shop', policy })
      await importSecret({ ...context, now: () => context.now() + 1 }, made.apiKey.apiKey, {
        secret,
        algorithm: 'HS384',
        keyId: 'ours',
      })
      return made.apiKey
    }
    const { apiKey } = await withStore(settings, create, { mayCreate: true })
    const wish = { id: 'alice', ttlSeconds: 60, conversations: undefined }
    const { token, isAdmitted } = await mintLocal(settings, apiKey, wish)
    const verify = createTokenVerifier({
      apiKey,
      audience: 'shop',
      keys: [{ algorithm: 'HS384', keyId: 'ours', secret }],
    })
    expect([verify(token), isAdmitted]).toMatchObject([{ ok: true }, true])
    expect((await mintLocal(settings, apiKey, { ...wish, id: undefined })).isAdmitted).toBe(false)
  })
})
