/**
 * Waits for something no longer than a number of seconds. What comes of it later is dropped, a rejection too.
 *
 * @throws {Error} if it takes longer, and what it throws itself.
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
