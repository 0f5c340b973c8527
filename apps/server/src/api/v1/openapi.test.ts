import process from 'node:process'
import { text } from 'node:stream/consumers'
import { type SpecData, Validator } from '@seriousme/openapi-schema-validator'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createApiKey } from '../../api-key/keys.ts'
import { type Clock, systemClock } from '../../clock.ts'
import type { ApiDocument, Operation, Parameter, Schema } from './openapi-document.ts'
import { MAX_STREAMS_PER_ACCOUNT } from './routes/live-streams.ts'
import { valuesBy } from './schemas/schema-values.fixture.ts'
import { API_PREFIX } from './serve-v1.ts'
import { openSharedTestApi, PASSWORD, type TestApi } from './v1.fixture.ts'

let api: TestApi
let close: () => Promise<void>
let owner: string
let asLoggedIn: Readonly<Record<string, string>>
let asOwner: { readonly authorization: string }
let key: string
let colleague: string
// Failed logins are delayed by seconds, but not the hundreds of them in this test.
const clock: Clock = { ...systemClock, after: (_seconds, run) => systemClock.after(0, run) }

beforeAll(async () => {
  const opened = await openSharedTestApi({ clock })
  api = opened.api
  close = opened.close
  owner = (await api.enroll('owner')).secret
  asOwner = { authorization: `Bearer ${owner}` }
  asLoggedIn = await api.logIn((await api.enroll('owner')).account.accountId)
  colleague = (await api.enroll('viewer', { email: EMAIL })).account.accountId
  const changeContext = { store: api.store, seal: api.context.seal, now: api.context.clock.now }
  key = (await createApiKey(changeContext, { name: 'Shop' })).apiKey.apiKey
})
afterAll(() => close())

const EMAIL = 'colleague@example.com'

// The same values in every run; try others with another seed: FUZZ_SEED=$RANDOM.
const SEED = Number(process.env['FUZZ_SEED'] ?? 13)
const RUNS = 25

async function documentOf(): Promise<ApiDocument> {
  const { body } = await api.ask('GET', '/openapi.json')
  return body
}

async function listOperations() {
  const { paths } = await documentOf()
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  )
}

/** The headers of a caller that has permission for an operation. */
const headersOf = (operation: Operation) => (operation['x-right'] === 'login' ? asLoggedIn : asOwner)
const bodyOf = ({ requestBody }: Operation) => requestBody?.content?.['application/json']?.schema
const parametersOf = ({ parameters = [] }: Operation, place: string) => parameters.filter((one) => one.in === place)

/** A URL of an operation, with a value for each path parameter. */
function fill(path: string, names: Readonly<Record<string, unknown>> = {}): string {
  return path.replace(/\{(\w+)\}/g, (_whole, name) => {
    return encodeURIComponent(name === 'key' ? key : Buffer.from(textOf(names[name] ?? 'x')).toString() || 'x')
  })
}

/** Every object with named members in a schema. */
function objectsIn(schema: Schema, shapes: ApiDocument['components']['schemas'], place = 'body'): [string, Schema][] {
  const named = schema.$ref === undefined ? schema : (shapes[schema.$ref.split('/').at(-1) ?? ''] ?? {})
  const { properties = {}, items, anyOf = [], oneOf = [] } = named
  return [
    ...(named.properties === undefined ? [] : [[place, named] as [string, Schema]]),
    ...Object.entries(properties).flatMap(([name, member]) => objectsIn(member, shapes, `${place}.${name}`)),
    ...(items === undefined ? [] : objectsIn(items, shapes, `${place}[]`)),
    ...[...anyOf, ...oneOf].flatMap((choice) => objectsIn(choice, shapes, place)),
  ]
}

describe('the OpenAPI document', () => {
  it('is valid OpenAPI 3.1', async () => {
    const validator = new Validator()
    const { valid, errors } = await validator.validate((await documentOf()) as unknown as SpecData)
    expect({ valid, errors }).toEqual({ valid: true, errors: undefined })
    expect(validator.version).toBe('3.1')
  })

  it('has a summary and a group for each operation, and describes each parameter', async () => {
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

describe('input that no operation accepts', () => {
  it('is excluded from bodies: every object in every body schema is closed', async () => {
    const { components } = await documentOf()
    const open = (await listOperations()).flatMap(({ path, method, operation }) => {
      const objects = objectsIn(bodyOf(operation) ?? {}, components.schemas)
      return objects
        .filter(([, { additionalProperties }]) => additionalProperties !== false)
        .map(([place]) => `${method} ${path} ${place}`)
    })
    expect(open).toEqual([])
  })

  it('is refused by name in every query', async () => {
    for (const { path, method, operation } of await listOperations()) {
      const body = bodyOf(operation) === undefined ? {} : { body: {} }
      const { status, body: told } = await api.ask(method.toUpperCase() as 'GET', `${inApi(fill(path))}?surplus=1`, {
        headers: headersOf(operation),
        ...body,
      })
      if (bodyOf(operation) !== undefined && !told.errors?.some(isSurplus)) {
        // The body was refused before the query was checked.
        expect([method, path, told.errors?.length > 0]).toEqual([method, path, true])
        continue
      }
      expect([method, path, status, told.errors]).toEqual([
        method,
        path,
        400,
        [{ field: 'surplus', message: 'is not known here' }],
      ])
    }
  })

  it('is refused by name as a body of an operation without one, but a content type alone is not a body', async () => {
    const without = (await listOperations()).filter(
      ({ method, operation }) => method !== 'get' && bodyOf(operation) === undefined,
    )
    expect(without.length).toBeGreaterThan(8)
    for (const { path, method, operation } of without) {
      if (path.endsWith('/{key}')) continue
      const send = (payload: string) =>
        api.send({
          method: method.toUpperCase() as 'POST',
          url: fill(path),
          headers: { ...headersOf(operation), 'content-type': 'application/json' },
          payload,
        })
      const refused = await send('{"force":true}')
      expect([method, path, refused.status, JSON.parse(await text(refused.readable)).errors]).toEqual([
        method,
        path,
        400,
        [{ field: 'force', message: 'is not known here' }],
      ])
      expect([method, path, (await send('')).status]).not.toEqual([method, path, 400])
    }
  })

  it('includes numbers that are not decimal digits', async () => {
    for (const limit of [' 0x5 ', '0x5', '1e1', '', ' 5', '5.0', '+5', '５']) {
      const { status, body: told } = await api.ask('GET', `/keys?limit=${encodeURIComponent(limit)}`, { as: owner })
      expect([limit, status, told.errors?.[0]?.field]).toEqual([limit, 400, 'limit'])
    }
    expect((await api.ask('GET', '/keys?limit=5', { as: owner })).status).toBe(200)
  })
})

describe('an operation that creates something', () => {
  it('accepts an Idempotency-Key', async () => {
    for (const { path, method, operation } of await listOperations()) {
      // Nobody is authenticated yet, and it can be done only once.
      const isCreated = '201' in operation.responses || path.endsWith('/messages')
      if (!isCreated || path.endsWith('/setup')) continue
      const headers = parametersOf(operation, 'header').map(({ name }) => name)
      expect([method, path, headers]).toEqual([method, path, ['idempotency-key']])
    }
  })
})

describe(`random input for any route (seed ${SEED})`, () => {
  it('gets a response that matches the document, and never a server error', { timeout: 120_000 }, async () => {
    const { components } = await documentOf()
    const valuesOf = valuesBy(components.schemas, [
      'Shop',
      'alice',
      'https://shop.example',
      EMAIL,
      PASSWORD,
      key,
      colleague,
    ])
    const recordOf = (parameters: readonly Parameter[]) =>
      fc.record(Object.fromEntries(parameters.map(({ name, schema }) => [name, valuesOf(schema)])), {
        requiredKeys: [],
      })
    const operations = await listOperations()
    expect(operations.length).toBeGreaterThan(30)
    for (const { path, method, operation } of operations) {
      // The API key is to be there for the next request too.
      if (method === 'delete' && path.endsWith('/{key}')) continue
      const body = bodyOf(operation)
      const methods = method === 'get' ? ['GET', 'HEAD'] : [method.toUpperCase()]
      const property = fc.asyncProperty(
        fc.constantFrom(...methods),
        body ? valuesOf(body) : fc.constant(undefined),
        recordOf(parametersOf(operation, 'query')),
        recordOf(parametersOf(operation, 'path')),
        async (sentMethod, sent, asked, names) => {
          const search = new URLSearchParams(Object.entries(asked).map(([name, value]) => [name, textOf(value)]))
          const answer = await api.send({
            method: sentMethod as 'GET',
            url: `${fill(path, names)}?${search}`,
            headers: { ...headersOf(operation), ...(sent !== undefined && { 'content-type': 'application/json' }) },
            ...(sent !== undefined && { payload: JSON.stringify(sent) }),
          })
          answer.hangUp()
          expect([sentMethod, path, answer.status < 500]).toEqual([sentMethod, path, true])
        },
      )
      await fc.assert(property, { numRuns: RUNS, seed: SEED })
    }
  })

  it('leaves all streams of an account available', async () => {
    const url = fill('/api/v1/keys/{key}/live')
    for (let count = 0; count <= MAX_STREAMS_PER_ACCOUNT; count++) {
      expect((await api.send({ method: 'HEAD', url, headers: asOwner })).status).toBe(200)
    }
    const answer = await api.send({ method: 'GET', url, headers: asOwner })
    answer.hangUp()
    expect(answer.status).toBe(200)
  })
})

const inApi = (path: string) => path.replace(API_PREFIX, '')
const isSurplus = ({ field }: { readonly field: string }) => field === 'surplus'

// An object can have a member named toString, and then cannot be converted to text.
function textOf(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '')
}
