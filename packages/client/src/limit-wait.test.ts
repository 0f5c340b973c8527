import { expect, it, vi } from 'vitest'
import { ConnectionError } from './errors.ts'
import { limitWait, unlessAborted } from './limit-wait.ts'

const options = (signal: AbortSignal = new AbortController().signal) => ({
  timeoutMs: 1_000,
  timeoutMessage: 'too late',
  signal,
})

it('a wait for something that never happens ends after its timeout, and its signal aborts', async () => {
  vi.useFakeTimers()
  let given: AbortSignal | undefined
  const waiting = limitWait((signal) => {
    given = signal
    return new Promise<string>(() => {})
  }, options())
  const outcome = expect(waiting).rejects.toThrow(new ConnectionError('too late'))
  await vi.advanceTimersByTimeAsync(1_000)
  await outcome
  expect(given?.aborted).toBe(true)
  vi.useRealTimers()
})

it('what others do in time is the result, also where they throw', async () => {
  expect(await limitWait(() => 'now', options())).toBe('now')
  expect(await limitWait(async () => 'later', options())).toBe('later')
  const thrown = () => {
    throw new Error('no')
  }
  await expect(limitWait(thrown, options())).rejects.toThrow('no')
})

it('a wait ends when its signal aborts, with the reason of the signal', async () => {
  const aborted = AbortSignal.abort(new Error('enough'))
  await expect(limitWait(() => 'now', options(aborted))).rejects.toThrow('enough')
  const controller = new AbortController()
  const waiting = unlessAborted(new Promise<never>(() => {}), controller.signal)
  controller.abort(new Error('enough'))
  await expect(waiting).rejects.toThrow('enough')
  expect(await unlessAborted(Promise.resolve(1), controller.signal).catch(() => 2)).toBe(2)
  expect(await unlessAborted(Promise.resolve(1), undefined)).toBe(1)
})
