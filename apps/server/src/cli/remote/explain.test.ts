import { createAdmin } from '@stagedoor/admin'
import { describe, expect, it, vi } from 'vitest'
import { explainRemote } from './explain.ts'

describe('a dry run from afar', () => {
  it.each([
    [{ apiKey: '', id: 'alice' }, 'say with --key'],
    [{ apiKey: 'shop', id: '' }, 'say with --user'],
  ])('of a token that does not say everything asks for it, before anything is sent: %j', async (names, words) => {
    const fetch = vi.fn()
    const admin = createAdmin({ url: 'https://rtc.example.com', fetch })
    await expect(explainRemote(admin, { ...names, token: 'eyJ', publish: [] })).rejects.toThrow(words)
    expect(fetch).not.toHaveBeenCalled()
  })
})
