import { expect, it } from 'vitest'
import { isIssuer } from './is-issuer.ts'

it.each([
  ['https://login.example', true],
  ['https://login.example/realms/a/', true],
  ['http://localhost:8080/realms/a', true],
  ['http://127.0.0.1', true],
  ['http://[::1]:8080', true],
  ['http://login.example', false],
  ['http://localhost.evil.example', false],
  ['https://login.example?a', false],
  ['https://login.example#', false],
  ['https://login.example/ a', false],
  ['https://user@login.example', false],
  ['login.example', false],
  ['', false],
])('%j is an issuer: %s', (text, is) => {
  expect(isIssuer(text)).toBe(is)
})
