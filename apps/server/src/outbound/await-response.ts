import type { ClientRequest, IncomingMessage } from 'node:http'

/** The error code if a response, or its body, did not arrive in time. */
export const DEADLINE_PASSED = 'EDEADLINE'
/** The error code if a response switches protocols (`101`), which was not requested. */
export const PROTOCOL_SWITCHED = 'EPROTOCOLSWITCHED'

export interface AwaitOptions {
  /** The limit for the response and its whole body, in seconds; beyond it, both are destroyed. */
  readonly deadlineSeconds: number
  /** Destroys both when it aborts. */
  readonly signal?: AbortSignal | undefined
}

/**
 * Waits for the response to a request, and settles whatever the peer does: a response, a protocol switch, endless interim responses, a
 * reset, a close, silence. The caller must read or destroy the body; at the deadline, it fails.
 *
 * @throws {Error} with the `code` of the system, {@link DEADLINE_PASSED}, {@link PROTOCOL_SWITCHED} or `ABORT_ERR`.
 */
export function awaitResponse(
  request: ClientRequest,
  { deadlineSeconds, signal }: AwaitOptions,
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    let answer: IncomingMessage | undefined
    const end = (error: Error): void => {
      reject(error)
      answer?.destroy(error)
      request.destroy(error)
    }
    const onAbort = (): void => end(coded('The request was aborted', 'ABORT_ERR'))
    const timer = setTimeout(
      () => end(coded(`No answer within ${deadlineSeconds} s`, DEADLINE_PASSED)),
      deadlineSeconds * 1_000,
    )
    const release = (): void => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', onAbort)
    }
    request.on('response', (response) => {
      answer = response
      // The reader of the body gets it too. Without a reader, it must not become an uncaught exception.
      response.on('error', () => {})
      response.once('close', release)
      resolve(response)
    })
    // From here on, the request no longer controls its socket.
    request.on('upgrade', (_response, socket) => {
      socket.on('error', () => {}).destroy()
      end(coded('The answer switches protocols', PROTOCOL_SWITCHED))
    })
    request.on('error', reject)
    request.on('close', () => {
      if (answer !== undefined) return
      release()
      reject(coded('The connection was closed without an answer', 'ECONNRESET'))
    })
    signal?.addEventListener('abort', onAbort)
    if (signal?.aborted) onAbort()
  })
}

function coded(message: string, code: string): Error {
  return Object.assign(new Error(message), { code })
}
