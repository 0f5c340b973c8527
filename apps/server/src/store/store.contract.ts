import { type Kysely, sql } from 'kysely'
import { describe, expect, it, onTestFinished } from 'vitest'
import { addKeySet, addPublicKey, createSecret, openSecret } from '../api-key/add-signing-key.ts'
import { changeApiKey, createApiKey, deleteApiKey } from '../api-key/keys.ts'
import { retireSigningKey } from '../api-key/retire-signing-key.ts'
import { revoke } from '../api-key/revoke.ts'
import { DEFAULT_POLICY } from '../policy/policy.ts'
import { openStore, type StoreLocation } from './open.ts'
import type { Tables } from './tables.ts'

const ONE_KEY = 'A'.repeat(43)
const ANOTHER_KEY = `${'B'.repeat(42)}A`
const SHOP = { name: 'Shop' }
const TABLES_OF_0012 = ['refusal', 'discarded_refusals', 'refusal_log', 'registration_hour', 'refusal_hour']

/**
 * The requirements for every engine.
 *
 * @param makeLocation returns the location of a new store.
 */
export function describeStore(engine: string, makeLocation: () => Promise<StoreLocation>): void {
  async function open(location: StoreLocation) {
    const opened = await openStore(location)
    onTestFinished(() => opened.store.close())
    return { ...opened, now: () => 1 }
  }

  describe(`the store on ${engine}`, () => {
    it('keeps its content after it was closed', async () => {
      const location = await makeLocation()
      const first = await openStore(location)
      const { apiKey } = await createApiKey({ ...first, now: () => 1 }, { name: 'Shop' })
      await first.store.close()
      expect(await (await open(location)).store.listApiKeys()).toEqual([apiKey])
    })

    it('returns each type as it was written', async () => {
      const context = await open(await makeLocation())
      const { secret } = await createApiKey({ ...context, now: () => 4_000_000_000 }, { ...SHOP, name: 'Bücher “π”' })
      const policy = { ...DEFAULT_POLICY, allowAnyUser: true, audience: 'a “quoted” one: π' }
      await changeApiKey(context, secret.apiKey, { policy })
      expect(await context.store.findApiKey(secret.apiKey)).toEqual({
        apiKey: secret.apiKey,
        name: 'Bücher “π”',
        state: 'active',
        policy,
        createdAt: 4_000_000_000,
      })
      const { secret: _clear, ...kept } = secret
      const [read] = await context.store.listSigningKeys()
      expect(read).toEqual({ ...kept, masterKeyVersion: 1, sealed: expect.any(Uint8Array) })
      await retireSigningKey({ ...context, now: () => 4_000_000_001 }, secret.apiKey, secret.keyId)
      expect(await context.store.listSigningKeys(secret.apiKey)).toMatchObject([{ retiresAt: 4_000_000_001 }])
    })

    it('of an earlier version keeps the limit on attempts, which had another name in policies then', async () => {
      const location = await makeLocation()
      const earlier = await openStore(location)
      const { apiKey } = await createApiKey({ ...earlier, now: () => 1 }, SHOP)
      const policy = JSON.stringify({ audience: '"knocksPerMinute":', rateLimits: { knocksPerMinute: 60 } })
      await sql`UPDATE api_key SET policy = ${policy}`.execute(earlier.store.db)
      await sql`DELETE FROM kysely_migration WHERE name >= '0011-connection-attempts'`.execute(earlier.store.db)
      for (const table of TABLES_OF_0012) await earlier.store.db.schema.dropTable(table).execute()
      await dropNewerThan0013(earlier.store.db)
      await earlier.store.close()
      const found = await (await open(location)).store.findApiKey(apiKey.apiKey)
      expect(found?.policy).toMatchObject({
        audience: '"knocksPerMinute":',
        rateLimits: { connectionAttemptsPerMinute: 60 },
      })
    })

    it('of an earlier version keeps revocations of signing keys and rights to them, which had other names then', async () => {
      const location = await makeLocation()
      const earlier = { ...(await openStore(location)), now: () => 1 }
      const { secret } = await createApiKey(earlier, SHOP)
      await revoke(earlier, secret.apiKey, { kind: 'signing_key', subject: secret.keyId })
      const account = {
        accountId: 'acc_one',
        email: 'one@example.com',
        name: 'One',
        passwordHash: '',
        role: 'owner',
        grants: [],
        createdAt: 1,
      } as const
      await earlier.store.addAccount(account)
      await earlier.store.addPersonalToken({
        tokenId: 'pat_one',
        accountId: account.accountId,
        name: 'One',
        tokenHash: 'hash',
        rights: ['keys:read', 'signing_keys:write'],
        apiKey: undefined,
        createdAt: 1,
        expiresAt: 2,
        lastUsedAt: undefined,
      })
      const { db } = earlier.store
      await sql`UPDATE revocation SET kind = 'secret'`.execute(db)
      await sql`UPDATE personal_token SET rights = '["keys:read","secrets:write"]'`.execute(db)
      await dropNewerThan0013(db)
      await sql`DELETE FROM kysely_migration WHERE name >= '0013'`.execute(db)
      await earlier.store.close()
      const { store } = await open(location)
      expect(await store.listRevocations(1)).toMatchObject([{ kind: 'signing_key', subject: secret.keyId }])
      expect(await store.listPersonalTokens(account.accountId)).toMatchObject([
        { rights: ['keys:read', 'signing_keys:write'] },
      ])
    })

    it('does not open under another master key, and says what to do', async () => {
      const location = await makeLocation()
      await open({ ...location, masterKey: ONE_KEY })
      await expect(openStore({ ...location, masterKey: ANOTHER_KEY })).rejects.toThrow('another master key')
      await open({ ...location, masterKey: ONE_KEY })
      await open({ ...location, masterKey: `${ANOTHER_KEY} ${ONE_KEY}` })
    })

    it('does not open next to a new master key if its own is elsewhere', async () => {
      const location = await makeLocation()
      await open({ ...location, masterKey: ONE_KEY })
      for (let attempt = 0; attempt < 2; attempt++) await expect(openStore(location)).rejects.toThrow('There is no')
    })

    it('can be opened by several processes at once when it is new', async () => {
      const location = await makeLocation()
      const opened = await Promise.all(Array.from({ length: 8 }, () => open(location)))
      const { secret } = await createApiKey(opened[0] as (typeof opened)[0], SHOP)
      for (const context of opened)
        expect(await openSecret(context, secret.apiKey)).toEqual(expect.objectContaining(secret))
    })

    it('counts each change by any process, and nothing else', async () => {
      const location = await makeLocation()
      const [ours, theirs] = [await open(location), await open(location)]
      let before = await ours.store.changeCount()
      const expectCounted = async (counted: boolean) => {
        const count = await ours.store.changeCount()
        expect(count !== before).toBe(counted)
        before = count
      }
      const { secret } = await createApiKey(theirs, SHOP)
      await expectCounted(true)
      const other = await createSecret(theirs, secret.apiKey)
      await expectCounted(true)
      await changeApiKey(theirs, secret.apiKey, { state: 'disabled' })
      await expectCounted(true)
      await revoke(theirs, secret.apiKey, { kind: 'everything', subject: '' })
      await expectCounted(true)
      await retireSigningKey(ours, secret.apiKey, other.keyId)
      await expectCounted(true)
      await openSecret(theirs, secret.apiKey)
      await open(location)
      await expectCounted(false)
      await deleteApiKey(theirs, secret.apiKey)
      await expectCounted(true)
    })

    it('records when a signing key was last used, and never goes back in time', async () => {
      const context = await open(await makeLocation())
      const { secret } = await createApiKey(context, SHOP)
      const lastUse = async () => (await context.store.listSigningKeys(secret.apiKey))[0]?.lastUsedAt
      expect(await lastUse()).toBeUndefined()
      const before = await context.store.changeCount()
      await context.store.recordKeyUses([
        { apiKey: 'nobody', keyId: 'none', at: 9 },
        { ...secret, at: 7.9 },
      ])
      expect(await lastUse()).toBe(7)
      await context.store.recordKeyUses([{ ...secret, at: 6 }])
      expect(await lastUse()).toBe(7)
      expect(await context.store.changeCount()).toBe(before)
    })

    it('sets and cancels the retirement of a signing key until it retires', async () => {
      const context = await open(await makeLocation())
      const { secret } = await createApiKey(context, SHOP)
      const { apiKey, keyId } = secret
      const end = async () => (await context.store.listSigningKeys(apiKey))[0]?.retiresAt
      expect(await context.store.retireSigningKey(apiKey, keyId, 10, 5)).toBe(true)
      expect(await context.store.retireSigningKey(apiKey, keyId, undefined, 9.9)).toBe(true)
      expect(await end()).toBeUndefined()
      expect(await context.store.retireSigningKey(apiKey, keyId, 10, 5)).toBe(true)
      expect(await context.store.retireSigningKey(apiKey, keyId, undefined, 10)).toBe(false)
      expect(await context.store.retireSigningKey('nobody', keyId, 10, 5)).toBe(false)
      expect(await end()).toBe(10)
    })

    it('keeps public keys and key sets with their kind', async () => {
      const context = await open(await makeLocation())
      const { apiKey } = (await createApiKey({ ...context, now: () => 0 }, SHOP)).apiKey
      const text = '{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}'
      const publicKey = await addPublicKey({ ...context, now: () => 1 }, apiKey, { text })
      const keySet = await addKeySet({ ...context, now: () => 2 }, apiKey, { url: 'https://login.example/jwks' })
      const [, ...kept] = await context.store.listSigningKeys(apiKey)
      expect(kept).toMatchObject([publicKey, keySet])
      expect(kept.map(({ kind, algorithm }) => [kind, algorithm])).toEqual([
        ['public_key', 'EdDSA'],
        ['key_set', undefined],
      ])
    })

    it('keeps a revocation until it expires, at any fraction of a second', async () => {
      const { store, ...context } = await open(await makeLocation())
      const { secret } = await createApiKey({ store, ...context }, SHOP)
      const revocation = { apiKey: secret.apiKey, kind: 'user', subject: 'älice', revokedAt: 5, forgetAt: 10 } as const
      await store.addRevocations([{ ...revocation, revokedAt: 4 }])
      await store.addRevocations([revocation])
      expect(await store.listRevocations(9.9)).toEqual([revocation])
      expect(await store.listRevocations(10.1)).toEqual([])
      await store.forgetRevocations(9.9)
      expect(await store.listRevocations(0)).toEqual([revocation])
      await store.forgetRevocations(10.1)
      expect(await store.listRevocations(0)).toEqual([])
    })

    it('keeps who revoked last, and knows nobody of what was revoked before that was kept', async () => {
      const { store, ...context } = await open(await makeLocation())
      const { secret } = await createApiKey({ store, ...context }, SHOP)
      const revocation = { apiKey: secret.apiKey, kind: 'user', subject: 'alice', revokedAt: 5, forgetAt: 10 } as const
      const lastBy = async () => (await store.listRevocations(9))[0]?.revokedBy
      await store.addRevocations([revocation])
      expect(await lastBy()).toBeUndefined()
      for (const revokedBy of [
        { kind: 'account', name: 'olga@example.com' },
        { kind: 'moderator', name: 'mödé' },
        { kind: 'platform', name: undefined },
      ] as const) {
        await store.addRevocations([{ ...revocation, revokedBy }])
        expect(await lastBy()).toEqual(revokedBy)
      }
    })

    it('can extend a ban but never shorten it, and lifts it while it lasts', async () => {
      const { store, ...context } = await open(await makeLocation())
      const { secret } = await createApiKey({ store, ...context }, SHOP)
      const { apiKey } = secret
      const banUntil = (forgetAt: number, subject = 'älice') =>
        store.addRevocations([{ apiKey, kind: 'ban', subject, revokedAt: 5, forgetAt }])
      for (const forgetAt of [10, 20, 15]) await banUntil(forgetAt)
      await banUntil(30, 'bob')
      const list = async (now: number) => (await store.listRevocations(now)).map((ban) => [ban.subject, ban.forgetAt])
      expect((await list(9)).sort()).toEqual([
        ['bob', 30],
        ['älice', 20],
      ])
      const before = await store.changeCount()
      expect(await store.liftBan(apiKey, 'älice', 20)).toBe(false)
      expect(await store.liftBan('another', 'älice', 19)).toBe(false)
      expect(await store.liftBan(apiKey, 'älice', 19)).toBe(true)
      expect(await store.liftBan(apiKey, 'älice', 19)).toBe(false)
      expect(await list(9)).toEqual([['bob', 30]])
      expect(await store.changeCount()).not.toBe(before)
    })

    it('adds many revocations at once, all or none, including repeated ones', async () => {
      const { store, ...context } = await open(await makeLocation())
      const { secret } = await createApiKey({ store, ...context }, SHOP)
      const tokenIds = Array.from({ length: 64 }, (_, at) => `token ${at}`)
      const times = { revokedAt: 5, forgetAt: 10 }
      const revocationOf = (subject: string) => ({ apiKey: secret.apiKey, kind: 'token' as const, subject, ...times })
      const before = await store.changeCount()
      const astray = { ...revocationOf('token'), apiKey: 'nobody' }
      await expect(store.addRevocations([...tokenIds.map(revocationOf), astray])).rejects.toThrow()
      expect(await store.listRevocations(0)).toEqual([])
      expect(await store.changeCount()).toBe(before)
      for (const _time of ['once', 'again']) await store.addRevocations(tokenIds.map(revocationOf))
      const listed = (await store.listRevocations(0)).map(({ subject }) => subject)
      expect(listed.sort()).toEqual(tokenIds.sort())
    })

    it('deletes an API key with everything that belongs to it, and nothing else', async () => {
      const context = await open(await makeLocation())
      const { secret: kept } = await createApiKey(context, SHOP)
      const { secret: gone } = await createApiKey(context, SHOP)
      for (const { apiKey } of [kept, gone]) await revoke(context, apiKey, { kind: 'user', subject: 'alice' })
      await deleteApiKey(context, gone.apiKey)
      const { store } = context
      const left = [await store.listApiKeys(), await store.listSigningKeys(), await store.listRevocations(0)].flat()
      expect(left.map(({ apiKey }) => apiKey)).toEqual([kept.apiKey, kept.apiKey, kept.apiKey])
    })

    it('accepts many changes at once and loses none', async () => {
      const location = await makeLocation()
      const contexts = await Promise.all(Array.from({ length: 4 }, () => open(location)))
      const made = await Promise.all(
        contexts.flatMap((context) => Array.from({ length: 8 }, () => createApiKey(context, SHOP))),
      )
      const listed = (await contexts[0]?.store.listApiKeys())?.map(({ apiKey }) => apiKey)
      expect(listed?.sort()).toEqual(made.map(({ apiKey }) => apiKey.apiKey).sort())
    })

    it('adds an API key and its secret, both or neither', async () => {
      const context = await open(await makeLocation())
      const { apiKey, secret } = await createApiKey(context, SHOP)
      const [kept] = await context.store.listSigningKeys(apiKey.apiKey)
      if (kept === undefined) throw new Error('no secret was kept')
      const clash = { ...kept, apiKey: apiKey.apiKey, keyId: secret.keyId }
      const before = await context.store.changeCount()
      await expect(context.store.addApiKey({ ...apiKey, apiKey: 'fresh' }, clash)).rejects.toThrow()
      expect(await context.store.findApiKey('fresh')).toBeUndefined()
      expect(await context.store.changeCount()).toBe(before)
    })

    it('rejects a secret of an unknown API key', async () => {
      const context = await open(await makeLocation())
      await createApiKey(context, SHOP)
      const [kept] = await context.store.listSigningKeys()
      if (kept === undefined) throw new Error('no secret was kept')
      await expect(context.store.addSigningKey({ ...kept, apiKey: 'nobody' })).rejects.toThrow()
      expect(await context.store.listSigningKeys()).toEqual([kept])
    })
  })
}

async function dropNewerThan0013(db: Kysely<Tables>): Promise<void> {
  for (const column of ['revoked_by_kind', 'revoked_by_name']) {
    await db.schema.alterTable('revocation').dropColumn(column).execute()
  }
  for (const name of ['unattempted', 'retrying']) await db.schema.dropIndex(`webhook_delivery_${name}`).execute()
}
