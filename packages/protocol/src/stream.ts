import { z } from 'zod'
import { mediaStreamIdSchema, sessionIdSchema, streamIdSchema } from './names.ts'

/** What a session says of a stream that it publishes. */
export const streamDescriptionSchema = z
  .object({
    /** The id that the publisher's browser gave the MediaStream; it comes with the tracks (`msid`, RFC 8830). */
    mediaStreamId: mediaStreamIdSchema,
    audio: z.boolean(),
    video: z.boolean(),
    /** Whether the video is a screen rather than a camera. */
    screen: z.boolean(),
    audioMuted: z.boolean().default(false),
    videoMuted: z.boolean().default(false),
  })
  .refine(({ audio, video }) => audio || video, 'a stream has audio, video or both')
/**
 * A stream as the session that publishes it describes it.
 * @useDeclaredType
 */
export type StreamDescription = Readonly<z.infer<typeof streamDescriptionSchema>>

/** A stream that is published in a conversation. */
export const streamInfoSchema = z.object({
  streamId: streamIdSchema,
  /** Whose it is. */
  sessionId: sessionIdSchema,
  mediaStreamId: mediaStreamIdSchema,
  audio: z.boolean(),
  video: z.boolean(),
  screen: z.boolean(),
  audioMuted: z.boolean(),
  videoMuted: z.boolean(),
})
/**
 * A stream as the other members of the conversation see it.
 * @useDeclaredType
 */
export type StreamInfo = Readonly<z.infer<typeof streamInfoSchema>>
