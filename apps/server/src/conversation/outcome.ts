import type { FailureCode, RefusalCode } from '@stagedoor/protocol'

/** Why a session's request is not carried out: it may not, or it cannot. */
export interface Denial {
  readonly ok: false
  readonly code: RefusalCode | FailureCode
}

export type Outcome<T> = { readonly ok: true; readonly value: T } | Denial

export function granted<T>(value: T): Outcome<T> {
  return { ok: true, value }
}

export function denied(code: Denial['code']): Denial {
  return { ok: false, code }
}
