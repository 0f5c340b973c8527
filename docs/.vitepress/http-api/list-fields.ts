import type { Schema } from '../../../apps/server/src/api/v1/openapi-document.ts'

export interface Field {
  /** From the outermost object, with dots; `[]` is each of a list. */
  readonly path: string
  readonly type: string
  readonly required: boolean
  /** Its bounds and its default, as the document has them. */
  readonly facts: readonly string[]
  readonly description: string
}

/** Every field of a schema, however deep, each after the one that it is part of. Shapes with a name are linked, not opened. */
export function listFields(schema: Schema, path = ''): Field[] {
  return objectsIn(schema).flatMap(({ suffix, properties, required }) =>
    Object.entries(properties).flatMap(([name, field]) => {
      const at = [path + suffix, name].filter((part) => part !== '').join('.')
      const own = {
        path: at,
        type: typeOf(field),
        required: required.includes(name),
        facts: factsOf(field),
        description: field.description ?? '',
      }
      return [own, ...listFields(field, at)]
    }),
  )
}

interface Properties {
  readonly suffix: string
  readonly properties: Readonly<Record<string, Schema>>
  readonly required: readonly string[]
}

function objectsIn(schema: Schema): Properties[] {
  const { properties, required = [], items, anyOf, oneOf } = schema
  if (properties !== undefined) return [{ suffix: '', properties, required }]
  if (items !== undefined) return objectsIn(items).map((one) => ({ ...one, suffix: `[]${one.suffix}` }))
  return (anyOf ?? oneOf ?? []).flatMap(objectsIn)
}

/** A type in words: those of a union are joined by "or". */
export function typeOf(schema: Schema): string {
  const { $ref, anyOf, oneOf, items, properties, additionalProperties } = schema
  if ($ref !== undefined) return linkTo($ref)
  if (schema.const !== undefined) return code(schema.const)
  if (schema.enum !== undefined) return schema.enum.map(code).join(' or ')
  const choices = anyOf ?? oneOf
  if (choices !== undefined) return [...new Set(choices.map(typeOf))].join(' or ')
  if (items !== undefined) return `list of ${typeOf(items)}`
  if (properties === undefined && typeof additionalProperties === 'object' && additionalProperties.type !== undefined) {
    return `object of ${typeOf(additionalProperties)}`
  }
  return [schema.type ?? 'anything'].flat().join(' or ')
}

/** What the document says of how much is too much, and of what holds where nothing is said. */
export function factsOf(schema: Schema): string[] {
  const { minimum, maximum, multipleOf, minLength, maxLength, minItems, maxItems, pattern, format, items } = schema
  const inner = [...(schema.anyOf ?? schema.oneOf ?? [])].flatMap((choice) =>
    choice.$ref === undefined ? factsOf(choice) : [],
  )
  const own = [
    schema.default === undefined ? [] : [`default ${code(schema.default)}`],
    range(within(minimum), within(maximum), ''),
    multipleOf === undefined ? [] : [`a multiple of ${multipleOf}`],
    range(minLength === 0 ? undefined : minLength, maxLength, ' characters'),
    range(minItems === 0 ? undefined : minItems, maxItems, ' entries'),
    pattern === undefined || format !== undefined ? [] : [`matches ${code(pattern)}`],
    format === undefined ? [] : [`form: ${format}`],
    items === undefined || items.$ref !== undefined ? [] : factsOf(items).map((fact) => `each ${fact}`),
  ].flat()
  return [...new Set([...own, ...inner])]
}

// The greatest whole number of JavaScript bounds nothing that anybody would send.
function within(bound: number | undefined): number | undefined {
  return bound === undefined || Math.abs(bound) >= Number.MAX_SAFE_INTEGER ? undefined : bound
}

function range(least: number | undefined, most: number | undefined, unit: string): string[] {
  if (least === undefined && most === undefined) return []
  if (least === undefined) return [`at most ${most}${unit}`]
  if (most === undefined) return [`at least ${least}${unit}`]
  return [least === most ? `${least}${unit}` : `${least} to ${most}${unit}`]
}

function linkTo(ref: string): string {
  const name = ref.split('/').at(-1) ?? ref
  return `[${name}](shapes.md#${name.toLowerCase()})`
}

function code(value: unknown): string {
  return `\`${typeof value === 'string' ? value : JSON.stringify(value)}\``
}
