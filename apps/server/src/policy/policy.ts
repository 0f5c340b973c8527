import { DEFAULT_AUDIENCE, MAX_CLOCK_SKEW_SECONDS, MAX_TTL_SECONDS } from '@stagedoor/access-token'
import { MAX_CONTACTS_PER_CONVERSATION, permissionsSchema } from '@stagedoor/protocol'
import { z } from 'zod'
import { identityProvidersSchema } from './identity-provider.ts'
import { readOrigin } from './origin.ts'

/** The longest that a session may outlive its token, in seconds. */
export const MAX_GRACE_SECONDS = 86_400
/** The most origins that one policy may list. */
export const MAX_ORIGINS = 100
/** The most sessions of one user that a policy may allow; more is no limit. */
export const MAX_SESSIONS_PER_USER = 1_000
/** How many sessions of one user may be in one conversation where the owner has decided nothing. */
export const DEFAULT_SESSIONS_PER_USER_IN_CONVERSATION = 10
/** The highest limit per minute on registrations of a user and on attempts from an address. */
export const MAX_PER_MINUTE = 100_000
/** The most frames a second that a policy may allow one session. There is always a limit. */
export const MAX_MESSAGES_PER_SECOND = 10_000
/**
 * What a session may send a second where its owner has decided nothing. Its burst is room for one who enters a full
 * conversation, and exchanges a description and some twenty candidates with each of the 199 others.
 */
export const DEFAULT_MESSAGES_PER_SECOND = 500
const MAX_AUDIENCE_LENGTH = 256

/** The longest origin, in characters: the longest name of a host, with its scheme and port. */
const MAX_ORIGIN_LENGTH = 300

const originSchema = z
  .string()
  .max(MAX_ORIGIN_LENGTH)
  .overwrite((text) => readOrigin(text) ?? text)
  .refine(
    (text) => readOrigin(text) !== undefined,
    'is not an origin such as https://shop.example, https://*.shop.example (exactly one label for the star) or capacitor://localhost',
  )

/** What the owner of an API key has decided: who is admitted, and for how long. */
export const policySchema = z.strictObject({
  /** Whether a token is required. */
  requireToken: z.boolean().default(true),
  /** Whether a token for any user id (`ApiKey_Token`) is admitted. */
  allowAnyUser: z.boolean().default(false),
  /** The longest life of a token, in seconds. */
  maxTtlSeconds: z.int().min(1).max(MAX_TTL_SECONDS).default(MAX_TTL_SECONDS),
  /** What a token's `aud` must be or contain. */
  audience: z.string().min(1).max(MAX_AUDIENCE_LENGTH).default(DEFAULT_AUDIENCE),
  /** How far clocks may differ when a token's times are judged, in seconds. */
  clockSkewSeconds: z.int().min(0).max(MAX_CLOCK_SKEW_SECONDS).default(0),
  /** What becomes of a session whose token has ended and was not renewed. */
  onExpiry: z
    .union([z.enum(['disconnect', 'keep']), z.strictObject({ graceSeconds: z.int().min(1).max(MAX_GRACE_SECONDS) })])
    .default('disconnect'),
  /** The origins whose pages are admitted. Default: every origin, and clients without one. */
  origins: z.array(originSchema).min(1).max(MAX_ORIGINS).readonly().optional(),
  /** How many sessions a user may have at a time, and what gives way to one more; without, any number. */
  sessionsPerUser: z
    .strictObject({
      most: z.int().min(1).max(MAX_SESSIONS_PER_USER),
      beyond: z.enum(['refuse', 'close_oldest']),
    })
    .optional(),
  /** How many sessions of one user may be in one conversation: so one token cannot take all its seats. */
  sessionsPerUserInConversation: z
    .int()
    .min(1)
    .max(MAX_CONTACTS_PER_CONVERSATION)
    .default(DEFAULT_SESSIONS_PER_USER_IN_CONVERSATION),
  /** Whether each token opens one session at the most. */
  singleUse: z.boolean().default(false),
  /** How much is too much in a short time. */
  rateLimits: z
    .strictObject({
      /** How many sessions a user may open a minute; without, any number. Renewals are not counted. */
      registrationsPerMinute: z.int().min(1).max(MAX_PER_MINUTE).optional(),
      /** How many connection attempts an address can make per minute, valid or not. Default: no limit. */
      connectionAttemptsPerMinute: z.int().min(1).max(MAX_PER_MINUTE).optional(),
      /** How many frames one session may send a second, with room for ten seconds' worth at once. */
      messagesPerSecond: z.int().min(1).max(MAX_MESSAGES_PER_SECOND).default(DEFAULT_MESSAGES_PER_SECOND),
    })
    .prefault({}),
  /** What a session may do in a conversation where its token does not say. */
  permissions: permissionsSchema.strict().default({
    role: 'contributor',
    publish: ['audio', 'video', 'screen', 'data'],
    subscribe: true,
  }),
  /** The identity providers whose tokens are exchanged for access tokens of this API key; without, none. */
  identityProviders: identityProvidersSchema.optional(),
})

/** A policy as it lies in the store: an origin that is none by the rules of today lets nobody in, and keeps nobody from starting. */
export const storedPolicySchema = policySchema.extend({
  origins: z.array(z.string()).min(1).max(MAX_ORIGINS).readonly().optional(),
})

export type Policy = Readonly<z.infer<typeof policySchema>>

/** The policy of an API key whose owner has decided nothing. */
export const DEFAULT_POLICY: Policy = policySchema.parse({})
