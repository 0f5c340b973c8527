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

/** Something that has happened to what belongs to an API key. */
export interface PlatformEvent {
  readonly apiKey: string
  readonly type: EventType
  /** What happens to the same thing is told in the order in which it happened: a session, a conversation. */
  readonly orderingKey: string
  /** Seconds since 1970. */
  readonly at: number
  /** What is told: ids, names, counts and reasons; never a token, a secret, or what users say of themselves. */
  readonly data: Readonly<Record<string, string | number>>
}

/** Announces an event. Does not wait for its delivery. */
export type Announce = (apiKey: string, type: EventType, describe: () => EventFacts) => void

/** What is found out of an event only where somebody wants to hear of it. */
export type EventFacts = Pick<PlatformEvent, 'orderingKey' | 'at' | 'data'>
