import { createAdmin } from '@stagedoor/admin'
import { describe, expect, it, vi } from 'vitest'
import { explainRemote } from './explain.ts'

describe('a remote dry run', () => {
  it.each([
    [{ apiKey: '', id: 'alice' }, 'Name it: --key'],
    [{ apiKey: 'shop', id: '' }, 'Name it: --user'],
  ])('asks for what the token does not name before it sends anything: %j', async (names, words) => {
    const fetch = vi.fn()
    const admin = createAdmin({ url: 'https://rtc.example.com', fetch })
    await expect(explainRemote(admin, { ...names, token: 'eyJ', publish: [] })).rejects.toThrow(words)
    expect(fetch).not.toHaveBeenCalled()
  })
})
