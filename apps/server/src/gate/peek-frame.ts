import { MAX_FRAME_DEPTH } from '@stagedoor/protocol'
import type { RawData } from 'ws'

/** How much of each end of a frame is looked at that is not parsed, in bytes. */
const PEEKED_BYTES = 256

const [QUOTE, BACKSLASH, OPENS_ARRAY, CLOSES_ARRAY, OPENS_OBJECT, CLOSES_OBJECT] = Buffer.from('"\\[]{}')

/** The bytes of a text frame: the gate's sockets hand out buffers. */
export function bytesOf(data: RawData): Buffer {
  return data as Buffer
}

/**
 * Whether arrays and objects are nested deeper than {@link MAX_FRAME_DEPTH}, told by one pass over the bytes: what walks a value
 * later may do so by recursion.
 */
export function isTooDeep(bytes: Uint8Array): boolean {
  let depth = 0
  let isString = false
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] as number
    if (isString) {
      if (byte === BACKSLASH) at++
      else if (byte === QUOTE) isString = false
    } else if (byte === QUOTE) {
      isString = true
    } else if (byte === OPENS_ARRAY || byte === OPENS_OBJECT) {
      if (++depth > MAX_FRAME_DEPTH) return true
    } else if (byte === CLOSES_ARRAY || byte === CLOSES_OBJECT) {
      depth--
    }
  }
  return false
}

/** The `ref` of a frame that is not parsed, where it stands near one of its ends. */
export function peekRef(bytes: Buffer): number | undefined {
  const [, ref] = /"ref"\s*:\s*(\d{1,15})\s*[,}]/.exec(endsOf(bytes)) ?? []
  return ref === undefined ? undefined : Number(ref)
}

/** Whether a frame that is not parsed says near one of its ends that it is a renewal. */
export function peekRenewal(bytes: Buffer): boolean {
  return /"type"\s*:\s*"renew"/.test(endsOf(bytes))
}

/** Whether a frame that is not parsed begins as a `signal` does. */
export function isSignal(bytes: Buffer): boolean {
  return /^\s*\{\s*"type"\s*:\s*"signal"\s*,/.test(bytes.toString('latin1', 0, PEEKED_BYTES))
}

function endsOf(bytes: Buffer): string {
  if (bytes.length <= 2 * PEEKED_BYTES) return bytes.toString('latin1')
  return `${bytes.toString('latin1', 0, PEEKED_BYTES)}\n${bytes.toString('latin1', bytes.length - PEEKED_BYTES)}`
}
