import process from 'node:process'
import { createInterface } from 'node:readline'
import { Writable } from 'node:stream'
import { CliError } from '../output/print.ts'

/** Asks on the terminal, without showing what is typed. Throws `refusal` if nothing is answered. */
export function askHidden(question: string, refusal: string): Promise<string> {
  const output = new Writable({ write: (_chunk, _encoding, done) => done() })
  const terminal = createInterface({ input: process.stdin, output, terminal: true })
  // Only now: what is typed before the terminal is in raw mode would be shown.
  process.stderr.write(question)
  return new Promise((answer, fail) => {
    terminal.once('SIGINT', () => terminal.close())
    terminal.once('close', () => {
      process.stderr.write('\n')
      fail(new CliError(refusal))
    })
    terminal.question('', (text) => {
      answer(text)
      terminal.close()
    })
  })
}
