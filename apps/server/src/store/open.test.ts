import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createApiKey } from '../keyring/keys.ts'
import { openStore } from './open.ts'
import { temporaryFolder } from './store.fixture.ts'

const ONE_KEY = 'A'.repeat(43)
const ANOTHER_KEY = `${'B'.repeat(42)}A`

describe('the store', () => {
  it('holds after it was closed what it held before', async () => {
    const dataFolder = temporaryFolder()
    const first = await openStore({ dataFolder })
    const { apiKey } = await createApiKey({ ...first, now: () => 1 }, { name: 'Shop' })
    await first.store.close()
    const second = await openStore({ dataFolder })
    expect(await second.store.listApiKeys()).toEqual([apiKey])
    await second.store.close()
  })

  it('does not open under a master key that it was not made with, and says what to do', async () => {
    const dataFolder = temporaryFolder()
    await (await openStore({ dataFolder, masterKey: ONE_KEY })).store.close()
    await expect(openStore({ dataFolder, masterKey: ANOTHER_KEY })).rejects.toThrow('another master key')
    await (await openStore({ dataFolder, masterKey: ONE_KEY })).store.close()
  })

  it('can be opened by several at the same first moment', async () => {
    const dataFolder = temporaryFolder()
    const opened = await Promise.all(Array.from({ length: 4 }, () => openStore({ dataFolder })))
    expect(existsSync(join(dataFolder, 'stagedoor.db'))).toBe(true)
    for (const { store } of opened) await store.close()
  })

  it('counts a change that another made', async () => {
    const dataFolder = temporaryFolder()
    const ours = await openStore({ dataFolder })
    const theirs = await openStore({ dataFolder })
    const before = await ours.store.changeCount()
    expect(await ours.store.changeCount()).toBe(before)
    await createApiKey({ ...theirs, now: () => 1 }, { name: 'Shop' })
    expect(await ours.store.changeCount()).not.toBe(before)
    await ours.store.close()
    await theirs.store.close()
  })

  it('adds an API key and its secret, both or neither', async () => {
    const { store, seal } = await openStore({ dataFolder: temporaryFolder() })
    const { apiKey, secret } = await createApiKey({ store, seal, now: () => 1 }, { name: 'Shop' })
    const [kept] = await store.listSecrets(apiKey.apiKey)
    if (kept === undefined) throw new Error('no secret was kept')
    const clash = { ...kept, apiKey: apiKey.apiKey, keyId: secret.keyId }
    await expect(store.addApiKey({ ...apiKey, apiKey: 'fresh' }, clash)).rejects.toThrow()
    expect(await store.findApiKey('fresh')).toBeUndefined()
    await store.close()
  })
})
