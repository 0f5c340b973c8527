import { ALGORITHMS } from '@stagedoor/access-token'
import { z } from 'zod'
import { MAX_PASSWORD_LENGTH, MIN_PASSWORD_LENGTH } from '../../account/password.ts'
import { MAX_PERSONAL_TOKEN_SECONDS } from '../../account/personal-token.ts'
import { ALL_RIGHTS, ROLES } from '../../account/role.ts'
import { MAX_API_KEY_NAME_LENGTH } from '../../keyring/keys.ts'
import { policySchema } from '../../keyring/policy.ts'

/** What the API takes and gives. Times are seconds since 1970. */

const PRINTABLE = /^\P{Cc}+$/u
const timeSchema = z.number().describe('Seconds since 1970.')

export const nameSchema = z.string().trim().min(1).max(MAX_API_KEY_NAME_LENGTH).regex(PRINTABLE)
export const roleSchema = z.enum(ROLES)
export const rightSchema = z.enum(ALL_RIGHTS)
export const emailSchema = z.email().max(254).toLowerCase()
export const newPasswordSchema = z
  .string()
  .min(MIN_PASSWORD_LENGTH)
  .max(MAX_PASSWORD_LENGTH)
  .describe('A sentence does well.')

export const problemSchema = z.object({
  title: z.string(),
  status: z.int(),
  code: z.string().describe('A word for programs.'),
  detail: z.string().describe('What is in the way and what to do, for people.'),
  errors: z.array(z.object({ field: z.string(), message: z.string() })).optional(),
})

export const keyParamsSchema = z.object({ key: z.string().min(1).max(256) })

export const apiKeySchema = z.object({
  apiKey: z.string(),
  name: z.string(),
  state: z.enum(['active', 'disabled']),
  policy: policySchema,
  createdAt: timeSchema,
})

export const signingKeySchema = z.object({
  keyId: z.string().describe('What tokens name it by (`kid`).'),
  kind: z.enum(['secret', 'public_key', 'key_set']),
  algorithm: z.enum(ALGORITHMS).nullable().describe('Null of a key set, where each key has its own.'),
  state: z.enum(['active', 'retiring', 'retired']),
  createdAt: timeSchema,
  retiresAt: timeSchema.nullable(),
  lastUsedAt: timeSchema.nullable().describe('When a token of it was last admitted, give or take some seconds.'),
})

export const grantSchema = z.strictObject({ apiKey: z.string().min(1).max(256), role: roleSchema })

export const accountSchema = z.object({
  accountId: z.string(),
  email: z.string(),
  name: z.string(),
  role: roleSchema
    .nullable()
    .describe('To every API key and to the platform; null where it has roles for some API keys alone.'),
  grants: z.array(z.object({ apiKey: z.string(), role: roleSchema })).readonly(),
  createdAt: timeSchema,
})

export const personalTokenSchema = z.object({
  tokenId: z.string(),
  name: z.string(),
  rights: z.array(rightSchema).readonly(),
  apiKey: z.string().nullable(),
  createdAt: timeSchema,
  expiresAt: timeSchema,
  lastUsedAt: timeSchema.nullable(),
})

export const newPersonalTokenSchema = z.strictObject({
  name: nameSchema,
  rights: z.array(rightSchema).min(1).describe('What it may do; never more than its account may.'),
  apiKey: z
    .string()
    .min(1)
    .max(256)
    .optional()
    .describe('The one API key that it is for. Default: all of the account.'),
  lifeSeconds: z
    .int()
    .min(60)
    .max(MAX_PERSONAL_TOKEN_SECONDS)
    .default(90 * 86_400),
})

export const auditEntrySchema = z.object({
  auditId: z.int(),
  at: timeSchema,
  actor: z.object({
    kind: z.enum(['account', 'token', 'command_line', 'stranger']),
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

export const revocationSchema = z.object({
  kind: z.enum(['token', 'user', 'secret', 'everything']),
  subject: z.string(),
  revokedAt: timeSchema,
  forgetAt: timeSchema.describe('From when on no token that it is about could be valid anyway.'),
})
