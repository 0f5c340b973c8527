import { expect, it } from 'vitest'
import { revokerInWords } from './revocation.ts'

it.each([
  [null, 'Unknown'],
  [{ kind: 'account', name: 'olga@example.com' }, 'olga@example.com'],
  [{ kind: 'token', name: 'olga@example.com' }, 'olga@example.com'],
  [{ kind: 'command_line', name: 'root' }, 'root (command line)'],
  [{ kind: 'moderator', name: 'alice' }, 'alice (moderator)'],
  [{ kind: 'client', name: 'key_1' }, 'OAuth client'],
  [{ kind: 'platform', name: null }, 'The platform'],
  [{ kind: 'account', name: null }, 'Unknown'],
] as const)('%j is shown as “%s”', (revokedBy, words) => {
  expect(revokerInWords(revokedBy)).toBe(words)
})
