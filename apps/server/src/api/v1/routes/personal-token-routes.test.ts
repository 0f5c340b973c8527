import { describe, expect, it } from 'vitest'
import { ALL_RIGHTS, type Right } from '../../../account/role.ts'
import { openTestApi, PASSWORD } from '../v1.fixture.ts'

const NEW = { name: 'new', rights: ['keys:read'], lifeSeconds: 31_536_000 }

async function open() {
  const api = await openTestApi()
  const { secret: as, account } = await api.enroll('owner')
  const headers = await api.logIn(account.accountId)
  const list = async () => (await api.ask('GET', '/me/tokens', { headers })).body.items.length
  return { ...api, as, account, headers, list }
}

describe('personal access tokens', () => {
  it('can be created, listed and deleted with a login', async () => {
    const { ask, headers, list } = await open()
    const { status, body } = await ask('POST', '/me/tokens', { headers, body: NEW })
    expect([status, await list()]).toEqual([201, 2])
    expect((await ask('DELETE', `/me/tokens/${body.tokenId}`, { headers })).status).toBe(200)
    expect(await list()).toBe(1)
  })

  it('cannot create, list or delete tokens: a token could outlast itself, or delete wider ones', async () => {
    const { ask, as, headers, list } = await open()
    const { body } = await ask('POST', '/me/tokens', { headers, body: NEW })
    const answers = [
      await ask('POST', '/me/tokens', { as, body: NEW }),
      await ask('GET', '/me/tokens', { as }),
      await ask('DELETE', `/me/tokens/${body.tokenId}`, { as }),
    ]
    expect(answers.map((answer) => [answer.status, answer.body.code])).toEqual(Array(3).fill([403, 'login_needed']))
    expect(await list()).toBe(2)
  })
})

describe('a password change', () => {
  const passwords = { password: PASSWORD, newPassword: `${PASSWORD}, changed` }

  it.each([
    ['ends the tokens of the account', {}, 0],
    ['keeps them where one says so', { endTokens: false }, 2],
  ])('%s, with one’s own', async (_what, choice, left) => {
    const { ask, headers, list } = await open()
    await ask('POST', '/me/tokens', { headers, body: NEW })
    expect((await ask('POST', '/me/password', { headers, body: { ...passwords, ...choice } })).status).toBe(200)
    expect(await list()).toBe(left)
  })

  it.each([
    ['ends the tokens of the account', {}, 401],
    ['keeps them where one says so', { endTokens: false }, 200],
  ])('%s, with that of somebody else', async (_what, choice, status) => {
    const { ask, enroll, as } = await open()
    const other = await enroll('viewer')
    const body = { password: PASSWORD, ...choice }
    expect((await ask('PATCH', `/accounts/${other.account.accountId}`, { as, body })).status).toBe(200)
    expect((await ask('GET', '/me', { as: other.secret })).status).toBe(status)
    const audited = (await ask('GET', '/audit?action=account.changed', { as })).body.items[0]
    expect(audited.after).toMatchObject({ password: 'changed', endTokens: status === 401 })
  })

  it('is required to end the tokens of an account', async () => {
    const { ask, account, as } = await open()
    const answer = await ask('PATCH', `/accounts/${account.accountId}`, { as, body: { endTokens: true } })
    expect([answer.status, answer.body.detail]).toEqual([400, 'endTokens goes with a password.'])
  })
})

describe('a token with some permissions only', () => {
  const NARROW: Right[] = ['accounts:read', 'accounts:write', 'keys:read']

  async function openNarrow() {
    const api = await open()
    const { secret: narrow } = await api.enroll('owner', { token: { rights: NARROW } })
    const viewer = await api.enroll('viewer')
    return { ...api, narrow, viewer: viewer.account.accountId }
  }

  it.each([
    ['an owner', { role: 'owner' }],
    ['a viewer', { role: 'viewer' }],
    ['an owner of one API key', { grants: [{ apiKey: 'shop', role: 'owner' }] }],
  ])('makes no account that may more than itself, such as %s', async (_whom, access) => {
    const { ask, narrow: as } = await openNarrow()
    const body = { email: 'new@example.com', name: 'New', password: PASSWORD }
    expect((await ask('POST', '/accounts', { as, body: { ...body, ...access } })).status).toBe(403)
    expect((await ask('POST', '/accounts', { as, body })).status).toBe(201)
  })

  it('cannot change, take over or delete such an account either, but can rename it', async () => {
    const { ask, narrow: as, viewer, account } = await openNarrow()
    for (const id of [viewer, account.accountId]) {
      for (const body of [{ password: PASSWORD }, { role: 'owner' }, { role: null }, { grants: [] }]) {
        expect([body, (await ask('PATCH', `/accounts/${id}`, { as, body })).status]).toEqual([body, 403])
      }
      expect((await ask('DELETE', `/accounts/${id}`, { as })).status).toBe(403)
    }
    expect((await ask('PATCH', `/accounts/${viewer}`, { as, body: { name: 'Renamed' } })).status).toBe(200)
  })

  it('can do all of it with all permissions', async () => {
    const { ask, enroll, viewer } = await openNarrow()
    const { secret: as } = await enroll('owner', { token: { rights: ALL_RIGHTS } })
    expect((await ask('PATCH', `/accounts/${viewer}`, { as, body: { role: 'owner' } })).status).toBe(200)
    expect((await ask('DELETE', `/accounts/${viewer}`, { as })).status).toBe(200)
  })
})
