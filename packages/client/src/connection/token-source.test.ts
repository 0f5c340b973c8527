import { expect, it, vi } from 'vitest'
import { TokenSource } from './token-source.ts'

/** Aborts never. */
const NEVER = new AbortController().signal

function sourceAt(options: { token?: string; getToken?: () => Promise<string> | string }) {
  const clock = { ms: 0 }
  return { clock, source: new TokenSource({ ...options, nowMs: () => clock.ms }) }
}

it('the first token is the one that was given', async () => {
  const getToken = vi.fn(() => 'fresh')
  const { source } = sourceAt({ token: 'given', getToken })
  expect(await source.first(NEVER)).toBe('given')
  expect(getToken).not.toHaveBeenCalled()
})

it('without one, the application is asked', async () => {
  const { source } = sourceAt({ getToken: () => 'fresh' })
  expect(await source.first(NEVER)).toBe('fresh')
})

it('concurrent calls share one request, and a later call makes another', async () => {
  let count = 0
  const getToken = vi.fn(async () => `token ${++count}`)
  const { source } = sourceAt({ getToken })
  expect(await Promise.all([source.ask(NEVER), source.ask(NEVER), source.next(NEVER)])).toEqual([
    'token 1',
    'token 1',
    'token 1',
  ])
  expect(await source.ask(NEVER)).toBe('token 2')
  expect(getToken).toHaveBeenCalledTimes(2)
})

it('a failed request is not shared with later calls', async () => {
  const getToken = vi.fn(async () => 'fresh').mockRejectedValueOnce(new Error('offline'))
  const { source } = sourceAt({ getToken })
  await expect(source.ask(NEVER)).rejects.toThrow('offline')
  expect(await source.ask(NEVER)).toBe('fresh')
})

it('the last token serves to come back for as long as the gate said, however wrong the clock here is', async () => {
  const { clock, source } = sourceAt({ token: 'given' })
  source.keep('renewed', { expiresAt: 1_000_060, serverTime: 1_000_000 })
  clock.ms = 59_999
  expect(await source.next(NEVER)).toBe('renewed')
  clock.ms = 60_000
  expect(await source.next(NEVER)).toBeUndefined()
})

it('what is no string is no token', async () => {
  const { source } = sourceAt({ getToken: () => ({ token: 'fresh' }) as unknown as string })
  await expect(source.ask(NEVER)).rejects.toThrow(TypeError)
})
