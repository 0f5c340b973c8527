/**
 * Waits for a promise, up to a number of seconds. A later result or rejection is ignored.
 *
 * @throws {Error} if it takes longer, and the error of the promise.
 */
export async function within<T>(seconds: number, what: string, ask: () => Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what} took more than ${seconds} seconds`)), seconds * 1_000)
  })
  try {
    return await Promise.race([ask(), late])
  } finally {
    clearTimeout(timer)
  }
}
