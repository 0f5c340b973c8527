import type { CaptureKind } from './device-kind.ts'

/** Why there is no camera or microphone. */
export type MediaProblem = 'insecure' | 'denied' | 'missing' | 'busy' | 'failed'

/** Returns the reason for a rejection of `getUserMedia`. */
export function readProblem(error: unknown): MediaProblem {
  const name = error instanceof Error ? error.name : ''
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'denied'
  if (name === 'NotFoundError' || name === 'OverconstrainedError') return 'missing'
  return name === 'NotReadableError' ? 'busy' : 'failed'
}

/** Returns sentences on what is wrong and what to do; an empty string if nothing is. */
export function explainProblems(problems: Readonly<Partial<Record<CaptureKind, MediaProblem>>>): string {
  const { camera, microphone } = problems
  if (camera === undefined && microphone === undefined) return ''
  if (camera === microphone && camera !== undefined) return EXPLAIN[camera]('camera or microphone', 'them')
  return [
    camera === undefined ? '' : EXPLAIN[camera]('camera', 'it'),
    microphone === undefined ? '' : EXPLAIN[microphone]('microphone', 'it'),
  ]
    .filter((sentence) => sentence !== '')
    .join(' ')
}

const EXPLAIN: Readonly<Record<MediaProblem, (what: string, it: string) => string>> = {
  insecure: (what, it) =>
    `Browsers give access to a ${what} only to pages served over HTTPS or from localhost. You can join without ${it}.`,
  denied: (what, it) =>
    `The browser blocked access to your ${what}. Allow it in the site settings next to the address, or join without ${it}.`,
  missing: (what, it) => `No ${what} found. Connect one, or join without ${it}.`,
  busy: (what, it) =>
    `Your ${what} couldn’t be started. Close other applications that use ${it}, or join without ${it}.`,
  failed: (what, it) => `Your ${what} couldn’t be started. You can join without ${it}.`,
}
