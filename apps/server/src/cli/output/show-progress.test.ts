import { expect, it } from 'vitest'
import { PROGRESS_INTERVAL_MS, showProgress } from './show-progress.ts'

it('prints the progress of a long copy, and nothing for a short one', () => {
  let now = 0
  const lines: string[] = []
  const onProgress = showProgress(
    'Backup',
    () => now,
    (line) => lines.push(line),
  )
  now = PROGRESS_INTERVAL_MS - 1
  onProgress(1_000_000, 40_000_000)
  expect(lines).toEqual([])
  now = PROGRESS_INTERVAL_MS
  onProgress(10_000_000, 40_000_000)
  onProgress(11_000_000, 40_000_000)
  expect(lines).toEqual(['Backup: 25 % of 40.0 MB\n'])
})
