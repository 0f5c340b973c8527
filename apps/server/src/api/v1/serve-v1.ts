import cookie from '@fastify/cookie'
import swagger from '@fastify/swagger'
import type { FastifyInstance } from 'fastify'
import {
  jsonSchemaTransform,
  jsonSchemaTransformObject,
  serializerCompiler,
  validatorCompiler,
  type ZodTypeProvider,
} from 'fastify-type-provider-zod'
import { basePathOf } from '../../public-url.ts'
import type { ApiContext } from './http/api-context.ts'
import { guardRoutes } from './http/guard.ts'
import { answerFaults } from './http/problem-error.ts'
import { serveReader } from './http/reader.ts'
import { refuseUnknown } from './http/refuse-unknown.ts'
import type { Api } from './http/route.ts'
import { serveAccounts } from './routes/account-routes.ts'
import { serveAttention } from './routes/attention-routes.ts'
import { serveAudit } from './routes/audit-routes.ts'
import { serveConversations } from './routes/conversation-routes.ts'
import { serveKeys } from './routes/key-routes.ts'
import { serveLive } from './routes/live-routes.ts'
import { serveLogin } from './routes/login-routes.ts'
import { servePersonalTokens } from './routes/personal-token-routes.ts'
import { servePlatform } from './routes/platform-routes.ts'
import { serveRefusals } from './routes/refusal-routes.ts'
import { serveRevocations } from './routes/revocation-routes.ts'
import { serveSessions } from './routes/session-routes.ts'
import { serveSigningKeys } from './routes/signing-key-routes.ts'
import { serveTokens } from './routes/token-routes.ts'
import { serveTraffic } from './routes/traffic-routes.ts'
import { serveWebhookDeliveries } from './routes/webhook-delivery-routes.ts'
import { serveWebhooks } from './routes/webhook-routes.ts'

export const API_PREFIX = '/api/v1'

const DESCRIPTION = `Everything that an owner does with API keys, their policies, secrets and sessions.

Programs send a personal access token (\`Authorization: Bearer sdpat_…\`), browsers a cookie. Errors are problems (RFC 9457) with a
\`code\` for programs. Lists come in pages: \`limit\`, and \`cursor\` with the \`nextCursor\` of the page before. What makes something takes
an \`Idempotency-Key\`; what changes something takes \`If-Match\` with the \`ETag\` that was read.`

const PARTS = [
  serveLogin,
  servePersonalTokens,
  serveAccounts,
  serveKeys,
  serveSigningKeys,
  serveTokens,
  serveRevocations,
  serveSessions,
  serveConversations,
  serveLive,
  serveRefusals,
  serveWebhooks,
  serveWebhookDeliveries,
  serveAudit,
  servePlatform,
  serveTraffic,
  serveAttention,
]

/** The admin API, under {@link API_PREFIX}, with its OpenAPI document at `/openapi.json`. */
export async function serveV1(http: FastifyInstance, context: ApiContext, version: string): Promise<void> {
  const basePath = basePathOf(context.publicUrl())
  await http.register(
    async (plain) => {
      await plain.register(cookie)
      await plain.register(swagger, {
        openapi: {
          openapi: '3.1.0',
          info: { title: 'Stagedoor', version, description: DESCRIPTION, license: { name: 'Apache-2.0' } },
          servers: [{ url: basePath || '/' }],
          components: {
            securitySchemes: {
              personalToken: { type: 'http', scheme: 'bearer' },
              login: { type: 'apiKey', in: 'cookie', name: 'stagedoor' },
            },
          },
          security: [{ personalToken: [] }, { login: [] }],
        },
        transform: describeRoute,
        transformObject: jsonSchemaTransformObject,
      })
      // JSON only: a form of another site can send plain text.
      plain.removeContentTypeParser('text/plain')
      plain.setValidatorCompiler(validatorCompiler)
      plain.setSerializerCompiler(serializerCompiler)
      answerFaults(plain, context.log)
      guardRoutes(plain, context)
      refuseUnknown(plain)
      const api: Api = plain.withTypeProvider<ZodTypeProvider>()
      for (const serve of PARTS) serve(api, context)
      serveReader(plain, '/', basePath, () => plain.swagger())
      plain.get('/openapi.json', { config: { guard: 'everybody' }, schema: { hide: true } }, async (_request, reply) =>
        reply.type('application/json').send(JSON.stringify(plain.swagger())),
      )
    },
    { prefix: API_PREFIX },
  )
}

/** What the document says about a route: its schema, and the required permission. */
function describeRoute(route: Parameters<typeof jsonSchemaTransform>[0]): ReturnType<typeof jsonSchemaTransform> {
  const { schema, url } = jsonSchemaTransform(route)
  const { guard } = route.route.config ?? {}
  const security = guard === 'everybody' ? { security: [] } : {}
  const described: Readonly<Record<string, unknown>> = { ...schema, ...security, 'x-right': guard }
  return { url, schema: described as typeof schema }
}
