import type { FastifyRequest } from 'fastify'
import { may } from '../../../account/caller.ts'
import { DomainError, requireApiKey } from '../../../api-key/change-context.ts'
import type { Batch } from '../../../operations/live-feed.ts'
import { StoreDownError } from '../../../store-down.ts'
import type { ApiContext } from '../http/api-context.ts'
import { callerOf, letIn } from '../http/guard.ts'
import { ProblemError } from '../http/problem-error.ts'
import { type Api, PROBLEM } from '../http/route.ts'
import { countLive, liveEventsSchema, writeBatch, writeEvent } from '../schemas/live-shapes.ts'
import { keyParamsSchema } from '../schemas/shapes.ts'
import { LiveStreams } from './live-streams.ts'

/** How often a reader gets a comment as a heartbeat, and its permission is checked again, in seconds. */
export const HEARTBEAT_SECONDS = 15
// How soon a browser reconnects when the stream is cut off, in milliseconds.
const COME_BACK_MS = 2_000
const GUARD = 'sessions:read'
const SIGN_OF_LIFE = ': still here\n\n'

const DESCRIPTION = `Server-sent events (\`EventSource\`): each has a name and JSON as its data, by the fields of \`LiveEvents\`. \`hello\` is the
first. Changes are gathered for a quarter of a second. A session may be told of that was in the list already: each is told of
whole, by its id. After \`hello\` and after \`resync\`, read the lists. The stream ends with the right to read it.`

/** A stream of the changes of an API key's live sessions and conversations. */
export function serveLive(api: Api, context: ApiContext): void {
  const { operations } = context
  const streams = new LiveStreams()
  api.addHook('preClose', async () => streams.close())

  // All readers of an API key get the same bytes, so they are serialized once.
  const written = new WeakMap<Batch, Buffer>()
  function write(apiKey: string, beat: Batch): Buffer {
    const bytes = written.get(beat) ?? Buffer.from(writeBatch(operations, apiKey, beat))
    written.set(beat, bytes)
    return bytes
  }

  api.get(
    '/keys/:key/live',
    {
      config: { guard: GUARD },
      schema: {
        tags: ['Live'],
        summary: 'Stream sessions, conversations and refusals as they happen',
        description: DESCRIPTION,
        params: keyParamsSchema,
        response: {
          200: {
            description: 'The data of each event, by its name.',
            content: { 'text/event-stream': { schema: liveEventsSchema } },
          },
          default: PROBLEM,
        },
      },
    },
    async (request, reply) => {
      const { key } = request.params
      await requireApiKey(context.store, key)
      reply.header('cache-control', 'no-store').header('x-accel-buffering', 'no').type('text/event-stream')
      // HEAD gets the head of the response (RFC 9110 section 9.3.2): a stream that nobody reads would never end.
      if (request.method === 'HEAD') return reply.send(undefined as never)
      let caller = callerOf(request)
      const stream = streams.open(caller.account.accountId, reply.raw, () => {
        unfollow()
        stopHeartbeat()
      })
      const unfollow = operations.live.follow(key, (beat) => {
        const lists = write(key, beat)
        if (lists.length > 0) stream.send(lists)
        if (beat.refusals && may(caller, 'refusals:read', key)) stream.send(writeEvent('refusals', beat.refusals))
      })
      let stopHeartbeat = context.clock.after(HEARTBEAT_SECONDS, beat)
      function beat(): void {
        stopHeartbeat = context.clock.after(HEARTBEAT_SECONDS, beat)
        stream.send(SIGN_OF_LIFE)
        void lookAgain(context, request, key).then((found) => {
          if (found === 'unknown') return
          if (found === undefined) stream.end()
          else caller = found
        })
      }
      stream.send(`retry: ${COME_BACK_MS}\n${writeEvent('hello', countLive(operations, key))}`)
      return reply.send(stream.readable as never)
    },
  )
}

/** The reader, if it still has permission; or unknown while the store is down, during which streams continue. */
async function lookAgain(context: ApiContext, request: FastifyRequest, apiKey: string) {
  try {
    await requireApiKey(context.store, apiKey)
    return await letIn(context, request, GUARD)
  } catch (error) {
    if (error instanceof StoreDownError) return 'unknown'
    if (!(error instanceof ProblemError || error instanceof DomainError)) {
      context.log.error({ err: error }, 'it could not be told whether a live stream may go on, so it ends')
    }
    return undefined
  }
}
