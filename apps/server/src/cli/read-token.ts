import process from 'node:process'
import { MAX_TOKEN_LENGTH } from '@stagedoor/access-token'
import { CliError } from './output.ts'

/** The token that a command is about: its argument, or standard input where that is `-` or absent. */
export async function readToken(argument: string | undefined): Promise<string> {
  if (argument !== undefined && argument !== '-') return argument
  if (process.stdin.isTTY) throw new CliError('Give a token, as an argument or on standard input')
  let text = ''
  for await (const chunk of process.stdin) {
    text += chunk
    // What is longer is refused by its length; there is no need to read it all.
    if (text.length > 2 * MAX_TOKEN_LENGTH) break
  }
  const token = text.trim()
  if (token === '') throw new CliError('Standard input holds no token')
  return token
}
