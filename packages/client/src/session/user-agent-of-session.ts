import type { CaptureOptions } from '../media/capture.ts'
import type { UserMediaDevices } from '../media/devices.ts'
import type { Stream } from '../media/stream.ts'

/** A user agent as its session knows it. */
export interface UserAgentOfSession<Session> {
  isRegistered(): boolean
  getCurrentSession(): Session | undefined
  unregister(): Promise<void>
  createStream(options?: CaptureOptions): Promise<Stream>
  createStreamFromMediaStream(mediaStream: MediaStream): Stream
  getUserMediaDevices(): Promise<UserMediaDevices>
  /** @internal An id for a message, which no other message of this client has. */
  createMessageId(): string
}
