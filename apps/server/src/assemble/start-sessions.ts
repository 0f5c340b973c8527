import type { Clock } from '../clock.ts'
import { announceConversations } from '../conversation/announce-conversations.ts'
import { Conversations } from '../conversation/conversations.ts'
import { leaveAll } from '../conversation/leave.ts'
import type { Announce } from '../events/event.ts'
import { LiveFeed } from '../operations/live-feed.ts'
import { announceClosed, announceOpened } from '../session/announce-sessions.ts'
import { Sessions } from '../session/sessions.ts'
import type { HourlyCounts } from '../traffic/hourly-counts.ts'

export interface LiveParts {
  readonly sessions: Sessions
  readonly conversations: Conversations
  readonly live: LiveFeed
}

/** Live sessions and conversations, with events for webhooks and for followers of the API. */
export function startSessions(
  announce: Announce,
  hourlyCounts: Pick<HourlyCounts, 'opened' | 'closed'>,
  clock: Clock,
): LiveParts {
  const live = new LiveFeed(clock)
  const conversations = new Conversations(announceConversations(announce, clock), live)
  const sessions = new Sessions(
    clock,
    (session, reason) => {
      leaveAll(conversations, session)
      announceClosed(announce, session, reason, clock.now)
      live.closed(session, reason)
      hourlyCounts.closed(session.apiKey)
    },
    (session) => {
      announceOpened(announce, session)
      live.opened(session)
      hourlyCounts.opened(session.apiKey)
    },
    (session) => live.changed(session),
  )
  return { sessions, conversations, live }
}
