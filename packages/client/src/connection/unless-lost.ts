import { ConnectionError } from '../errors.ts'

/** Waits for a request to end something. Where the connection is lost, that has ended too, so it is no error. */
export async function unlessLost(request: Promise<unknown>): Promise<void> {
  try {
    await request
  } catch (error) {
    if (!(error instanceof ConnectionError)) throw error
  }
}
