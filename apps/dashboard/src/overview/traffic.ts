import type { components } from '@stagedoor/admin'

export type Traffic = components['schemas']['Traffic']

/** The sums of a period. */
export interface Sums {
  readonly admitted: number
  readonly refused: number
  readonly peakSessions: number
  /** The reasons, the most frequent first. */
  readonly reasons: readonly { readonly code: string; readonly count: number }[]
}

export function sumOf(steps: Traffic['steps']): Sums {
  const reasons = new Map<string, number>()
  let [admitted, refused, peakSessions] = [0, 0, 0]
  for (const step of steps) {
    admitted += step.admitted
    refused += step.refused
    peakSessions = Math.max(peakSessions, step.peakSessions)
    for (const [code, count] of Object.entries(step.refusals)) reasons.set(code, (reasons.get(code) ?? 0) + count)
  }
  const ranked = [...reasons].map(([code, count]) => ({ code, count }))
  ranked.sort((one, other) => other.count - one.count || (one.code < other.code ? -1 : 1))
  return { admitted, refused, peakSessions, reasons: ranked }
}

/** Returns a number with its unit: "1 session", "1,200 sessions". */
export function countOf(count: number, unit: string): string {
  return `${count.toLocaleString('en')} ${unit}${count === 1 ? '' : 's'}`
}

/** Returns a share in percent: "12%", "less than 1%". */
export function shareOf(part: number, all: number): string {
  if (part === 0 || all === 0) return '0%'
  const percent = Math.round((100 * part) / all)
  return percent === 0 ? 'less than 1%' : `${percent}%`
}
