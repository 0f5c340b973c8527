import { DEFAULT_AUDIENCE, MAX_CLOCK_SKEW_SECONDS, MAX_TTL_SECONDS } from '@stagedoor/access-token'
import { MAX_CONTACTS_PER_CONVERSATION, permissionsSchema } from '@stagedoor/protocol'
import { z } from 'zod'
import { identityProvidersSchema } from './identity-provider.ts'
import { readOrigin } from './origin.ts'

/** The longest time that a session can outlive its token, in seconds. */
export const MAX_GRACE_SECONDS = 86_400
/** The most origins in a policy. */
export const MAX_ORIGINS = 100
/** The highest limit of sessions per user; without a limit, any number. */
export const MAX_SESSIONS_PER_USER = 1_000
/** The default limit of sessions per user in one conversation. */
export const DEFAULT_SESSIONS_PER_USER_IN_CONVERSATION = 10
/** The highest limit per minute on registrations of a user and on attempts from an address. */
export const MAX_PER_MINUTE = 100_000
/** The highest limit of frames per second for one session. There is always a limit. */
export const MAX_MESSAGES_PER_SECOND = 10_000
/**
 * The default limit of frames per second for one session. Its burst is enough to join a full conversation and to exchange a description
 * and some twenty candidates with each of the 199 others.
 */
export const DEFAULT_MESSAGES_PER_SECOND = 500
const MAX_AUDIENCE_LENGTH = 256

/** The longest origin, in characters: the longest host name, with scheme and port. */
const MAX_ORIGIN_LENGTH = 300

const originSchema = z
  .string()
  .max(MAX_ORIGIN_LENGTH)
  .overwrite((text) => readOrigin(text) ?? text)
  .refine(
    (text) => readOrigin(text) !== undefined,
    'is not an origin such as https://shop.example, https://*.shop.example (exactly one label for the star) or capacitor://localhost',
  )

/** The owner's decisions for an API key: who is admitted, and for how long. */
export const policySchema = z.strictObject({
  /** Whether a token is required. */
  requireToken: z.boolean().default(true),
  /** Whether tokens for any user id (`ApiKey_Token`) are admitted. */
  allowAnyUser: z.boolean().default(false),
  /** The longest lifetime of a token, in seconds. */
  maxTtlSeconds: z.int().min(1).max(MAX_TTL_SECONDS).default(MAX_TTL_SECONDS),
  /** What a token's `aud` must be or contain. */
  audience: z.string().min(1).max(MAX_AUDIENCE_LENGTH).default(DEFAULT_AUDIENCE),
  /** The clock tolerance for a token's times, in seconds. */
  clockSkewSeconds: z.int().min(0).max(MAX_CLOCK_SKEW_SECONDS).default(0),
  /** What happens to a session whose token expires without renewal. */
  onExpiry: z
    .union([z.enum(['disconnect', 'keep']), z.strictObject({ graceSeconds: z.int().min(1).max(MAX_GRACE_SECONDS) })])
    .default('disconnect'),
  /** The origins whose pages are admitted. Default: every origin, and clients without one. */
  origins: z.array(originSchema).min(1).max(MAX_ORIGINS).readonly().optional(),
  /** How many sessions a user can have at a time, and what happens beyond that; without it, any number. */
  sessionsPerUser: z
    .strictObject({
      most: z.int().min(1).max(MAX_SESSIONS_PER_USER),
      beyond: z.enum(['refuse', 'close_oldest']),
    })
    .optional(),
  /** How many sessions of one user can be in one conversation, so that one token cannot take all seats. */
  sessionsPerUserInConversation: z
    .int()
    .min(1)
    .max(MAX_CONTACTS_PER_CONVERSATION)
    .default(DEFAULT_SESSIONS_PER_USER_IN_CONVERSATION),
  /** Whether each token opens one session at most. */
  singleUse: z.boolean().default(false),
  /** Rate limits. */
  rateLimits: z
    .strictObject({
      /** How many sessions a user can open per minute; without it, any number. Renewals are not counted. */
      registrationsPerMinute: z.int().min(1).max(MAX_PER_MINUTE).optional(),
      /** How many connection attempts an address can make per minute, valid or not. Default: no limit. */
      connectionAttemptsPerMinute: z.int().min(1).max(MAX_PER_MINUTE).optional(),
      /** How many frames a session can send per second, with a burst of ten seconds' worth. */
      messagesPerSecond: z.int().min(1).max(MAX_MESSAGES_PER_SECOND).default(DEFAULT_MESSAGES_PER_SECOND),
    })
    .prefault({}),
  /** The permissions of a session in a conversation if its token does not set them. */
  permissions: permissionsSchema.strict().default({
    role: 'contributor',
    publish: ['audio', 'video', 'screen', 'data'],
    subscribe: true,
  }),
  /** The identity providers whose tokens are exchanged for access tokens of this API key; without it, none. */
  identityProviders: identityProvidersSchema.optional(),
})

/** A policy as stored: an origin that is invalid under the current rules matches nothing, but does not prevent startup. */
export const storedPolicySchema = policySchema.extend({
  origins: z.array(z.string()).min(1).max(MAX_ORIGINS).readonly().optional(),
})

export type Policy = Readonly<z.infer<typeof policySchema>>

/** The default policy of an API key. */
export const DEFAULT_POLICY: Policy = policySchema.parse({})
