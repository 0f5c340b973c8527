import { describe, expect, it } from 'vitest'
import type { ApiDocument } from '../../../apps/server/src/api/v1/openapi-document.ts'
import { writeHttpApi } from './write-http-api.ts'

const answer = (schema: object) => ({ content: { 'application/json': { schema } } })
const API: ApiDocument = {
  info: { title: 'Stagedoor', version: '1.2.3', description: 'Everything that an owner does.' },
  paths: {
    '/api/v1/keys/{key}': {
      patch: {
        tags: ['API keys'],
        summary: 'Rename an API key',
        description: 'What is not named stays.',
        'x-right': 'keys:write',
        parameters: [{ in: 'path', name: 'key', required: true, schema: { type: 'string', maxLength: 256 } }],
        requestBody: answer({ properties: { name: { type: 'string', minLength: 1, maxLength: 100 } } }),
        responses: {
          '200': { description: 'Default Response', ...answer({ $ref: '#/components/schemas/ApiKey' }) },
          default: { description: 'What is in the way.', ...answer({ $ref: '#/components/schemas/Problem' }) },
        },
      },
    },
    '/api/v1/login': { post: { tags: ['Login'], 'x-right': 'everybody', responses: {} } },
  },
  components: {
    schemas: {
      ApiKey: { properties: { signedBy: { $ref: '#/components/schemas/SigningKey' } } },
      SigningKey: { properties: { keyId: { type: 'string' } } },
      Problem: { properties: { code: { type: 'string' } } },
      ApiKeyInput: { properties: {} },
    },
  },
}
const write = (rights = { 'keys:write': 'developer' }) =>
  new Map(writeHttpApi(API, rights).map(({ name, text }) => [name, text]))

describe('the reference of the API', () => {
  it('has a page for each tag, one for the shapes, and one that lists all routes', () => {
    expect([...write().keys()]).toEqual(['index', 'api-keys', 'login', 'shapes'])
    expect(write().get('index')).toContain(
      '| [Rename an API key](api-keys.md#patch-keys-key) | `PATCH /api/v1/keys/{key}` |',
    )
  })

  it('says of a route what it does, who may, what it takes and what it answers', () => {
    const page = write().get('api-keys')
    expect(page).toContain('## Rename an API key {#patch-keys-key}')
    expect(page).toContain('Needs the right `keys:write`, which developer and owner have.')
    expect(page).toContain('What is not named stays.')
    expect(page).toContain('| `key` | path, required | string | At most 256 characters. |')
    expect(page).toContain('| `name` | string, optional | 1 to 100 characters. |')
    expect(page).toContain('**Answer 200**\n\n[ApiKey](shapes.md#apikey).')
    expect(page).toContain('**Otherwise** [Problem](shapes.md#problem). What is in the way.')
  })

  it('names every role that has a right', () => {
    expect(write({ 'keys:write': 'viewer' }).get('api-keys')).toContain('which viewer, developer and owner have.')
    expect(write({ 'keys:write': 'owner' }).get('api-keys')).toContain('which owner has.')
    expect(write().get('login')).toContain('For everybody.')
  })

  it('is not written where a right belongs to no role', () => {
    expect(() => writeHttpApi(API, {})).toThrow('No role has the right keys:write')
  })

  it('has the shapes that something answers with, those inside of others too, and no more', () => {
    const headings = [...(write().get('shapes') ?? '').matchAll(/^## (.+)$/gm)].map(([, name]) => name)
    expect(headings).toEqual(['ApiKey', 'SigningKey', 'Problem'])
  })
})
