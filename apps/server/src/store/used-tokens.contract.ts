import { describe, expect, it, onTestFinished } from 'vitest'
import { createApiKey, deleteApiKey } from '../api-key/keys.ts'
import { openStore, type StoreLocation } from './open.ts'

/** The requirements for the marks of single-use tokens on every engine. */
export function describeUsedTokens(engine: string, makeLocation: () => Promise<StoreLocation>): void {
  async function openShop() {
    const location = await makeLocation()
    const opened = await openStore(location)
    onTestFinished(() => opened.store.close())
    const context = { ...opened, now: () => 1 }
    const { apiKey } = await createApiKey(context, { name: 'Shop' })
    const markOf = (tokenId: string, forgetAt = 10) => ({ apiKey: apiKey.apiKey, tokenId, forgetAt })
    return { location, context, store: opened.store, apiKey: apiKey.apiKey, markOf }
  }

  describe(`the marks of single-use tokens on ${engine}`, () => {
    it('survive a restart, with any jti, and are not counted as changes', async () => {
      const { location, store, markOf } = await openShop()
      const before = await store.changeCount()
      const names = ['b9a0b9d0-0000-4000-8000-000000000000', 'a\u0000b\nc%25', '“π” 😀', '文'.repeat(256)]
      await store.addUsedTokens(names.map((name) => markOf(name)))
      await store.addUsedTokens([])
      const again = await openStore(location)
      onTestFinished(() => again.store.close())
      const listed = (await again.store.listUsedTokens(0)).map(({ tokenId }) => tokenId)
      expect(listed.sort()).toEqual(names.sort())
      expect(await store.changeCount()).toBe(before)
    })

    it('are added by exactly one of several platforms that mark the same token at once, and each learns the result', async () => {
      const { location, store, markOf } = await openShop()
      const others = await Promise.all([1, 2, 3].map(() => openStore(location)))
      for (const other of others) onTestFinished(() => other.store.close())
      const stores = [store, ...others.map((other) => other.store)]
      const marks = Array.from({ length: 20 }, (_, at) => markOf(`token ${at}`))
      const added = await Promise.all(stores.map((one) => one.addUsedTokens(marks)))
      expect(
        added
          .flat()
          .map(({ tokenId }) => tokenId)
          .sort(),
      ).toEqual(marks.map(({ tokenId }) => tokenId).sort())
      const [first] = marks
      expect(first && (await store.addUsedTokens([first, markOf('new')]))).toEqual([markOf('new')])
      expect(await store.addUsedTokens([{ ...markOf('new'), apiKey: 'nobody' }])).toEqual([])
    })

    it('stay as they are if the same token is marked again', async () => {
      const { store, markOf } = await openShop()
      await store.addUsedTokens([markOf('one'), markOf('two')])
      await store.addUsedTokens([markOf('two', 99), markOf('three', 99)])
      expect(await store.listUsedTokens(0)).toHaveLength(3)
      expect(await store.listUsedTokens(10)).toEqual([markOf('three', 99)])
    })

    it('are kept until they expire, at any fraction of a second', async () => {
      const { store, markOf } = await openShop()
      await store.addUsedTokens([markOf('one', 9.2)])
      expect(await store.listUsedTokens(9.9)).toEqual([markOf('one', 10)])
      expect(await store.listUsedTokens(10.1)).toEqual([])
      await store.forgetUsedTokens(9.9)
      expect(await store.listUsedTokens(0)).toHaveLength(1)
      await store.forgetUsedTokens(10)
      expect(await store.listUsedTokens(0)).toEqual([])
    })

    it('are deleted with their API key, and a late one does not affect others', async () => {
      const { context, store, apiKey, markOf } = await openShop()
      const { apiKey: other } = await createApiKey(context, { name: 'Other' })
      const kept = { apiKey: other.apiKey, tokenId: 'one', forgetAt: 10 }
      await store.addUsedTokens([markOf('one'), kept])
      await deleteApiKey(context, apiKey)
      expect(await store.listUsedTokens(0)).toEqual([kept])
      const late = { ...kept, tokenId: 'late' }
      await store.addUsedTokens([markOf('two'), late])
      await store.addUsedTokens([markOf('two')])
      expect(await store.listUsedTokens(0)).toEqual(expect.arrayContaining([kept, late]))
      expect(await store.listUsedTokens(0)).toHaveLength(2)
    })

    it('can be written while their API key is deleted, without a deadlock', async () => {
      const { context, store, apiKey, markOf } = await openShop()
      const marks = Array.from({ length: 20 }, (_, at) => store.addUsedTokens([markOf(`token ${at}`)]))
      await deleteApiKey(context, apiKey)
      await Promise.allSettled(marks)
      expect(await store.listUsedTokens(0)).toEqual([])
    })

    it('can be added by the thousand', async () => {
      const { store, markOf } = await openShop()
      await store.addUsedTokens(Array.from({ length: 1_000 }, (_, at) => markOf(`token ${at}`)))
      expect(await store.listUsedTokens(0)).toHaveLength(1_000)
    })
  })
}
