import { interleave, sumUp } from './interleave.mjs'

const OURS = 'ours'

/**
 * Runs one row of the bench. A row is made ready by a function, sync or not, that answers either
 *
 * - `{ name, contestants, bars }`: operations by the name of who does them, `ours` among them, and by the name of a peer
 *   the least ratio of our speed to its speed that is to be held; or
 * - `{ name, run }`: an async function of `{ rounds }` that measures for itself and answers
 *   `{ unit, medians, ratios, bars }`, for what no loop can measure. There `bars` may hold `{ atMost }` too.
 */
export async function runRow(makeReady, { rounds }) {
  const row = await makeReady()
  const measured = row.run === undefined ? await measure(row, rounds) : await row.run({ rounds })
  const { unit, medians, ratios, bars } = measured
  return { name: row.name, unit, medians, ratios, bars: judge(ratios, bars) }
}

async function measure({ contestants, bars }, rounds) {
  return { unit: 'per second', ...sumUp(await interleave(contestants, { rounds }), OURS), bars }
}

/** Judges ratios by bars: a number is the least that is to be held, `{ atMost }` the most. */
export function judge(ratios, bars) {
  return Object.fromEntries(
    Object.entries(bars).map(([peer, bar]) => {
      const { atLeast, atMost } = typeof bar === 'number' ? { atLeast: bar } : bar
      const ratio = ratios[peer]
      const isHeld = (atLeast === undefined || ratio >= atLeast) && (atMost === undefined || ratio <= atMost)
      return [
        peer,
        { ...(atLeast !== undefined && { atLeast }), ...(atMost !== undefined && { atMost }), held: isHeld },
      ]
    }),
  )
}
