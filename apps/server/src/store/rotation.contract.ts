import { randomBytes } from 'node:crypto'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createSecret, openSecret } from '../api-key/add-signing-key.ts'
import { createApiKey } from '../api-key/keys.ts'
import { retireSigningKey } from '../api-key/retire-signing-key.ts'
import { loadKeyring } from '../keyring/keyring.ts'
import { generateSuccessor, type SuccessorKey } from '../vault/successor-key.ts'
import { openStore, type StoreLocation } from './open.ts'
import { proveMasterKey } from './prove-master-key.ts'
import { rotateMasterKey } from './rotate-master-key.ts'

const SHOP = { name: 'Shop' }

/**
 * The requirements for the rotation of the master key on every engine.
 *
 * @param makeLocation returns the location of a new store.
 */
export function describeRotation(engine: string, makeLocation: () => Promise<StoreLocation>): void {
  async function open(location: StoreLocation) {
    const opened = await openStore(location)
    onTestFinished(() => opened.store.close())
    return { ...opened, now: () => 1 }
  }

  describe(`the rotation of the master key on ${engine}`, () => {
    async function prepare() {
      const location = await makeLocation()
      const context = await open(location)
      const { secret } = await createApiKey(context, SHOP)
      const retired = await createSecret(context, secret.apiKey)
      await retireSigningKey(context, secret.apiKey, retired.keyId)
      const opens = async () => (await openSecret(await open(location), secret.apiKey)).secret === secret.secret
      return { location, context, secret, opens }
    }

    it('re-encrypts every secret, including retired ones, and deletes the old key', async () => {
      const { location, context, secret, opens } = await prepare()
      const before = await context.store.listSigningKeys()
      const done = await rotateMasterKey(context.store.db, context.seal, generateSuccessor(location.dataFolder))
      expect(done).toEqual({ version: 2, secrets: 2, wasDone: false })
      const after = await context.store.listSigningKeys()
      expect(after.map(({ masterKeyVersion }) => masterKeyVersion)).toEqual([2, 2])
      for (const [at, { sealed }] of after.entries()) expect(sealed).not.toEqual(before[at]?.sealed)
      expect(await opens()).toBe(true)
      const again = await rotateMasterKey(context.store.db, context.seal, generateSuccessor(location.dataFolder))
      expect(again.version).toBe(3)
      expect((await openSecret(await open(location), secret.apiKey)).secret).toBe(secret.secret)
    })

    it.each(['keepBoth', 'keepNew'] as const)(
      'that is killed before or after "%s" leaves a key that decrypts everything',
      async (step) => {
        for (const first of [true, false]) {
          const { location, context, opens } = await prepare()
          const successor = generateSuccessor(location.dataFolder)
          const dying: SuccessorKey = {
            ...successor,
            [step]() {
              if (!first) successor[step]()
              throw new Error('killed')
            },
          }
          await expect(rotateMasterKey(context.store.db, context.seal, dying)).rejects.toThrow('killed')
          expect(await opens()).toBe(true)
          const next = await open(location)
          await rotateMasterKey(next.store.db, next.seal, generateSuccessor(location.dataFolder))
          expect(await opens()).toBe(true)
        }
      },
    )

    it('by two processes at once ends with one key that decrypts everything', async () => {
      const { location, context, opens } = await prepare()
      const other = await open(location)
      const rotate = ({ store, seal }: typeof other) =>
        rotateMasterKey(store.db, seal, generateSuccessor(location.dataFolder))
      const results = await Promise.allSettled([rotate(context), rotate(other)])
      expect(results.some(({ status }) => status === 'fulfilled')).toBe(true)
      expect(await opens()).toBe(true)
    })

    it('is noticed by a running keyring, and nothing is encrypted under the old key until then', async () => {
      const { location, context, secret } = await prepare()
      const running = await open(location)
      const keyring = await loadKeyring({ ...running, fetchKeys: async () => undefined })
      await rotateMasterKey(context.store.db, context.seal, generateSuccessor(location.dataFolder))
      await expect(createApiKey(running, SHOP)).rejects.toThrow('rotated meanwhile')
      await proveMasterKey(running.store.db, running.seal)
      await keyring.refresh()
      expect(await createSecret(running, secret.apiKey)).toMatchObject({ retiresAt: undefined })
      expect((await running.store.listSigningKeys()).map(({ masterKeyVersion }) => masterKeyVersion)).toEqual([2, 2, 2])
    })

    it('changes nothing if a secret cannot be decrypted', async () => {
      const { location, context } = await prepare()
      await context.store.db
        .updateTable('signing_key')
        .set({ sealed: randomBytes(80) })
        .where('retires_at', 'is not', null)
        .execute()
      const before = await context.store.listSigningKeys()
      const rotation = rotateMasterKey(context.store.db, context.seal, generateSuccessor(location.dataFolder))
      await expect(rotation).rejects.toThrow('does not decrypt')
      expect(await context.store.listSigningKeys()).toEqual(before)
      await open(location)
    })
  })
}
