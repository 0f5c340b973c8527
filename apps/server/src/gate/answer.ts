import {
  FAILURE_MESSAGES,
  type FailureCode,
  REFUSAL_MESSAGES,
  type RefusalCode,
  type ServerMessage,
  type SessionMessage,
} from '@stagedoor/protocol'
import { join } from '../conversation/join.ts'
import { leave } from '../conversation/leave.ts'
import type { Denial, Outcome } from '../conversation/outcome.ts'
import { mute, publish, unpublish, updateStream } from '../conversation/publish.ts'
import { sendChat } from '../conversation/send-chat.ts'
import { subscribe, unsubscribe } from '../conversation/subscribe.ts'
import type { Session } from '../session/session.ts'
import { relay } from '../signalling/relay.ts'
import type { GateContext } from './gate-context.ts'
import { refusal } from './refuse.ts'

type Request = Exclude<SessionMessage, { type: 'renew' | 'eject' }>

/** Carries out what a session asks for, and answers it; a `signal` that cannot be passed on is dropped unanswered. */
export function answerRequest(context: GateContext, session: Session, request: Request): ServerMessage | undefined {
  if (request.type === 'join') {
    const joined = join(context.conversations, session, request.conversation)
    return joined.ok ? { type: 'joined', ref: request.ref, ...joined.value } : deny(context, request.ref, joined)
  }
  if (request.type === 'leave') {
    return acknowledge(context, request.ref, leave(context.conversations, session, request.conversation))
  }
  if (request.type === 'ping') return { type: 'done', ref: request.ref }
  const membership = context.conversations.find(session, request.conversation)
  if (request.type === 'signal') {
    if (membership.ok) relay(membership.value, request.to, request.signal)
    return undefined
  }
  if (!membership.ok) return deny(context, request.ref, membership)
  const { ref, conversation } = request
  switch (request.type) {
    case 'publish': {
      const published = publish(membership.value, request.stream)
      if (!published.ok) return deny(context, ref, published)
      return { type: 'published', ref, conversation, streamId: published.value }
    }
    case 'mute': {
      const { streamId, audioMuted, videoMuted } = request
      return acknowledge(context, ref, mute(membership.value, streamId, { audioMuted, videoMuted }))
    }
    case 'update_stream':
      return acknowledge(context, ref, updateStream(membership.value, request.streamId, request.stream))
    case 'unpublish':
      return acknowledge(context, ref, unpublish(membership.value, request.streamId))
    case 'subscribe':
      return acknowledge(context, ref, subscribe(membership.value, request.streamId))
    case 'unsubscribe':
      return acknowledge(context, ref, unsubscribe(membership.value, request.streamId))
    case 'send_message':
      return acknowledge(
        context,
        ref,
        sendChat(membership.value, { type: 'message', text: request.text }, context.clock.now(), request.messageId),
      )
    case 'send_data':
      return acknowledge(
        context,
        ref,
        sendChat(membership.value, { type: 'data', data: request.data }, context.clock.now(), request.messageId),
      )
  }
}

function acknowledge(context: GateContext, ref: number, outcome: Outcome<undefined>): ServerMessage {
  return outcome.ok ? { type: 'done', ref } : deny(context, ref, outcome)
}

export function deny(context: GateContext, ref: number, { code }: Denial): ServerMessage {
  if (isRefusal(code)) return refusal(context, ref, code)
  return { type: 'failed', ref, code, message: FAILURE_MESSAGES[code] }
}

function isRefusal(code: RefusalCode | FailureCode): code is RefusalCode {
  return Object.hasOwn(REFUSAL_MESSAGES, code)
}
