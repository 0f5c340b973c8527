import { describe, expect, it } from 'vitest'
import { createPost, DRAIN_SECONDS } from '../events/webhook/post.ts'
import { fetchGuarded } from './fetch-bounded.ts'
import { BAD_BODIES, NO_ANSWERS, startPeer } from './odd-peers.fixture.ts'

const DEADLINE_SECONDS = 0.3
const never = new AbortController().signal

describe('a peer that', () => {
  it.each(Object.entries(NO_ANSWERS))(
    '%s has not answered, and a message and a fetch both end',
    async (_name, behave) => {
      const { url, open } = await startPeer(behave)
      expect(await createPost(true, DEADLINE_SECONDS)(url, {}, '{}', never)).toEqual({ reason: expect.any(String) })
      await expect(fetchGuarded(true, DEADLINE_SECONDS)(url)).rejects.toThrow()
      await expect.poll(() => open.size).toBe(0)
    },
  )

  it.each(Object.entries(NO_ANSWERS))(
    '%s is disconnected immediately when the platform stops',
    async (_name, behave) => {
      const { url, open } = await startPeer(behave)
      const stop = new AbortController()
      const posted = createPost(true)(url, {}, '{}', stop.signal)
      setTimeout(() => stop.abort(), 50)
      expect(await posted).toEqual({ reason: expect.any(String) })
      await expect.poll(() => open.size).toBe(0)
    },
  )
})

describe('a response whose body', () => {
  it.each(Object.entries(BAD_BODIES))('%s counts for a message by its status', async (_name, behave) => {
    const { url, open } = await startPeer(behave)
    const began = performance.now()
    expect(await createPost(true)(url, {}, '{}', never)).toMatchObject({ status: 200 })
    expect(performance.now() - began).toBeLessThan((DRAIN_SECONDS + 2) * 1_000)
    await expect.poll(() => open.size).toBe(0)
  })

  it.each(Object.entries(BAD_BODIES))('%s fails its reader in time', async (_name, behave) => {
    const { url, open } = await startPeer(behave)
    const read = async () => (await fetchGuarded(true, DEADLINE_SECONDS)(url)).text()
    await expect(read()).rejects.toThrow()
    await expect.poll(() => open.size).toBe(0)
  })
})
