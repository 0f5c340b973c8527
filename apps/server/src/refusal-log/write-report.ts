import { Buffer } from 'node:buffer'
import type { RefusalCode } from '@stagedoor/protocol'
import type { Refusal } from '../admission/refusal.ts'
import type { RegistrationRequest } from '../admission/registration-request.ts'
import type { RefusalReport } from './report.ts'

/** The most that is kept of each untrusted text, in characters. */
export const MAX_WRITTEN_LENGTH = 256

/** The client info of an attempt. */
export interface ClientInfo {
  readonly address: string | undefined
  readonly origin: string | undefined
  readonly userAgent: string | undefined
}

export interface RefusedRegistration {
  readonly refusalId: string
  /** The code that the client got. */
  readonly publicCode: RefusalCode
  readonly request: Pick<RegistrationRequest, 'apiKey' | 'id'>
  readonly refusal: Refusal
  readonly clientInfo: ClientInfo
  /** Seconds since 1970. */
  readonly at: number
}

/** Writes the report of a refusal: everything that the owner needs, without any token or secret, wherever a stranger put it. */
export function writeReport({
  refusalId,
  publicCode,
  request,
  refusal,
  clientInfo,
  at,
}: RefusedRegistration): RefusalReport {
  const { code, message, checks, clockDifferenceSeconds } = refusal
  return {
    refusalId,
    at,
    apiKey: clean(request.apiKey),
    userId: clean(request.id),
    code,
    publicCode,
    message,
    checks,
    clockDifferenceSeconds,
    isProven: checks.some(({ check, outcome }) => check === 'signature' && outcome === 'passed'),
    ...writeClientInfo(clientInfo),
  }
}

/** The client info of an attempt, refused or not, bounded and without secrets. */
export function writeClientInfo({ address, origin, userAgent }: ClientInfo): ClientInfo {
  return { address, origin: origin && clean(origin), userAgent: userAgent && clean(userAgent) }
}

// A token or a secret in place of a name is the most common mistake.
const TOKEN = /ey[JA][\w-]{8,}[.\w-]*/g
const SECRET = /secret_[\w-]{4,}/g
// A header can contain terminal control characters, and a name can contain characters that reverse the direction of text.
const CONTROLS = /[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu

/** A text as it is kept, for queries too: without terminal control characters. */
export function withoutControls(text: string): string {
  return text.replace(CONTROLS, '?')
}

function clean(text: string): string {
  const written = withoutControls(text.replace(TOKEN, '(a token)').replace(SECRET, '(a secret)'))
  // A substring is a view of the text in memory, and would keep all of it alive.
  return written.length < MAX_WRITTEN_LENGTH ? written : Buffer.from(written.slice(0, MAX_WRITTEN_LENGTH)).toString()
}
