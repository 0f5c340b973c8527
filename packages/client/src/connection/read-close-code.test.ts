import { expect, it } from 'vitest'
import { readCloseCode } from './read-close-code.ts'

it('a session comes back after its token has ended or the gate has gone away, and not after a refusal', () => {
  expect(readCloseCode(4410)).toEqual({ reason: 'token_expired', willReconnect: true })
  expect(readCloseCode(1001)).toEqual({ reason: 'going_away', willReconnect: true })
  expect(readCloseCode(4401)).toEqual({ reason: 'refused', willReconnect: false })
  expect(readCloseCode(4403)).toEqual({ reason: 'session_closed', willReconnect: false })
})

it('a code that is not of the gate is a lost connection', () => {
  expect(readCloseCode(1006)).toEqual({ reason: 'connection_lost', willReconnect: true })
})
