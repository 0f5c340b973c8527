import { Bucket, type Rate } from '../rate-limit/bucket.ts'

/** How much a session may send at once: so many seconds' worth. */
export const BURST_SECONDS = 10
/** How many renewals a session may ask for a second: enough for tokens that live for a second. */
export const RENEWALS_PER_SECOND = 2
/** What a session may send, in bytes of frames. Enough for descriptions and candidates for a full conversation at once. */
export const FRAME_BYTES: Rate = { perSecond: 1024 * 1024, burst: 4 * 1024 * 1024 }
/** What a session may have sent to each of the others in its conversations, in bytes. */
export const SAID_BYTES: Rate = { perSecond: 256 * 1024, burst: 384 * 1024 }
/** What a session may have sent to others, in bytes times receivers. */
export const FANNED_OUT_BYTES: Rate = { perSecond: 16 * 1024 * 1024, burst: 32 * 1024 * 1024 }
/** How many frames beyond its limits a session may send before it is closed, whatever its limits are. */
export const LEAST_OFFENCES: Rate = { perSecond: 20, burst: 200 }
/** The same as a part of its rate of frames, where that is more. */
export const OFFENCES_PER_FRAME = 0.2

const RENEWALS: Rate = { perSecond: RENEWALS_PER_SECOND, burst: RENEWALS_PER_SECOND * BURST_SECONDS }

/** How much one session has sent recently. Each method returns the seconds until it may send more, 0 if it may now. */
export class Pace {
  // Most sessions never do most of this.
  readonly #frames = new Bucket()
  readonly #bytes = new Bucket()
  #renewals: Bucket | undefined
  #offences: Bucket | undefined
  #said: Bucket | undefined
  #fannedOut: Bucket | undefined
  #owedBytes = 0
  #owedFannedOut = 0

  /** Counts a frame, before anything of it is parsed. */
  countFrame(perSecond: number, bytes: number, now: number): number {
    const frames = { perSecond, burst: perSecond * BURST_SECONDS }
    const wait = Math.max(this.#frames.wait(frames, now), this.#bytes.wait(FRAME_BYTES, now, bytes))
    if (wait > 0) return wait
    this.#frames.take(frames, now)
    return this.#bytes.take(FRAME_BYTES, now, bytes)
  }

  /** The same for a renewal, which is counted separately, so a session that sends too much can still renew. */
  countRenewal(now: number): number {
    this.#renewals ??= new Bucket()
    return this.#renewals.take(RENEWALS, now)
  }

  /** Counts a frame that was refused unread. */
  countOffence(perSecond: number, now: number): number {
    this.#offences ??= new Bucket()
    const rate = {
      perSecond: Math.max(LEAST_OFFENCES.perSecond, perSecond * OFFENCES_PER_FRAME),
      burst: Math.max(LEAST_OFFENCES.burst, perSecond * BURST_SECONDS * OFFENCES_PER_FRAME),
    }
    return this.#offences.take(rate, now)
  }

  /** Notes what was sent to others for it. It counts from {@link settle} on. */
  owe(bytes: number, receivers: number): void {
    this.#owedBytes += bytes
    this.#owedFannedOut += bytes * receivers
  }

  /** Counts what it owes. Answers how much was sent to each of the others, in bytes. */
  settle(now: number): number {
    const bytes = this.#owedBytes
    if (bytes === 0) return 0
    this.#said ??= new Bucket()
    this.#fannedOut ??= new Bucket()
    this.#said.charge(SAID_BYTES, now, bytes)
    this.#fannedOut.charge(FANNED_OUT_BYTES, now, this.#owedFannedOut)
    this.#owedBytes = 0
    this.#owedFannedOut = 0
    return bytes
  }

  /** Which share it has used up of what it may have sent to each of the others: 0 for nothing, 1 for all. */
  shareSaid(now: number): number {
    const missing = (this.#said?.wait(SAID_BYTES, now, SAID_BYTES.burst) ?? 0) * SAID_BYTES.perSecond
    return Math.min(1, missing / SAID_BYTES.burst)
  }

  /** How long until it may have something sent to others again, in seconds. */
  waitToSay(now: number): number {
    const said = this.#said?.wait(SAID_BYTES, now, 0) ?? 0
    return Math.max(said, this.#fannedOut?.wait(FANNED_OUT_BYTES, now, 0) ?? 0)
  }
}
