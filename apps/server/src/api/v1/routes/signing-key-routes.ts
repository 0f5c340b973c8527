import { z } from 'zod'
import {
  addKeySet,
  addPublicKey,
  createSecret,
  importSecret,
  MAX_KEY_ID_LENGTH,
} from '../../../api-key/add-signing-key.ts'
import { type ChangeContext, requireApiKey } from '../../../api-key/change-context.ts'
import { MAX_KEY_SET_URL_LENGTH } from '../../../api-key/read-key-set-url.ts'
import { MAX_PUBLIC_KEY_LENGTH } from '../../../api-key/read-public-key.ts'
import { keepSigningKey, MAX_RETIRING_SECONDS, retireSigningKey } from '../../../api-key/retire-signing-key.ts'
import { HMAC_ALGORITHMS, MAX_SECRET_BYTES } from '../../../api-key/secret-weakness.ts'
import type { SigningKey } from '../../../api-key/signing-key.ts'
import { countKeyUses } from '../../../operations/look.ts'
import { whyNotAsked } from '../../../outbound/why-not-asked.ts'
import type { ApiContext } from '../http/api-context.ts'
import { makeOnce, onceHeadersSchema } from '../http/make-once.ts'
import { makeRequestedChange } from '../http/make-requested-change.ts'
import { countedPageSchema, isFound, pageQuerySchema } from '../http/paging.ts'
import { faults, ProblemError } from '../http/problem-error.ts'
import { type Api, answers } from '../http/route.ts'
import { sortedPageOf, sortSchema } from '../http/sorted-page.ts'
import { keyParamsSchema, searchSchema, signingKeySchema } from '../schemas/shapes.ts'
import { showSigningKey } from '../schemas/show.ts'

const tags = ['Signing keys']
const keyId = z
  .string()
  .min(1)
  .max(MAX_KEY_ID_LENGTH)
  .optional()
  .describe('The id that tokens refer to it by. Default: generated.')

const newSigningKeySchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('secret').describe('A new secret, for HS256.'), keyId }),
  z.strictObject({
    kind: z.literal('imported_secret').describe('A secret that was created elsewhere.'),
    secret: z.string().max(MAX_SECRET_BYTES),
    algorithm: z.enum(HMAC_ALGORITHMS).default('HS256'),
    keyId,
  }),
  z.strictObject({
    kind: z.literal('public_key'),
    publicKey: z.string().max(MAX_PUBLIC_KEY_LENGTH).describe('PEM, or a JWK as JSON.'),
    keyId,
  }),
  z.strictObject({ kind: z.literal('key_set'), url: z.string().max(MAX_KEY_SET_URL_LENGTH), keyId }),
])

type ShownSigningKey = z.infer<typeof signingKeySchema>

const SORTED_BY = {
  createdAt: ({ createdAt }: ShownSigningKey) => createdAt,
  keyId: ({ keyId }: ShownSigningKey) => keyId.toLowerCase(),
  // Unused keys sort as the least recently used.
  lastUsedAt: ({ lastUsedAt }: ShownSigningKey) => lastUsedAt ?? 0,
  sessions: ({ sessions }: ShownSigningKey) => sessions,
} as const

const paramsSchema = keyParamsSchema.extend({ keyId: z.string().min(1).max(MAX_KEY_ID_LENGTH) })

/** The secrets, public keys and key sets of an API key. */
export function serveSigningKeys(api: Api, context: ApiContext): void {
  const { store, clock, operations } = context

  function showAll(apiKey: string, keys: readonly SigningKey[]) {
    const uses = new Map(countKeyUses(operations, apiKey).map((use) => [use.keyId, use]))
    const used = keys.map((key) => {
      const { sessions = 0, lastUsedAt = key.lastUsedAt } = uses.get(key.keyId) ?? {}
      return { ...key, sessions, lastUsedAt }
    })
    return used.map((key) => showSigningKey(key, clock.now(), used))
  }

  // A new key has no use to report.
  const showNew = (key: SigningKey) => showAll(key.apiKey, [key])[0] as ShownSigningKey

  async function showOne(apiKey: string, keyId: string): Promise<ShownSigningKey> {
    const found = showAll(apiKey, await store.listSigningKeys(apiKey)).find((key) => key.keyId === keyId)
    if (found === undefined) throw faults.unknown('signing key')
    return found
  }

  api.get(
    '/keys/:key/signing-keys',
    {
      config: { guard: 'keys:read' },
      schema: {
        tags,
        summary: 'List signing keys',
        params: keyParamsSchema,
        querystring: pageQuerySchema.extend({
          search: searchSchema.optional().describe('Part of the key id. Case is ignored.'),
          sort: sortSchema(['createdAt', 'keyId', 'lastUsedAt', 'sessions'], 'createdAt'),
        }),
        response: answers(200, countedPageSchema(signingKeySchema)),
      },
    },
    async ({ params, query }) => {
      const keys = showAll(params.key, await store.listSigningKeys(params.key))
      const found = keys.filter(({ keyId }) => isFound(query.search, keyId))
      return sortedPageOf(found, { by: SORTED_BY, idOf: ({ keyId }) => keyId }, query)
    },
  )

  api.post(
    '/keys/:key/signing-keys',
    {
      config: { guard: 'signing_keys:write' },
      schema: {
        tags,
        summary: 'Create or import a signing key',
        description: 'A new secret is shown in the answer, and never again.',
        params: keyParamsSchema,
        headers: onceHeadersSchema,
        body: newSigningKeySchema,
        response: answers(201, signingKeySchema.extend({ secret: z.string().optional().describe('Shown only once.') })),
      },
    },
    async (request, reply) => {
      const { params, body } = request
      if (body.kind === 'key_set') requireAsked(body.url, context.privateProviders)
      const made = await makeOnce(context, request, async (transaction, note) => {
        const key = await add(transaction, params.key, body)
        const shown = showNew(key)
        note({ action: 'signing_key.created', apiKey: params.key, subject: key.keyId, after: shown })
        return { ...shown, ...('secret' in key && { secret: key.secret as string }) }
      })
      return reply.code(201).header('cache-control', 'no-store').send(made)
    },
  )

  api.get(
    '/keys/:key/signing-keys/:keyId',
    {
      config: { guard: 'keys:read' },
      schema: {
        tags,
        summary: 'Get a signing key',
        params: paramsSchema,
        response: answers(200, signingKeySchema),
      },
    },
    ({ params }) => showOne(params.key, params.keyId),
  )

  api.post(
    '/keys/:key/signing-keys/:keyId/retire',
    {
      config: { guard: 'signing_keys:write' },
      schema: {
        tags,
        summary: 'Retire a signing key',
        description: 'From then on its tokens are refused. Sessions that are open stay open.',
        params: paramsSchema,
        body: z.strictObject({
          inSeconds: z
            .int()
            .min(0)
            .max(MAX_RETIRING_SECONDS)
            .default(0)
            .describe('How long it has lasted, in seconds.'),
        }),
        response: answers(200, signingKeySchema),
      },
    },
    async (request) => {
      const { key, keyId } = request.params
      await makeRequestedChange(context, request, async (transaction, note) => {
        const retiresAt = await retireSigningKey(transaction, key, keyId, request.body.inSeconds)
        note({ action: 'signing_key.retired', apiKey: key, subject: keyId, after: { retiresAt } })
      })
      return showOne(key, keyId)
    },
  )

  api.post(
    '/keys/:key/signing-keys/:keyId/keep',
    {
      config: { guard: 'signing_keys:write' },
      schema: {
        tags,
        summary: 'Cancel the retirement of a signing key',
        params: paramsSchema,
        response: answers(200, signingKeySchema),
      },
    },
    async (request) => {
      const { key, keyId } = request.params
      await makeRequestedChange(context, request, async (transaction, note) => {
        await keepSigningKey(transaction, key, keyId)
        note({ action: 'signing_key.kept', apiKey: key, subject: keyId })
      })
      return showOne(key, keyId)
    },
  )
}

/** @throws {ProblemError} if the platform would never connect there. */
function requireAsked(url: string, privateProviders: boolean): void {
  // An invalid URL is reported later.
  const why = URL.canParse(url) ? whyNotAsked(url, privateProviders) : undefined
  if (why !== undefined) throw new ProblemError(422, 'not_usable', why)
}

async function add(
  transaction: ChangeContext,
  apiKey: string,
  body: z.infer<typeof newSigningKeySchema>,
): Promise<SigningKey> {
  await requireApiKey(transaction.store, apiKey)
  switch (body.kind) {
    case 'secret':
      return createSecret(transaction, apiKey, body.keyId)
    case 'imported_secret':
      return importSecret(transaction, apiKey, body)
    case 'public_key':
      return addPublicKey(transaction, apiKey, { text: body.publicKey, keyId: body.keyId })
    case 'key_set':
      return addKeySet(transaction, apiKey, body)
  }
}
