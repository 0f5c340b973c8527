import { type SpecData, Validator } from '@seriousme/openapi-schema-validator'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Clock, systemClock } from '../../clock.ts'
import { createApiKey } from '../../keyring/keys.ts'
import { openSharedTestApi, PASSWORD, type TestApi } from './v1.fixture.ts'

let api: TestApi
let close: () => Promise<void>
let owner: string
let key: string
let colleague: string
// Who guesses waits for seconds; what is sent here by the hundred does not.
const clock: Clock = { ...systemClock, after: (_seconds, run) => systemClock.after(0, run) }

beforeAll(async () => {
  const opened = await openSharedTestApi({ clock })
  api = opened.api
  close = opened.close
  owner = (await api.enroll('owner')).secret
  colleague = (await api.enroll('viewer', { email: EMAIL })).account.accountId
  const office = { store: api.store, seal: api.desk.seal, now: api.desk.clock.now }
  key = (await createApiKey(office, { name: 'Shop' })).apiKey.apiKey
})
afterAll(() => close())

const EMAIL = 'colleague@example.com'

interface Schema {
  readonly type?: string
  readonly minLength?: number
  readonly pattern?: string
  readonly properties?: Readonly<Record<string, Schema>>
  readonly items?: Schema
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly anyOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
}

interface Operation {
  readonly parameters?: readonly { readonly in: string; readonly name: string; readonly schema: Schema }[]
  readonly requestBody?: { readonly content: { readonly 'application/json': { readonly schema: Schema } } }
}

// Whatever a program may get wrong: other types, empty, huge, strange signs, numbers at the edge.
const ANYTHING = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.constantFrom(null, true, '', 0, -1, 1e300, 2 ** 53, [], {}, '\0', '__proto__', 'a'.repeat(9_000)),
  fc.jsonValue(),
)

/** Values as a schema has them for the most part, each place of them with anything else now and then. */
function valuesOf(schema: Schema, depth = 4): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 6, arbitrary: goodValuesOf(schema, depth) }, { weight: 1, arbitrary: ANYTHING })
}

function goodValuesOf(schema: Schema, depth: number): fc.Arbitrary<unknown> {
  const choices = schema.anyOf ?? schema.oneOf
  if (choices !== undefined) return fc.oneof(...choices.map((choice) => valuesOf(choice, depth)))
  if (schema.const !== undefined) return fc.constant(schema.const)
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum)
  if (depth === 0) return ANYTHING
  switch (schema.type) {
    case 'object': {
      const members = Object.entries(schema.properties ?? {}).map(([name, member]) => [
        name,
        valuesOf(member, depth - 1),
      ])
      return fc.record(Object.fromEntries(members), { requiredKeys: [] })
    }
    case 'array':
      return fc.array(valuesOf(schema.items ?? {}, depth - 1), { maxLength: 3 })
    case 'integer':
    case 'number':
      return fc.oneof(fc.integer({ min: -2, max: 100_000 }), fc.double())
    case 'boolean':
      return fc.boolean()
    case 'string':
      return fc.oneof(
        fc.string({ minLength: schema.minLength ?? 1, maxLength: 40 }),
        schema.pattern?.includes('@') === true ? fc.emailAddress() : fc.constant('x'),
        fc.constantFrom('Shop', 'alice', 'https://shop.example', EMAIL, PASSWORD),
      )
    default:
      return ANYTHING
  }
}

async function documentOf() {
  const { body } = await api.ask('GET', '/openapi.json')
  return body as { readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>> }
}

describe('the OpenAPI document', () => {
  it('is one, by the schema of OpenAPI 3.1', async () => {
    const validator = new Validator()
    const { valid, errors } = await validator.validate((await documentOf()) as unknown as SpecData)
    expect({ valid, errors }).toEqual({ valid: true, errors: undefined })
    expect(validator.version).toBe('3.1')
  })

  it('names each operation by a summary and a group, and what each parameter is', async () => {
    for (const [path, methods] of Object.entries((await documentOf()).paths)) {
      for (const operation of Object.values(methods)) {
        expect([path, operation]).toEqual([
          path,
          expect.objectContaining({
            summary: expect.any(String),
            tags: expect.any(Array),
            'x-right': expect.any(String),
          }),
        ])
      }
    }
  })
})

describe('whatever is sent to any route', () => {
  it('is answered, and never with a fault', { timeout: 120_000 }, async () => {
    const operations = Object.entries((await documentOf()).paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
    )
    expect(operations.length).toBeGreaterThan(30)
    for (const { path, method, operation } of operations) {
      const body = operation.requestBody?.content['application/json'].schema
      const query = (operation.parameters ?? []).filter((parameter) => parameter.in === 'query')
      const queryOf = fc.record(Object.fromEntries(query.map(({ name, schema }) => [name, valuesOf(schema)])), {
        requiredKeys: [],
      })
      const known = fc.constantFrom(key, colleague)
      const namesOf = fc.array(fc.oneof(known, fc.string({ minLength: 1, maxLength: 40 })), {
        minLength: 4,
        maxLength: 4,
      })
      await fc.assert(
        fc.asyncProperty(
          body ? valuesOf(body) : fc.constant(undefined),
          queryOf,
          namesOf,
          async (sent, asked, names) => {
            let at = 0
            const filled = path
              .replace('/api/v1', '')
              .replace(/\{(\w+)\}/g, (_whole, name) => encodeURIComponent(name === 'key' ? key : (names[at++] ?? 'x')))
            const search = new URLSearchParams(Object.entries(asked).map(([name, value]) => [name, textOf(value)]))
            // The API key is to be there for the next request too.
            if (method === 'delete' && path.endsWith('/{key}')) return
            const answer = await api.send({
              method: method.toUpperCase() as 'GET',
              url: `/api/v1${filled}?${search}`,
              headers: {
                authorization: `Bearer ${owner}`,
                ...(sent !== undefined && { 'content-type': 'application/json' }),
              },
              ...(sent !== undefined && { payload: JSON.stringify(sent) }),
            })
            answer.hangUp()
            expect([method, path, answer.status < 500]).toEqual([method, path, true])
          },
        ),
        { numRuns: 40 },
      )
    }
  })
})

// An object may have a member that is called toString, and then has no text of its own.
function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}
