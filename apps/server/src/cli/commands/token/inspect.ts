import { inspectToken } from '@stagedoor/access-token'
import { formatDuration } from '../../../format-duration.ts'
import { readToken } from '../../input/read-token.ts'
import { CliError, dateOf, print } from '../../output/print.ts'

const DATES = ['iat', 'nbf', 'exp']

export async function showToken(argument: string | undefined, { json }: { readonly json: boolean }): Promise<void> {
  const inspection = inspectToken(await readToken(argument))
  if (!inspection.ok) throw new CliError(inspection.reason)
  const { header, payload } = inspection
  print(json, { header, payload }, () => [
    'Not verified. Anyone could have written this.',
    '',
    'Header',
    ...Object.entries(header).map(([name, value]) => `  ${name}  ${JSON.stringify(value)}`),
    'Payload',
    ...Object.entries(payload).map(([name, value]) => `  ${name}  ${describeClaim(name, value)}`),
  ])
}

function describeClaim(name: string, value: unknown): string {
  const text = JSON.stringify(value)
  if (typeof value !== 'number' || !DATES.includes(name)) return text
  const ahead = value - Date.now() / 1000
  return `${text}  ${dateOf(value)}, ${ahead > 0 ? `in ${formatDuration(ahead)}` : `${formatDuration(ahead)} ago`}`
}
