/** After how long without a word of the gate it is asked for one, in milliseconds. */
export const SILENCE_MS = 30_000
/** How long the gate may take to answer such a question, in milliseconds. */
export const PROBE_TIMEOUT_MS = 8_000
const TICK_MS = 5_000
/** If a tick is later than that, the machine was asleep or its clock was set, in milliseconds. */
const JUMP_MS = 15_000

export interface Liveness {
  /** When the gate was last heard, in milliseconds since 1970. */
  readonly heardAt: () => number
  /** Asks the gate for a sign of life. */
  readonly ask: () => void
  /** Gives the connection up. */
  readonly lose: () => void
}

/**
 * Looks after a connection: asks the gate for a sign of life after a silence, and at once when the network changes, the page is shown
 * again or the machine has slept. Gives the connection up if nothing is heard then. Returns how to stop.
 */
export function watchLiveness({ heardAt, ask, lose }: Liveness): () => void {
  let askedAt: number | undefined
  let probing: ReturnType<typeof setTimeout> | undefined
  let tickedAt = Date.now()

  const probe = () => {
    if (askedAt !== undefined) return
    askedAt = Date.now()
    const heardBefore = heardAt()
    ask()
    probing = setTimeout(() => {
      askedAt = undefined
      if (heardAt() === heardBefore) lose()
    }, PROBE_TIMEOUT_MS)
  }

  const ticking = setInterval(() => {
    const now = Date.now()
    const isJump = now < tickedAt || now - tickedAt > TICK_MS + JUMP_MS
    tickedAt = now
    if (isJump || now - heardAt() > SILENCE_MS) probe()
  }, TICK_MS)
  const unlisten = onWake(probe)

  return () => {
    clearInterval(ticking)
    clearTimeout(probing)
    unlisten()
  }
}

/** Calls `wake` when the network changes or the page is shown again. Returns how to stop. */
export function onWake(wake: () => void): () => void {
  const page = globalThis.document as Document | undefined
  const onVisible = () => {
    if (page?.visibilityState === 'visible') wake()
  }
  const events = ['online', 'offline', 'pageshow'] as const
  for (const event of events) globalThis.addEventListener?.(event, wake)
  page?.addEventListener('visibilitychange', onVisible)
  return () => {
    for (const event of events) globalThis.removeEventListener?.(event, wake)
    page?.removeEventListener('visibilitychange', onVisible)
  }
}
