import { ALGORITHMS } from '@stagedoor/access-token'
import { PRINTABLE, permissionsSchema, REFUSAL_CODES } from '@stagedoor/protocol'
import { z } from 'zod'
import { MAX_PASSWORD_LENGTH, MIN_PASSWORD_LENGTH } from '../../../account/password.ts'
import { MAX_PERSONAL_TOKEN_SECONDS } from '../../../account/personal-token.ts'
import { ALL_RIGHTS, ROLES } from '../../../account/role.ts'
import { KEY_ADVICE } from '../../../api-key/key-advice.ts'
import { MAX_API_KEY_NAME_LENGTH } from '../../../api-key/keys.ts'
import { REVOCATION_KINDS } from '../../../api-key/revocation.ts'
import { ACTOR_KINDS } from '../../../events/audit.ts'
import { checkSchema, dryRunChecksSchema } from '../../../operations/shapes.ts'
import { storedPolicySchema } from '../../../policy/policy.ts'
import { queryNumber } from '../http/query-number.ts'

/** What the API takes and gives. Times are seconds since 1970. */

/** A text in PostgreSQL cannot hold everything that a URL can. */
const timeSchema = z.number().describe('Seconds since 1970.')

export const nameSchema = z.string().trim().min(1).max(MAX_API_KEY_NAME_LENGTH).regex(PRINTABLE)
export const roleSchema = z.enum(ROLES)
export const rightSchema = z.enum(ALL_RIGHTS)
export const emailSchema = z.email().max(254).toLowerCase()
export const newPasswordSchema = z
  .string()
  .min(MIN_PASSWORD_LENGTH)
  .max(MAX_PASSWORD_LENGTH)
  .describe('A sentence works well.')

export const auditedSchema = z
  .boolean()
  .describe(
    'Whether it is in the audit trail. It is done in any case: where the store cannot be reached, it is in the log.',
  )

export const endTokensSchema = z
  .boolean()
  .describe(
    'Whether the personal access tokens of the account end too. Anyone who knew the old password may have created some.',
  )

export const problemSchema = z
  .object({
    title: z.string(),
    status: z.int(),
    code: z.string().describe('A code for programs.'),
    detail: z.string().describe('What is wrong and what to do, for people.'),
    errors: z.array(z.object({ field: z.string(), message: z.string() })).optional(),
  })
  .meta({ id: 'Problem' })

/** A time in a query: the year 33658 is far enough. */
export const timeQuerySchema = queryNumber(z.number().min(0).max(999_999_999_999)).describe('Seconds since 1970.')

/** A part of a name, in whatever case. */
export const searchSchema = z.string().min(1).max(256).describe('Part of the text. Case is ignored.')

export const keyParamsSchema = z.object({ key: z.string().min(1).max(256) })

export const apiKeySchema = z
  .object({
    apiKey: z.string(),
    name: z.string(),
    state: z.enum(['active', 'disabled']),
    policy: storedPolicySchema,
    policyInWords: z.array(z.string()).readonly().describe('The policy as sentences, one for each decision.'),
    createdAt: timeSchema,
  })
  .meta({ id: 'ApiKey' })

export const signingKeySchema = z
  .object({
    keyId: z.string().describe('The id that tokens refer to it by (`kid`).'),
    kind: z.enum(['secret', 'public_key', 'key_set']),
    algorithm: z.enum(ALGORITHMS).nullable().describe('Null for a key set, in which each key has its own.'),
    state: z.enum(['active', 'retiring', 'retired']),
    createdAt: timeSchema,
    retiresAt: timeSchema.nullable(),
    lastUsedAt: timeSchema
      .nullable()
      .describe('When a token that it signed was last admitted, accurate to a few seconds.'),
    sessions: z.int().describe('Live sessions whose current token was signed with it.'),
    advice: z
      .enum(KEY_ADVICE)
      .nullable()
      .describe(
        'What to do about it, by its use and that of the other keys: `rotate` an old secret, `retire` what another key has taken over from, `change_over` from what is about to end and in use still.',
      ),
  })
  .meta({ id: 'SigningKey' })

const previewShape = z.object({
  sessions: z.int().describe('The number of live sessions.'),
  wouldEnd: z.int().describe('The number of sessions that would be closed immediately.'),
  wouldEndSooner: z.int().describe('The number of sessions that would continue, but end sooner.'),
  examples: z
    .array(z.object({ sessionId: z.string(), userId: z.string(), reason: z.string() }))
    .readonly()
    .describe('Up to ten of the sessions that would be closed. Empty without the right to read sessions.'),
})

export const previewSchema = previewShape.meta({ id: 'Preview' })

export const policyPreviewSchema = previewShape
  .extend({
    policyInWords: z.array(z.string()).readonly().describe('The policy that would apply, as sentences.'),
    sentences: z.array(z.string()).readonly().describe('The sentences that differ from the current policy.'),
  })
  .meta({ id: 'PolicyPreview' })

export const grantSchema = z.strictObject({ apiKey: z.string().min(1).max(256), role: roleSchema })

export const accountSchema = z
  .object({
    accountId: z.string(),
    email: z.string(),
    name: z.string(),
    role: roleSchema
      .nullable()
      .describe('The role for all API keys and the platform. Null: it has roles for single API keys only.'),
    grants: z.array(z.object({ apiKey: z.string(), role: roleSchema })).readonly(),
    createdAt: timeSchema,
  })
  .meta({ id: 'Account' })

export const meSchema = accountSchema
  .extend({
    rights: z.array(rightSchema).readonly().describe('The rights of the caller for all API keys and the platform.'),
    grants: z
      .array(z.object({ apiKey: z.string(), role: roleSchema, rights: z.array(rightSchema).readonly() }))
      .readonly()
      .describe('Additional rights of the caller for single API keys.'),
  })
  .meta({ id: 'Me' })

export const personalTokenSchema = z
  .object({
    tokenId: z.string(),
    name: z.string(),
    rights: z.array(rightSchema).readonly(),
    apiKey: z.string().nullable(),
    createdAt: timeSchema,
    expiresAt: timeSchema,
    lastUsedAt: timeSchema.nullable(),
  })
  .meta({ id: 'PersonalToken' })

export const newPersonalTokenSchema = z.strictObject({
  name: nameSchema,
  rights: z.array(rightSchema).min(1).describe('Its rights: never more than those of its account.'),
  apiKey: z
    .string()
    .min(1)
    .max(256)
    .optional()
    .describe('The API key that it is limited to. Default: all API keys of the account.'),
  lifeSeconds: z
    .int()
    .min(60)
    .max(MAX_PERSONAL_TOKEN_SECONDS)
    .default(90 * 86_400),
})

export const auditEntrySchema = z
  .object({
    auditId: z.int(),
    at: timeSchema,
    actor: z.object({
      kind: z.enum(ACTOR_KINDS),
      id: z.string().nullable(),
      name: z.string().nullable(),
    }),
    address: z.string().nullable(),
    action: z.string(),
    apiKey: z.string().nullable(),
    subject: z.string().nullable(),
    before: z.unknown(),
    after: z.unknown(),
  })
  .meta({ id: 'AuditEntry' })

export const revocationSchema = z
  .object({
    kind: z.enum(REVOCATION_KINDS),
    subject: z.string(),
    revokedAt: timeSchema,
    forgetAt: timeSchema.describe(
      'When a ban ends; of the others, from when on no token that it is about could be valid anyway.',
    ),
    revokedBy: z
      .object({
        kind: z.enum([...ACTOR_KINDS, 'moderator']).describe('`moderator`: a moderator of a conversation.'),
        name: z
          .string()
          .nullable()
          .describe('The email address of the account, the API key of an OAuth client, or the user id of a moderator.'),
      })
      .nullable()
      .describe('Who revoked it last. Null if it is not known, or if the caller lacks `audit:read`.'),
  })
  .meta({ id: 'Revocation' })

export const sessionSchema = z
  .object({
    sessionId: z.string(),
    userId: z.string(),
    apiKey: z.string(),
    since: timeSchema,
    until: timeSchema.describe('When its token expires.'),
    keyId: z.string().nullable().describe('The signing key that verified its token. Null if no token was needed.'),
    reconnectUntil: timeSchema.nullable().describe('How long it waits for a client whose connection is lost.'),
    conversations: z.array(z.string()).readonly(),
    address: z.string().nullable().describe('The network address that it registered from, or null.'),
    origin: z.string().nullable().describe('The origin of the page that registered.'),
    userAgent: z.string().nullable(),
  })
  .meta({ id: 'Session' })

export const conversationSchema = z
  .object({ name: z.string(), members: z.int(), streams: z.int() })
  .meta({ id: 'Conversation' })

export const conversationWithMembersSchema = z
  .object({
    name: z.string(),
    members: z.array(z.object({ sessionId: z.string(), userId: z.string(), role: z.string() })),
    streams: z.array(
      z.object({
        streamId: z.string(),
        publisher: z.string().describe('A session id.'),
        audio: z.boolean().describe('Whether it has an audio track.'),
        video: z.boolean().describe('Whether it has a video track.'),
        screen: z.boolean().describe('Whether it is a shared screen.'),
        audioMuted: z.boolean(),
        videoMuted: z.boolean(),
        subscribers: z.array(z.string()).describe('Session ids.'),
      }),
    ),
  })
  .meta({ id: 'ConversationWithMembers' })

export const refusalSchema = z
  .object({
    refusalId: z.string().describe('Of the first attempt.'),
    latestRefusalId: z.string(),
    firstAt: timeSchema,
    lastAt: timeSchema,
    count: z.int(),
    apiKey: z.string(),
    userId: z.string(),
    code: z.enum(REFUSAL_CODES),
    publicCode: z.enum(REFUSAL_CODES).describe('The code that was sent to the client.'),
    message: z.string(),
    checks: z.array(checkSchema).readonly(),
    clockDifferenceSeconds: z
      .number()
      .nullable()
      .describe('How far the clock that minted the token is ahead of the platform, in seconds.'),
    address: z.string().nullable(),
    origin: z.string().nullable(),
    userAgent: z.string().nullable(),
    docs: z.string().describe('The page that explains what to do.'),
  })
  .meta({ id: 'Refusal' })

/** How complete a list of refusals is. */
export const completenessSchema = z.object({
  keptSince: timeSchema.describe(
    'From when on refusals are kept, in seconds since 1970. Those that ended before are deleted.',
  ),
  discarded: z
    .object({
      count: z.int(),
      firstAt: timeSchema,
      lastAt: timeSchema,
    })
    .nullable()
    .describe(
      'Refusals that are missing although they are not older, since there were too many; null where there are none.',
    ),
})

export const refusalCountsSchema = z
  .object({
    countedSince: timeSchema.describe('When counting began, in seconds since 1970.'),
    steps: z
      .array(
        z.object({
          at: timeSchema.describe('The start of the step, in seconds since 1970.'),
          counts: z.record(z.string(), z.int()).describe('Refusals by code. A code that is missing had none.'),
        }),
      )
      .readonly(),
  })
  .meta({ id: 'RefusalCounts' })

export const dryRunSchema = z
  .object({
    ok: z.boolean(),
    sentence: z.string().describe('The whole token.'),
    code: z.string().nullable(),
    permissions: permissionsSchema.nullable(),
    checks: dryRunChecksSchema,
  })
  .meta({ id: 'DryRun' })
