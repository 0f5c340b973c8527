import { connect } from 'node:net'
import process from 'node:process'
import { onTestFinished } from 'vitest'

/** How a client leaves: it waits for the response, closes, resets the connection, or stays silent until the server times out. */
export type Leaving = 'waits' | 'closes' | 'resets'

const PATIENCE_MS = 2_000

/**
 * Sends bytes over a new connection. Resolves to the received bytes once the connection is closed. Never rejects.
 *
 * @param until what the client waits for before it leaves.
 */
export function sendRaw(
  url: string,
  bytes: string,
  leaving: Leaving = 'waits',
  until: Promise<unknown> = Promise.resolve(),
): Promise<string> {
  return new Promise((resolve) => {
    let answer = ''
    const socket = connect(Number(new URL(url).port), '127.0.0.1', () => {
      socket.write(bytes, 'latin1', async () => {
        await until
        if (leaving === 'closes') socket.end()
        if (leaving === 'resets') socket.resetAndDestroy()
      })
    })
    socket.setTimeout(PATIENCE_MS, () => socket.destroy())
    socket.setEncoding('latin1')
    socket.on('data', (chunk: string) => {
      answer += chunk
    })
    socket.on('error', () => {})
    socket.on('close', () => resolve(answer))
  })
}

/** The status code of a response, if the text is one. */
export function statusOf(answer: string): number {
  return Number(/^HTTP\/1\.1 (\d{3}) /.exec(answer)?.[1])
}

/** Collects, until the test ends, all errors that would end a Node.js process without listeners. */
export function watchForFaults(): { readonly faults: unknown[]; settle(): Promise<void> } {
  const faults: unknown[] = []
  const note = (fault: unknown) => void faults.push(fault)
  for (const event of ['unhandledRejection', 'uncaughtException']) process.on(event, note)
  onTestFinished(() => {
    for (const event of ['unhandledRejection', 'uncaughtException']) process.off(event, note)
  })
  return {
    faults,
    // Rejections are reported once the microtasks are done.
    settle: () => new Promise((resolve) => setImmediate(() => setImmediate(resolve))),
  }
}
