import { createReadStream } from 'node:fs'
import process from 'node:process'
import { CliError } from './output.ts'

const MAX_INPUT_BYTES = 64 * 1024

/**
 * Reads a text from a file or, where that is `-` or absent, from standard input: never from the command line, which other
 * users of a machine can read. One line end behind it is no part of it.
 *
 * @param what names it in the error.
 */
export async function readInput(file: string | undefined, what: string): Promise<string> {
  const fromInput = file === undefined || file === '-'
  if (fromInput && process.stdin.isTTY) throw new CliError(`Give ${what} on standard input, or name the file it is in`)
  const bytes = await readBounded(fromInput ? process.stdin : createReadStream(file), what)
  const text = decode(bytes, what).replace(/\r?\n$/, '')
  if (text !== '') return text
  throw new CliError(`${fromInput ? 'Standard input' : file} is empty; there should be ${what}`)
}

async function readBounded(stream: NodeJS.ReadableStream, what: string): Promise<Buffer> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of stream) {
    chunks.push(Buffer.from(chunk))
    length += chunk.length
    if (length > MAX_INPUT_BYTES) throw new CliError(`This is more than ${MAX_INPUT_BYTES} bytes, and so not ${what}`)
  }
  return Buffer.concat(chunks)
}

function decode(bytes: Buffer, what: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    throw new CliError(`This is not text in UTF-8, and so not ${what}`)
  }
}
