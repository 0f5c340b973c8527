import process from 'node:process'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createLog } from '../../../observe/log.ts'
import { guardProcess, ORDERLY_EXIT_MS } from './guard-process.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

function guard(close: () => Promise<void> = async () => {}) {
  const before = process.listeners('uncaughtException')
  const platform = { close: vi.fn(close), connectionFailed: vi.fn() }
  const exit = vi.fn()
  const onException = guardProcess(platform, createLog({ level: 'silent', pretty: false }), exit)
  expect(process.listeners('uncaughtException')).toEqual([...before, onException])
  process.off('uncaughtException', onException)
  return { platform, exit, onException }
}

describe('an uncaught exception', () => {
  it.each(['ECONNRESET', 'EPIPE', 'ETIMEDOUT'])(
    'of a connection (%s) is counted, and the platform keeps running',
    (code) => {
      const { platform, exit, onException } = guard()
      onException(Object.assign(new Error('read'), { code }))
      expect(platform.connectionFailed).toHaveBeenCalledOnce()
      expect(platform.close).not.toHaveBeenCalled()
      vi.advanceTimersByTime(2 * ORDERLY_EXIT_MS)
      expect(exit).not.toHaveBeenCalled()
    },
  )

  it.each([new TypeError('x is undefined'), undefined, null, 'thrown', { code: 'ENOSPC' }])(
    'of another kind (%s) closes the platform and then ends the process',
    async (error) => {
      const { platform, exit, onException } = guard()
      onException(error)
      onException(error)
      expect(platform.close).toHaveBeenCalledOnce()
      await vi.advanceTimersByTimeAsync(0)
      expect(exit).toHaveBeenCalledWith(1)
    },
  )

  it('ends the process even if the platform does not close', async () => {
    const { exit, onException } = guard(() => new Promise(() => {}))
    onException(new Error('broken'))
    await vi.advanceTimersByTimeAsync(ORDERLY_EXIT_MS - 1)
    expect(exit).not.toHaveBeenCalled()
    await vi.advanceTimersByTimeAsync(1)
    expect(exit).toHaveBeenCalledWith(1)
  })
})
