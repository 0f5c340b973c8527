import type { RefusalReport } from './report.ts'

let written = 0

/** A report with its own id. */
export function reportOf(rest: Partial<RefusalReport> = {}): RefusalReport {
  written++
  return {
    refusalId: `rf_${written}`,
    at: 1_000,
    apiKey: 'shop',
    userId: 'alice',
    code: 'token_expired',
    publicCode: 'token_expired',
    message: 'The token expired 95 s ago',
    checks: [{ check: 'expiry', outcome: 'failed', message: 'The token expired 95 s ago' }],
    clockDifferenceSeconds: -95,
    address: '192.0.2.7',
    origin: 'https://shop.example',
    userAgent: 'a browser',
    isProven: true,
    ...rest,
  }
}
