import type { Admin } from '@stagedoor/admin'
import type { Question } from '../../dry-run/dry-run.ts'
import { CliError } from '../output.ts'
import type { Explained } from '../platform-client.ts'
import { dropNulls } from './drop-nulls.ts'
import { sendable } from './sendable.ts'

/** The platform answers, under the API key that is asked about. */
export async function explainRemote(
  admin: Admin,
  { apiKey, id, token, origin, conversation, publish }: Question,
): Promise<Explained> {
  if (apiKey === '') throw new CliError('The token does not say whose it is: say with --key under which API key to ask')
  if (id === '') throw new CliError('The token does not say for whom it is: say with --user which user id registers')
  const body = sendable({ id, token, origin, conversation, publish })
  const answer = await admin.post('/api/v1/keys/{key}/explain', { params: { path: { key: apiKey } }, body })
  return { answer: dropNulls(answer), answeredBy: 'server' }
}
