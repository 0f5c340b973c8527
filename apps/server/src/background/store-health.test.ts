import { expect, it, vi } from 'vitest'
import { STEADY_SECONDS, StoreHealth } from './store-health.ts'

function watch() {
  let now = 0
  const onError = vi.fn()
  const onRecovery = vi.fn()
  const health = new StoreHealth({ clock: { now: () => now }, onError, onRecovery })
  return {
    health,
    onError,
    onRecovery,
    pass: (seconds: number) => {
      now += seconds
    },
  }
}

it('a failure to open the store is not reported, since it is thrown to the caller', () => {
  const { health, onError } = watch()
  health.recordFailure(new Error('down'))
  expect([health.status, onError.mock.calls]).toEqual(['ok', []])
})

it('the first of several failures in a row is reported, until the store has recovered', () => {
  const { health, onError, onRecovery, pass } = watch()
  health.watch()
  for (let count = 0; count < 3; count++) health.recordFailure(new Error('down'))
  expect([health.status, onError.mock.calls.length]).toEqual(['unavailable', 1])
  expect(health.recordAnswer()).toBe(false)
  pass(STEADY_SECONDS)
  expect(health.recordAnswer()).toBe(true)
  health.recordRecovery()
  expect([health.status, onRecovery.mock.calls.length]).toEqual(['ok', 1])
  health.recordFailure(new Error('down again'))
  expect(onError).toHaveBeenCalledTimes(2)
})

it('failures while the store closes are not reported', () => {
  const { health, onError } = watch()
  health.watch()
  health.unwatch()
  health.recordFailure(new Error('closed'))
  expect(onError).not.toHaveBeenCalled()
})
