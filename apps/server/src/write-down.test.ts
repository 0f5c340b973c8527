import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { openStore } from './store/open.ts'
import { temporaryFolder } from './store/store.fixture.ts'
import { StoreDownError } from './store-down.ts'
import { createWriteDown } from './write-down.ts'

const author = { actor: { kind: 'command_line', id: undefined, name: 'root' }, address: undefined } as const
const noted = { action: 'session.closed', apiKey: 'shop', subject: 'one', after: { ban: 'tokens' } }

async function open() {
  const { store, seal } = await openStore({ dataFolder: temporaryFolder() })
  onTestFinished(() => store.close())
  const error = vi.fn()
  return { store, error, writeDown: createWriteDown({ store, seal, now: () => 7 }, { error }) }
}

describe('a live operation', () => {
  it('is in the audit log with its actor', async () => {
    const { store, writeDown } = await open()
    expect(await writeDown(author, noted)).toBe(true)
    expect(await store.listAudit({ limit: 9 })).toMatchObject([
      { ...noted, at: 7, actor: { kind: 'command_line', id: undefined, name: 'root' } },
    ])
  })

  it('is in the log if the store does not answer, and its result says so', async () => {
    const { store, writeDown, error } = await open()
    vi.spyOn(store, 'transaction').mockRejectedValue(new StoreDownError('gone'))
    expect(await writeDown(author, noted)).toBe(false)
    expect(error).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ noted }), expect.any(String))
    vi.spyOn(store, 'transaction').mockRejectedValue(new Error('a fault'))
    await expect(writeDown(author, noted)).rejects.toThrow('a fault')
    expect(error).toHaveBeenCalledTimes(2)
  })
})
