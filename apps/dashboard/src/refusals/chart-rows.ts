import { labelOf } from '../parts/periods.ts'

interface Step {
  /** When it starts, in seconds since 1970. */
  readonly at: number
  readonly counts: Readonly<Record<string, number>>
}

interface RankedCode {
  readonly code: string
  readonly count: number
}

const OTHERS = 'others'

/** Returns the codes, the most frequent first; those beyond `most` are added up as others. */
export function rankCodes(steps: readonly Step[], most: number): readonly RankedCode[] {
  const counts = new Map<string, number>()
  for (const [code, count] of steps.flatMap((step) => Object.entries(step.counts))) {
    counts.set(code, (counts.get(code) ?? 0) + count)
  }
  const ranked = [...counts]
    .map(([code, count]) => ({ code, count }))
    .sort((one, other) => other.count - one.count || (one.code < other.code ? -1 : 1))
  const rest = ranked.slice(most).reduce((sum, { count }) => sum + count, 0)
  return rest === 0 ? ranked : [...ranked.slice(0, most), { code: OTHERS, count: rest }]
}

/** Returns a row of the chart for each step: its time, and a count for each code. */
export function rowsOf(
  steps: readonly Step[],
  ranked: readonly RankedCode[],
  step: number,
): readonly Record<string, string | number>[] {
  const named = new Set(ranked.map(({ code }) => code))
  return steps.map(({ at, counts }) => {
    const row: Record<string, string | number> = { time: labelOf(at, step) }
    for (const [code, count] of Object.entries(counts)) {
      const name = named.has(code) ? code : OTHERS
      row[name] = Number(row[name] ?? 0) + count
    }
    return row
  })
}
