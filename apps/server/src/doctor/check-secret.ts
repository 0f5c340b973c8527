import { findWeakness } from '../api-key/secret-weakness.ts'
import { commandLine } from '../command-line.ts'
import { type Finding, ok, problem } from './finding.ts'

/** Checks whether a secret is hard to guess. It never leaves this machine. */
export function checkSecret(secret: string): readonly Finding[] {
  const fault = findWeakness(secret, 'HS256')
  if (fault === undefined) return [ok('secret', 'The secret is long enough, and in no known list of secrets.')]
  return [
    problem(
      'secret',
      `${fault}.`,
      `Create another secret (${commandLine('signing-key create <api key>')}), switch to it, then retire this one.`,
    ),
  ]
}
