import { judgeSecret } from '../api-key/judge-secret.ts'
import { commandLine } from '../command-line.ts'
import { type Finding, ill, well } from './finding.ts'

/** Whether a secret is hard to guess. It is looked at on this machine, and goes nowhere. */
export function lookAtSecret(secret: string): readonly Finding[] {
  const fault = judgeSecret(secret, 'HS256')
  if (fault === undefined) return [well('secret', 'The secret is long enough, and in no list that we know.')]
  return [
    ill(
      'secret',
      `${fault}.`,
      `Create another secret (${commandLine('signing-key create <api key>')}), switch to it, then retire this one.`,
    ),
  ]
}
