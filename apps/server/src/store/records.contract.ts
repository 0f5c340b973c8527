import { describe, expect, it, onTestFinished } from 'vitest'
import type { KeptAccount } from '../account/account.ts'
import type { PersonalToken } from '../account/personal-token.ts'
import { createApiKey } from '../api-key/keys.ts'
import type { AuditEntry, AuditFilter } from '../events/audit.ts'
import { openStore, type StoreLocation } from './open.ts'

function accountOf(name: string, rest: Partial<KeptAccount> = {}): KeptAccount {
  return {
    accountId: `acc_${name}`,
    email: `${name}@example.com`,
    name: `${name} “π”`,
    role: 'owner',
    grants: [],
    createdAt: 4_000_000_000,
    passwordHash: '$argon2id$none',
    ...rest,
  }
}

function tokenOf(accountId: string, tokenId: string): PersonalToken {
  return {
    tokenId,
    accountId,
    name: 'a program',
    tokenHash: `hash of ${tokenId}`,
    rights: ['keys:read', 'tokens:mint'],
    apiKey: undefined,
    createdAt: 1,
    expiresAt: 4_000_000_000,
    lastUsedAt: undefined,
  }
}

function entryOf(action: string, rest: Partial<AuditEntry> = {}): AuditEntry {
  return {
    at: 7,
    actor: { kind: 'account', id: 'acc_alice', name: 'alice@example.com' },
    address: undefined,
    action,
    apiKey: undefined,
    subject: undefined,
    before: undefined,
    after: undefined,
    ...rest,
  }
}

/** What every engine must do with accounts and the audit trail. */
export function describeRecords(engine: string, makeLocation: () => Promise<StoreLocation>): void {
  async function open(location?: StoreLocation) {
    const opened = await openStore(location ?? (await makeLocation()))
    onTestFinished(() => opened.store.close())
    return { ...opened, now: () => 1 }
  }

  describe(`accounts on ${engine}`, () => {
    it('are answered as they were written, and found by their address in any case of it', async () => {
      const { store } = await open()
      const alice = accountOf('alice', { role: undefined, grants: [{ apiKey: 'shop', role: 'viewer' }] })
      await store.addAccount(alice)
      expect(await store.findAccount('acc_alice')).toEqual(alice)
      expect(await store.findAccountByEmail('Alice@Example.COM')).toEqual(alice)
      const { passwordHash: _kept, ...shown } = alice
      expect(await store.listAccounts()).toEqual([shown])
      expect(await store.countAccounts()).toBe(1)
      await expect(store.addAccount(accountOf('other', { email: alice.email }))).rejects.toThrow()
    })

    it('change in what is named and in nothing else', async () => {
      const { store } = await open()
      await store.addAccount(accountOf('alice'))
      expect(await store.changeAccount('acc_alice', {})).toBe(true)
      expect(await store.changeAccount('acc_alice', { role: null, grants: [{ apiKey: 'shop', role: 'owner' }] })).toBe(
        true,
      )
      expect(await store.changeAccount('nobody', { name: 'x' })).toBe(false)
      const changed = accountOf('alice', { role: undefined, grants: [{ apiKey: 'shop', role: 'owner' }] })
      expect(await store.findAccount('acc_alice')).toEqual(changed)
    })

    it('go with their logins, tokens and answered requests', async () => {
      const { store, seal } = await open()
      for (const name of ['alice', 'bob']) {
        const accountId = `acc_${name}`
        await store.addAccount(accountOf(name))
        await store.addLogin({ loginHash: name, accountId, createdAt: 1, expiresAt: 9 })
        await store.addPersonalToken(tokenOf(accountId, `pat_${name}`))
        const sealed = seal.close('answer', 'place')
        await store.keepAnswer({
          accountId,
          idempotencyKey: 'one',
          fingerprint: 'f',
          sealed,
          masterKeyVersion: 1,
          createdAt: 1,
        })
      }
      expect(await store.deleteAccount('acc_alice')).toBe(true)
      expect(await store.deleteAccount('acc_alice')).toBe(false)
      expect(await store.findLogin('alice')).toBeUndefined()
      expect(await store.findPersonalToken('hash of pat_alice')).toBeUndefined()
      expect(await store.findAnswer('acc_alice', 'one')).toBeUndefined()
      expect(await store.findLogin('bob')).toEqual({
        loginHash: 'bob',
        accountId: 'acc_bob',
        createdAt: 1,
        expiresAt: 9,
      })
      expect(await store.findPersonalToken('hash of pat_bob')).toEqual(tokenOf('acc_bob', 'pat_bob'))
      expect(await store.findAnswer('acc_bob', 'one')).toMatchObject({
        fingerprint: 'f',
        sealed: expect.any(Uint8Array),
      })
    })

    it('forget logins and answers that are past their use, and end every login but one', async () => {
      const { store, seal } = await open()
      await store.addAccount(accountOf('alice'))
      for (const [loginHash, expiresAt] of [
        ['a', 5],
        ['b', 9],
        ['c', 9],
      ] as const) {
        await store.addLogin({ loginHash, accountId: 'acc_alice', createdAt: 1, expiresAt })
      }
      await store.forgetLogins(5.5)
      expect(await store.findLogin('a')).toBeUndefined()
      await store.deleteLogins('acc_alice', 'b')
      expect([await store.findLogin('b'), await store.findLogin('c')]).toEqual([expect.anything(), undefined])
      await store.deleteLogin('b')
      expect(await store.findLogin('b')).toBeUndefined()
      const kept = { accountId: 'acc_alice', idempotencyKey: 'one', fingerprint: 'f', masterKeyVersion: 1 }
      await store.keepAnswer({ ...kept, sealed: seal.close('one', 'place'), createdAt: 1 })
      await store.keepAnswer({ ...kept, sealed: seal.close('two', 'place'), createdAt: 5 })
      await store.forgetAnswers(5)
      const answer = await store.findAnswer('acc_alice', 'one')
      expect(seal.open(answer?.sealed ?? new Uint8Array(), 'place', 1)).toBe('two')
      await store.forgetAnswers(6)
      expect(await store.findAnswer('acc_alice', 'one')).toBeUndefined()
    })

    it('have tokens that are listed, used and deleted, each by its own account alone', async () => {
      const { store } = await open()
      for (const name of ['alice', 'bob']) await store.addAccount(accountOf(name))
      await store.addPersonalToken({ ...tokenOf('acc_alice', 'pat_1'), apiKey: 'shop' })
      await store.recordPersonalTokenUse('pat_1', 7.9)
      expect(await store.listPersonalTokens('acc_alice')).toMatchObject([
        { tokenId: 'pat_1', apiKey: 'shop', lastUsedAt: 7 },
      ])
      expect(await store.deletePersonalToken('acc_bob', 'pat_1')).toBe(false)
      expect(await store.deletePersonalToken('acc_alice', 'pat_1')).toBe(true)
      expect(await store.listPersonalTokens('acc_alice')).toEqual([])
    })

    it('have tokens that are deleted all at once, each by its own account alone', async () => {
      const { store } = await open()
      for (const name of ['alice', 'bob']) await store.addAccount(accountOf(name))
      for (const name of ['1', '2']) await store.addPersonalToken(tokenOf('acc_alice', `pat_${name}`))
      await store.addPersonalToken(tokenOf('acc_bob', 'pat_3'))
      await store.deletePersonalTokens('acc_alice')
      expect(await store.listPersonalTokens('acc_alice')).toEqual([])
      expect(await store.listPersonalTokens('acc_bob')).toHaveLength(1)
    })
  })

  describe(`the audit trail on ${engine}`, () => {
    it('is listed the latest first, by API key, in pages, each entry as it was written', async () => {
      const { store } = await open()
      const whole = entryOf('three', {
        address: '192.0.2.1',
        apiKey: 'shop',
        subject: 'älice',
        before: { name: 'a' },
        after: { name: 'b', list: [1, null] },
      })
      await store.appendAudit(entryOf('one', { apiKey: 'shop' }))
      await store.appendAudit(entryOf('two'))
      await store.appendAudit(whole)
      const all = await store.listAudit({ limit: 10 })
      expect(all.map(({ action }) => action)).toEqual(['three', 'two', 'one'])
      expect(all[0]).toEqual({ ...whole, auditId: 3 })
      expect((await store.listAudit({ apiKey: 'shop', limit: 1 })).map(({ action }) => action)).toEqual(['three'])
      expect((await store.listAudit({ apiKey: 'shop', beforeId: 3, limit: 9 })).map(({ action }) => action)).toEqual([
        'one',
      ])
    })

    it('tells which API keys were deleted', async () => {
      const { store } = await open()
      await store.appendAudit(entryOf('api_key.created', { apiKey: 'shop' }))
      expect(await store.wasDeleted('shop')).toBe(false)
      await store.appendAudit(entryOf('api_key.deleted', { apiKey: 'shop' }))
      expect([await store.wasDeleted('shop'), await store.wasDeleted('sho')]).toEqual([true, false])
    })

    it('is listed the earliest first on request, in pages', async () => {
      const { store } = await open()
      for (const action of ['one', 'two', 'three']) await store.appendAudit(entryOf(action))
      const told = async (filter: Partial<AuditFilter>) =>
        (await store.listAudit({ limit: 2, earliestFirst: true, ...filter })).map(({ action }) => action)
      expect(await told({})).toEqual(['one', 'two'])
      expect(await told({ afterId: 2 })).toEqual(['three'])
      expect(await told({ afterId: 1, beforeId: 3 })).toEqual(['two'])
      expect(await told({ afterId: 1, earliestFirst: false })).toEqual(['three', 'two'])
    })

    it('is told by what was done, by whom, to what and when, each alone and all together', async () => {
      const { store } = await open()
      const alice = { kind: 'account', id: 'acc_1', name: 'alice@example.com' } as const
      await store.appendAudit(entryOf('session.closed', { at: 100, actor: alice, subject: 'älice' }))
      await store.appendAudit(entryOf('session.ejected', { at: 200.7, subject: 'bob' }))
      await store.appendAudit(entryOf('sessionless', { at: 300, actor: alice }))
      await store.appendAudit(entryOf('api_key.changed', { at: 400, apiKey: 'shop', actor: alice, subject: 'bob' }))
      const told = async (filter: Partial<AuditFilter>) =>
        (await store.listAudit({ limit: 9, ...filter })).map(({ action }) => action)
      expect(await told({ action: 'session.closed' })).toEqual(['session.closed'])
      expect(await told({ action: 'session.' })).toEqual(['session.ejected', 'session.closed'])
      expect(await told({ action: 'apiXkey.' })).toEqual([])
      expect(await told({ actor: 'acc_1' })).toEqual(['api_key.changed', 'sessionless', 'session.closed'])
      expect(await told({ actor: 'alice@example.com', since: 300 })).toEqual(['api_key.changed', 'sessionless'])
      expect(await told({ subject: 'bob' })).toEqual(['api_key.changed', 'session.ejected'])
      expect(await told({ since: 100, until: 200 })).toEqual(['session.closed'])
      expect(await told({ since: 100.5, until: 200.5 })).toEqual(['session.ejected'])
      const everything = { apiKey: 'shop', action: 'api_key.', actor: 'acc_1', subject: 'bob', since: 400, until: 401 }
      expect(await told({ ...everything, beforeId: 5 })).toEqual(['api_key.changed'])
      expect(await told({ ...everything, beforeId: 4 })).toEqual([])
    })

    it('takes the entries of many at once, in one order and without a gap', async () => {
      const location = await makeLocation()
      const stores = await Promise.all([open(location), open(location)])
      await Promise.all(
        stores.flatMap(({ store }) => Array.from({ length: 10 }, () => store.appendAudit(entryOf('x')))),
      )
      const ids = (await stores[0].store.listAudit({ limit: 100 })).map(({ auditId }) => auditId)
      expect(ids).toEqual(Array.from({ length: 20 }, (_none, at) => 20 - at))
    })
  })

  describe(`several changes as one on ${engine}`, () => {
    it('are all there or none, and counted once', async () => {
      const context = await open()
      const { store } = context
      const before = await store.changeCount()
      const undone = store.transaction(async (records) => {
        await createApiKey({ ...context, store: records }, { name: 'Shop' })
        await records.appendAudit(entryOf('made'))
        throw new Error('at the last moment')
      })
      await expect(undone).rejects.toThrow('at the last moment')
      expect([await store.listApiKeys(), await store.listAudit({ limit: 9 }), await store.changeCount()]).toEqual([
        [],
        [],
        before,
      ])
      await store.transaction(async (records) => {
        await createApiKey({ ...context, store: records }, { name: 'Shop' })
        await records.appendAudit(entryOf('made'))
      })
      expect(await store.listApiKeys()).toHaveLength(1)
      expect(await store.listAudit({ limit: 9 })).toHaveLength(1)
      expect(await store.changeCount()).not.toBe(before)
    })
  })
}
