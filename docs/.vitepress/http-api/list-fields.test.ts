import { describe, expect, it } from 'vitest'
import { factsOf, listFields, typeOf } from './list-fields.ts'

describe('the fields of a schema', () => {
  it('are listed however deep they are, each by its whole path', () => {
    const fields = listFields({
      type: 'object',
      required: ['policy'],
      properties: {
        policy: {
          type: 'object',
          properties: {
            providers: { type: 'array', items: { type: 'object', required: ['issuer'], properties: { issuer: {} } } },
          },
        },
      },
    })
    expect(fields.map(({ path, required }) => [path, required])).toEqual([
      ['policy', true],
      ['policy.providers', false],
      ['policy.providers[].issuer', true],
    ])
  })

  it('are those of the object where it may be null too', () => {
    const most = { type: 'integer', minimum: 1, maximum: 1000 }
    const [field, inner] = listFields({
      properties: { limit: { anyOf: [{ type: 'object', properties: { most } }, { type: 'null' }] } },
    })
    expect(field).toMatchObject({ path: 'limit', type: 'object or null' })
    expect(inner).toMatchObject({ path: 'limit.most', facts: ['1 to 1000'] })
  })

  it('end at a shape that has a name, which is linked', () => {
    const fields = listFields({ properties: { items: { items: { $ref: '#/components/schemas/ApiKey' } } } })
    expect(fields).toMatchObject([{ path: 'items', type: 'list of [ApiKey](shapes.md#apikey)' }])
  })
})

describe('the type of a field', () => {
  it.for([
    [{ type: ['string', 'null'] }, 'string or null'],
    [{ enum: ['active', 'disabled'] }, '`active` or `disabled`'],
    [{ const: 3 }, '`3`'],
    [{ type: 'array', items: { type: 'string' } }, 'list of string'],
    [{ type: 'object', additionalProperties: { type: 'integer' } }, 'object of integer'],
    [{}, 'anything'],
  ] as const)('%o is %s', ([schema, words]) => {
    expect(typeOf(schema)).toBe(words)
  })
})

describe('what is said of a field', () => {
  it.for([
    [{ default: 50, minimum: 1, maximum: 100 }, ['default `50`', '1 to 100']],
    [{ minLength: 1, maxLength: 256 }, ['1 to 256 characters']],
    [{ minLength: 0, maxLength: 256 }, ['at most 256 characters']],
    [{ minItems: 2 }, ['at least 2 entries']],
    [{ minimum: 7, maximum: 7, multipleOf: 7 }, ['7', 'a multiple of 7']],
    [{ format: 'email', pattern: '^.+@.+$' }, ['form: email']],
    [{ pattern: '^a$' }, ['matches `^a$`']],
    [{ anyOf: [{ minimum: 1 }, { type: 'null' }] }, ['at least 1']],
    [{ items: { maxLength: 8 }, maxItems: 3 }, ['at most 3 entries', 'each at most 8 characters']],
    [{ minimum: Number.MIN_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER }, []],
  ] as const)('of %o: %o', ([schema, facts]) => {
    expect(factsOf(schema)).toEqual(facts)
  })
})
