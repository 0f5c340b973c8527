import type { Admin } from '@stagedoor/admin'
import type { Question } from '../../dry-run/dry-run.ts'
import { CliError } from '../output/print.ts'
import type { Explained } from '../platform-client.ts'
import { dropNulls } from './drop-nulls.ts'
import { sendable } from './sendable.ts'

/** Asks the platform, under the API key of the question. */
export async function explainRemote(
  admin: Admin,
  { apiKey, id, token, origin, conversation, publish }: Question,
): Promise<Explained> {
  if (apiKey === '') throw new CliError('The token names no API key. Name it: --key <api-key>')
  if (id === '') throw new CliError('The token names no user id. Name it: --user <id>')
  const body = sendable({ id, token, origin, conversation, publish })
  const answer = await admin.post('/api/v1/keys/{key}/explain', { params: { path: { key: apiKey } }, body })
  return { answer: dropNulls(answer), answeredBy: 'server' }
}
