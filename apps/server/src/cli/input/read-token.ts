import process from 'node:process'
import { MAX_TOKEN_LENGTH } from '@stagedoor/access-token'
import { CliError } from '../output/print.ts'

/** Reads a token from the argument or, if that is `-` or missing, from standard input. */
export async function readToken(argument: string | undefined): Promise<string> {
  if (argument !== undefined && argument !== '-') return argument
  if (process.stdin.isTTY) throw new CliError('Expected an access token, as an argument or on standard input')
  let text = ''
  for await (const chunk of process.stdin) {
    text += chunk
    // A longer text is refused for its length, so the rest need not be read.
    if (text.length > 2 * MAX_TOKEN_LENGTH) break
  }
  const token = text.trim()
  if (token === '') throw new CliError('Standard input is empty. Expected an access token')
  return token
}
