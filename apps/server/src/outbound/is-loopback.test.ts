import { expect, it } from 'vitest'
import { isLoopback } from './is-loopback.ts'

it('a host is on this machine by its name or its full address, not by a prefix', () => {
  expect(['localhost', '127.0.0.1', '127.8.9.10', '[::1]'].map(isLoopback)).toEqual([true, true, true, true])
  expect(['127.evil.example', 'localhost.example', '10.0.0.1', '[::2]'].map(isLoopback)).toEqual([
    false,
    false,
    false,
    false,
  ])
})
