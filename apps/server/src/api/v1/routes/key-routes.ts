import { z } from 'zod'
import { may } from '../../../account/caller.ts'
import type { ApiKey } from '../../../api-key/api-key.ts'
import { requireApiKey } from '../../../api-key/change-context.ts'
import {
  changeApiKey,
  createApiKey,
  deleteApiKey,
  IMPORTED_API_KEY,
  IMPORTED_API_KEY_RULE,
} from '../../../api-key/keys.ts'
import { previewPolicy } from '../../../operations/preview.ts'
import { policySchema } from '../../../policy/policy.ts'
import type { ApiContext } from '../http/api-context.ts'
import { requireMatch, sendWithEtag } from '../http/etag.ts'
import { callerOf } from '../http/guard.ts'
import { makeOnce, onceHeadersSchema } from '../http/make-once.ts'
import { makeRequestedChange } from '../http/make-requested-change.ts'
import { countedPageSchema, isFound, pageQuerySchema } from '../http/paging.ts'
import { faults } from '../http/problem-error.ts'
import { type Api, answers } from '../http/route.ts'
import { sortedPageOf, sortSchema } from '../http/sorted-page.ts'
import { apiKeySchema, keyParamsSchema, nameSchema, policyPreviewSchema, searchSchema } from '../schemas/shapes.ts'
import { showApiKey } from '../schemas/show.ts'
import { keyChangeSchema, prepareKeyChange, requireAskedProviders } from './policy-change.ts'

const tags = ['API keys']
const newSecretSchema = z.object({ keyId: z.string(), secret: z.string().describe('Shown only once.') })
const importedSchema = z
  .string()
  .regex(IMPORTED_API_KEY, `It is ${IMPORTED_API_KEY_RULE}.`)
  .describe(`One that was made elsewhere, for an application that moves in: ${IMPORTED_API_KEY_RULE}.`)

const SORTED_BY = {
  createdAt: ({ createdAt }: ApiKey) => createdAt,
  name: ({ name }: ApiKey) => name.toLowerCase(),
} as const

/** API keys and their policies. */
export function serveKeys(api: Api, context: ApiContext): void {
  const { store } = context

  api.get(
    '/keys',
    {
      config: { guard: 'anybody' },
      schema: {
        tags,
        summary: 'List the API keys that you have a role for',
        querystring: pageQuerySchema.extend({
          search: searchSchema.optional().describe('Part of the name or the API key. Case is ignored.'),
          sort: sortSchema(['createdAt', 'name'], 'createdAt'),
        }),
        response: answers(200, countedPageSchema(apiKeySchema)),
      },
    },
    async (request) => {
      const caller = callerOf(request)
      const all = await store.listApiKeys()
      const { query } = request
      const found = all.filter(
        ({ apiKey, name }) => may(caller, 'keys:read', apiKey) && isFound(query.search, name, apiKey),
      )
      const page = sortedPageOf(found, { by: SORTED_BY, idOf: ({ apiKey }) => apiKey }, query)
      return { ...page, items: page.items.map(showApiKey) }
    },
  )

  api.post(
    '/keys',
    {
      config: { guard: 'keys:write' },
      schema: {
        tags,
        summary: 'Create an API key with its first secret',
        headers: onceHeadersSchema,
        body: z.strictObject({ name: nameSchema, policy: policySchema.optional(), apiKey: importedSchema.optional() }),
        response: answers(201, apiKeySchema.extend({ secret: newSecretSchema })),
      },
    },
    async (request, reply) => {
      const { policy, ...rest } = request.body
      requireAskedProviders(policy, context.privateProviders)
      const made = await makeOnce(context, request, async (transaction, note) => {
        const { apiKey, secret } = await createApiKey(transaction, { ...rest, ...(policy && { policy }) })
        note({ action: 'api_key.created', apiKey: apiKey.apiKey, after: apiKey })
        return { ...showApiKey(apiKey), secret: { keyId: secret.keyId, secret: secret.secret } }
      })
      return reply.code(201).header('cache-control', 'no-store').send(made)
    },
  )

  api.get(
    '/keys/:key',
    {
      config: { guard: 'keys:read' },
      schema: { tags, summary: 'Get an API key', params: keyParamsSchema, response: answers(200, apiKeySchema) },
    },
    async ({ params }, reply) => {
      const found = await store.findApiKey(params.key)
      if (found === undefined) throw faults.unknown('API key')
      return sendWithEtag(reply, showApiKey(found))
    },
  )

  api.patch(
    '/keys/:key',
    {
      config: { guard: 'keys:write' },
      schema: {
        tags,
        summary: 'Update, disable or enable an API key',
        description:
          'What is not named stays. Of the policy, `null` sets a decision back to its default. It acts on the next admission and, where it narrows, on live sessions. With `If-Match`, only if nobody changed it meanwhile.',
        params: keyParamsSchema,
        body: keyChangeSchema,
        response: answers(200, apiKeySchema),
      },
    },
    async (request, reply) => {
      const changed = await makeRequestedChange(context, request, async (transaction, note) => {
        const before = await requireApiKey(transaction.store, request.params.key)
        requireMatch(request, showApiKey(before))
        const change = prepareKeyChange(context, before, request.body)
        await changeApiKey(transaction, before.apiKey, change)
        const after = { ...before, ...change }
        note({ action: 'api_key.changed', apiKey: before.apiKey, before, after })
        return showApiKey(after)
      })
      return sendWithEtag(reply, changed)
    },
  )

  api.post(
    '/keys/:key/policy/preview',
    {
      config: { guard: 'keys:read' },
      schema: {
        tags,
        summary: 'Preview the effect of a policy change on live sessions',
        description: 'The body is that of the change. Nothing is changed.',
        params: keyParamsSchema,
        body: keyChangeSchema,
        response: answers(200, policyPreviewSchema),
      },
    },
    async (request) => {
      const before = await requireApiKey(store, request.params.key)
      const after = { ...before, ...prepareKeyChange(context, before, request.body) }
      const preview = previewPolicy(context.operations, before.apiKey, { before, after }, context.clock.now())
      const maySee = may(callerOf(request), 'sessions:read', before.apiKey)
      return maySee ? preview : { ...preview, examples: [] }
    },
  )

  api.delete(
    '/keys/:key',
    {
      config: { guard: 'keys:write' },
      schema: {
        tags,
        summary: 'Delete an API key and its data, and end its sessions',
        params: keyParamsSchema,
        response: answers(200, z.object({ deleted: z.string() })),
      },
    },
    async (request) => {
      const { key } = request.params
      await makeRequestedChange(context, request, async (transaction, note) => {
        const before = await requireApiKey(transaction.store, key)
        requireMatch(request, showApiKey(before))
        await deleteApiKey(transaction, key)
        note({ action: 'api_key.deleted', apiKey: key, before })
      })
      return { deleted: key }
    },
  )
}
