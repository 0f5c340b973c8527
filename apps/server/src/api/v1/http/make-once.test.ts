import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { createApiKey } from '../../../api-key/keys.ts'
import { openTestApi, PASSWORD } from '../v1.fixture.ts'

async function open() {
  const api = await openTestApi()
  const { secret: as, account } = await api.enroll('owner')
  const changeContext = { store: api.store, seal: api.context.seal, now: api.context.clock.now }
  const { apiKey: key } = (await createApiKey(changeContext, { name: 'Shop' })).apiKey
  return { api, as, key, account }
}

const NEW_ACCOUNT = { email: 'new@example.com', name: 'New', password: PASSWORD }

describe('a request that is repeated with its Idempotency-Key', () => {
  it.each([
    ['an account', () => '/accounts', NEW_ACCOUNT, { ...NEW_ACCOUNT, password: `${PASSWORD}!` }],
    ['an access token', (key: string) => `/keys/${key}/tokens`, { id: 'alice' }, { id: 'bob' }],
    [
      'a revocation',
      (key: string) => `/keys/${key}/revocations`,
      { kind: 'user', subject: 'alice' },
      { kind: 'user', subject: 'bob' },
    ],
  ])('makes %s once, and another body under that name is refused', async (_what, pathOf, body, other) => {
    const { api, as, key } = await open()
    const make = (sent: object) =>
      api.ask('POST', pathOf(key), { as, body: sent, headers: { 'idempotency-key': 'one' } })
    const answers = [await make(body), await make(body)]
    expect(answers.map(({ status }) => status)).toEqual([201, 201])
    expect(answers[1]?.text).toBe(answers[0]?.text)
    expect(await make(other)).toMatchObject({ status: 409 })
    expect((await api.ask('GET', '/audit', { as })).body.items).toHaveLength(1)
  })

  it('leaves no digest in the store with which a password could be guessed', async () => {
    const { api, as, account } = await open()
    await api.ask('POST', '/accounts', { as, body: NEW_ACCOUNT, headers: { 'idempotency-key': 'one' } })
    const kept = await api.store.findAnswer(account.accountId, 'one')
    const asked = ['POST', '/api/v1/accounts']
    expect(kept?.fingerprint).toBe(createHash('sha256').update(JSON.stringify(asked)).digest('hex'))
  })
})
