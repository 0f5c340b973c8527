/** How many sockets are closed at one go, before others have their turn. */
const BATCH = 128

const waiting: (() => void)[] = []

/**
 * Closes a socket soon, in its turn. To close one costs several times what it costs to end its session, so a great many at
 * once would keep everybody else waiting; the sessions have ended by then.
 */
export function hangUp(close: () => void): void {
  if (waiting.push(close) === 1) setImmediate(takeTurns)
}

function takeTurns(): void {
  for (const close of waiting.splice(0, BATCH)) close()
  if (waiting.length > 0) setImmediate(takeTurns)
}
