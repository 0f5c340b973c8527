import { columns } from './print.ts'

interface Line {
  readonly check: string
  readonly outcome: 'passed' | 'failed' | 'not reached'
  readonly message?: string | undefined
}

const MARKS = { passed: '✓', failed: '✗', 'not reached': '·' } as const

/** Formats checks for people: one per line, marked with its outcome. */
export function checkLines(checks: readonly Line[]): string[] {
  return columns(
    checks.map(({ check, outcome, message }) => [
      MARKS[outcome],
      check,
      message ?? (outcome === 'passed' ? '' : outcome),
    ]),
  )
}
