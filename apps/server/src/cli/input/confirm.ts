import process from 'node:process'
import { createInterface } from 'node:readline/promises'
import { Option } from 'commander'
import { CliError } from '../output/print.ts'

/** Skips the confirmation of a destructive command. */
export const yesOption = (): Option => new Option('--yes', 'do not ask for confirmation').default(false)

interface Terminal {
  readonly input: NodeJS.ReadStream
  readonly output: NodeJS.WriteStream
}

/**
 * Asks for confirmation on a terminal. Throws if the answer is not yes, or if there is no terminal and `--yes` was not given.
 *
 * @param describe what the command would do, as sentences. Only called if they are shown.
 * @param options.url the address of the platform, if it is a remote one.
 */
export async function confirm(
  describe: () => string | Promise<string>,
  { yes, url }: { readonly yes: boolean; readonly url?: string },
  { input, output }: Terminal = { input: process.stdin, output: process.stderr },
): Promise<void> {
  if (yes) return
  const consequence = await describe()
  if (!input.isTTY || !output.isTTY) throw new CliError(`${consequence} To confirm, add --yes`)
  const terminal = createInterface({ input, output })
  // Ctrl-C and Ctrl-D close the terminal without an answer.
  const closed = new Promise<string>((answer) => terminal.once('close', () => answer('')))
  const answer = await Promise.race([
    terminal.question(`${consequence}\nContinue${url === undefined ? '' : ` on ${url}`}? [y/N] `),
    closed,
  ])
  terminal.close()
  if (!/^y(es)?$/i.test(answer.trim())) throw new CliError('Canceled. Nothing was changed')
}
