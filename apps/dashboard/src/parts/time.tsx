import { Tooltip } from '@mantine/core'
import { type ReactNode, useEffect, useState } from 'react'
import { inWords } from './in-words.ts'

const TICK_MS = 10_000

/** Returns the current time in seconds since 1970, updated every ten seconds. */
export function useNow(): number {
  const [now, setNow] = useState(() => Date.now() / 1_000)
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now() / 1_000), TICK_MS)
    return () => clearInterval(timer)
  }, [])
  return now
}

/**
 * A relative time, with the exact one on hover.
 *
 * @param at seconds since 1970.
 */
export function Time({ at }: { readonly at: number }): ReactNode {
  const now = useNow()
  const date = new Date(at * 1_000)
  return (
    <Tooltip label={date.toLocaleString()}>
      <time dateTime={date.toISOString()} style={{ whiteSpace: 'nowrap' }}>
        {inWords(at - now)}
      </time>
    </Tooltip>
  )
}
