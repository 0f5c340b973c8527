/** The events that an owner can subscribe to. */
export const EVENT_TYPES = [
  'session.opened',
  'session.closed',
  'conversation.started',
  'conversation.ended',
  'refusals.burst',
  'signing_key.retired',
] as const
export type EventType = (typeof EVENT_TYPES)[number]

/** An event that concerns an API key. */
export interface PlatformEvent {
  readonly apiKey: string
  readonly type: EventType
  /** Events with the same key, such as a session or a conversation, are delivered in order. */
  readonly orderingKey: string
  /** Seconds since 1970. */
  readonly at: number
  /** The content: ids, names, counts and reasons; never a token, a secret or user data. */
  readonly data: Readonly<Record<string, string | number>>
}

/** Announces an event. Does not wait for its delivery. */
export type Announce = (apiKey: string, type: EventType, describe: () => EventFacts) => void

/** Details of an event, computed only if there are subscribers. */
export type EventFacts = Pick<PlatformEvent, 'orderingKey' | 'at' | 'data'>
