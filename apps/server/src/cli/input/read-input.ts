import { createReadStream } from 'node:fs'
import process from 'node:process'
import { CliError } from '../output/print.ts'

const MAX_INPUT_BYTES = 64 * 1024

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  ENOTDIR: 'there is no such file',
  EISDIR: 'it is a directory',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
}

/**
 * Reads a text from a file or, if that is `-` or missing, from standard input. Never from a command-line argument: other users of
 * the machine can read those. One trailing line end is removed.
 *
 * @param what the name of the text, for the error.
 */
export async function readInput(file: string | undefined, what: string): Promise<string> {
  const fromInput = file === undefined || file === '-'
  if (fromInput && process.stdin.isTTY)
    throw new CliError(`Pipe ${what} to standard input, or name a file that contains it`)
  const cannotRead = (reason: string) =>
    new CliError(`Cannot read ${what} from ${fromInput ? 'standard input' : file}: ${reason}`)
  const bytes = await readBounded(fromInput ? process.stdin : createReadStream(file), cannotRead)
  const text = decode(bytes, cannotRead).replace(/\r?\n$/, '')
  if (text === '') throw cannotRead('it is empty')
  return text
}

async function readBounded(stream: NodeJS.ReadableStream, cannotRead: (reason: string) => CliError): Promise<Buffer> {
  const chunks: Buffer[] = []
  let length = 0
  try {
    for await (const chunk of stream) {
      chunks.push(Buffer.from(chunk))
      length += chunk.length
      if (length > MAX_INPUT_BYTES) break
    }
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException
    throw cannotRead(REASONS[code] ?? message)
  }
  if (length > MAX_INPUT_BYTES) throw cannotRead(`it is larger than ${MAX_INPUT_BYTES / 1024} KiB`)
  return Buffer.concat(chunks)
}

function decode(bytes: Buffer, cannotRead: (reason: string) => CliError): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    throw cannotRead('it is not UTF-8 text')
  }
}
