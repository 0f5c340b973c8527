import type { z } from 'zod'
import { isTooDeep, peekRef } from './peek-frame.ts'

export type FrameReading<T> =
  | { readonly ok: true; readonly message: T }
  | { readonly ok: false; readonly reason: string; readonly ref: number | undefined }

/** Reads a text frame as a message of a schema. The reason never holds anything that was sent. */
export function readFrame<T>(bytes: Buffer, schema: z.ZodType<T>): FrameReading<T> {
  if (isTooDeep(bytes)) return { ok: false, reason: 'The frame is nested too deep', ref: peekRef(bytes) }
  let value: unknown
  try {
    value = JSON.parse(bytes.toString())
  } catch {
    return { ok: false, reason: 'The frame is not JSON', ref: undefined }
  }
  const reading = schema.safeParse(value)
  if (reading.success) return { ok: true, message: reading.data }
  const [issue] = reading.error.issues
  const path = issue?.path.join('.') || 'message'
  return { ok: false, reason: `${path}: ${issue?.message}`, ref: refOf(value) }
}

function refOf(value: unknown): number | undefined {
  const ref = typeof value === 'object' && value !== null && 'ref' in value ? value.ref : undefined
  return Number.isSafeInteger(ref) && (ref as number) >= 0 ? (ref as number) : undefined
}
