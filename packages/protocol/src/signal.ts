import { z } from 'zod'
import { MAX_SDP_LENGTH } from './limits.ts'

const MAX_CANDIDATE_LENGTH = 4_096

/** One step of a WebRTC negotiation between two sessions: a session description or an ICE candidate (RFC 8829). */
export const signalSchema = z.union([
  z.object({
    description: z.object({
      type: z.enum(['offer', 'answer']),
      sdp: z.string().max(MAX_SDP_LENGTH),
    }),
  }),
  z.object({
    candidate: z.object({
      // One line, whatever reads it.
      candidate: z
        .string()
        .max(MAX_CANDIDATE_LENGTH)
        .regex(/^\P{Cc}*$/u),
      sdpMid: z.string().max(64).nullish(),
      sdpMLineIndex: z.int().min(0).max(1024).nullish(),
      usernameFragment: z.string().max(256).nullish(),
    }),
  }),
])
/**
 * What two members tell each other to connect: a description, or a candidate.
 * @useDeclaredType
 */
export type Signal = Readonly<z.infer<typeof signalSchema>>
