import fc from 'fast-check'
import type { Schema } from '../openapi-document.ts'

type Shapes = Readonly<Record<string, Schema>>

// Whatever a program may get wrong: other types, empty, huge, strange signs, numbers at the edge.
const ANYTHING = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.constantFrom(null, true, '', 0, -1, 1e300, 2 ** 53, [], {}, '\0', '__proto__', ' 0x5 ', 'a'.repeat(9_000)),
  fc.jsonValue(),
)

/** Makes values by schemas of a document: as they have them for the most part, each place with anything else now and then. */
export function valuesBy(shapes: Shapes, texts: readonly string[]) {
  function valuesOf(schema: Schema, depth = 4): fc.Arbitrary<unknown> {
    return fc.oneof({ weight: 6, arbitrary: goodValuesOf(schema, depth) }, { weight: 1, arbitrary: ANYTHING })
  }

  function goodValuesOf(schema: Schema, depth: number): fc.Arbitrary<unknown> {
    if (schema.$ref !== undefined) return valuesOf(shapes[schema.$ref.split('/').at(-1) ?? ''] ?? {}, depth)
    const choices = schema.anyOf ?? schema.oneOf
    if (choices !== undefined) return fc.oneof(...choices.map((choice) => valuesOf(choice, depth)))
    if (schema.const !== undefined) return fc.constant(schema.const)
    if (schema.enum !== undefined) return fc.constantFrom(...schema.enum)
    if (depth === 0) return ANYTHING
    switch (schema.type) {
      case 'object':
        return objectsOf(schema, depth)
      case 'array': {
        const longest = Math.min(schema.maxItems ?? 3, 3)
        return fc.array(valuesOf(schema.items ?? {}, depth - 1), {
          minLength: schema.minItems ?? 0,
          maxLength: longest,
        })
      }
      case 'integer':
      case 'number':
        return numbersOf(schema)
      case 'boolean':
        return fc.boolean()
      case 'string':
        return textsOf(schema)
      default:
        return ANYTHING
    }
  }

  function objectsOf({ properties = {}, required = [], additionalProperties }: Schema, depth: number) {
    const members = Object.entries(properties).map(([name, member]) => [name, valuesOf(member, depth - 1)])
    const whole = fc.record(Object.fromEntries(members), { requiredKeys: [...required] as never[] })
    const parts = fc.record(Object.fromEntries(members), { requiredKeys: [] })
    const surplus = fc.tuple(whole, fc.constantFrom('surplus', 'toString', '__proto__'), ANYTHING)
    const good = additionalProperties === false ? [whole] : [whole, fc.dictionary(fc.string(), ANYTHING)]
    return fc.oneof(
      ...good.map((arbitrary) => ({ weight: 8, arbitrary })),
      { weight: 1, arbitrary: parts },
      {
        weight: 1,
        arbitrary: surplus.map(([object, name, value]) =>
          Object.fromEntries([...Object.entries(object), [name, value]]),
        ),
      },
    )
  }

  // Each limit, and what is just beyond it.
  function numbersOf({ minimum = -2, maximum = 100_000 }: Schema): fc.Arbitrary<unknown> {
    const [least, most] = [Math.max(minimum, -1e15), Math.min(maximum, 1e15)]
    const edges = [least, most, least - 1, most + 1, (least + most) / 2]
    return fc.oneof(
      fc.integer({ min: Math.ceil(least), max: Math.floor(most) }),
      fc.constantFrom(...edges),
      fc.double(),
    )
  }

  function textsOf({ minLength = 0, maxLength = 64, pattern = '', format }: Schema): fc.Arbitrary<unknown> {
    const longest = Math.min(maxLength, 20_000)
    const edges = ['a'.repeat(longest), 'a'.repeat(longest + 1), '😀'.repeat(longest >> 1), '一'.repeat(longest)]
    const isEmail = format === 'email' || pattern.includes('@')
    return fc.oneof(
      { weight: 3, arbitrary: isEmail ? fc.emailAddress() : fc.constantFrom('x', ...texts) },
      { weight: 3, arbitrary: fc.string({ minLength: Math.min(minLength, 40), maxLength: 40 }) },
      { weight: 1, arbitrary: fc.constantFrom(...edges) },
    )
  }

  return valuesOf
}
