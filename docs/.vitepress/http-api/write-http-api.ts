import type { ApiDocument, Operation, Parameter, Schema } from '../../../apps/server/src/api/v1/openapi-document.ts'
import { type Field, factsOf, listFields, typeOf } from './list-fields.ts'

/** The least role that has a right, by the name of the right. */
export type Rights = Readonly<Record<string, string>>

const ROLES = ['viewer', 'developer', 'owner']

export interface WrittenPage {
  /** Without its ending. */
  readonly name: string
  readonly title: string
  readonly text: string
}

interface Route {
  readonly method: string
  readonly path: string
  readonly operation: Operation
}

/** The reference of the owner's API, a page for each tag and one for the shapes, out of the document that the server answers with. */
export function writeHttpApi(document: ApiDocument, rights: Rights): WrittenPage[] {
  const groups = groupByTag(document)
  const tags = [...groups].map(([tag, routes]) => ({
    name: nameOf(tag),
    title: tag,
    text: join([`# ${tag}`, ...routes.map((route) => writeRoute(route, rights))]),
  }))
  return [writeIndex(document, groups), ...tags, writeShapes(document)]
}

function groupByTag({ paths }: ApiDocument): Map<string, Route[]> {
  const groups = new Map<string, Route[]>()
  for (const [path, methods] of Object.entries(paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      const [tag = 'Other'] = operation.tags ?? []
      groups.set(tag, [...(groups.get(tag) ?? []), { method: method.toUpperCase(), path, operation }])
    }
  }
  return groups
}

function writeIndex({ info }: ApiDocument, groups: ReadonlyMap<string, readonly Route[]>): WrittenPage {
  const lists = [...groups].map(([tag, routes]) => {
    const rows = routes.map(({ method, path, operation }) => [
      `[${operation.summary ?? path}](${nameOf(tag)}.md#${anchorOf(method, path)})`,
      `\`${method} ${path}\``,
    ])
    return join([`## ${tag}`, table(['what it does', 'route'], rows)])
  })
  const intro = `Every route of [the owner's API](/api.md), out of the OpenAPI document of version ${info.version}. A running platform answers with that document at \`/api/v1/openapi.json\`. What is answered again and again has a name, and is among [the shapes](shapes.md).`
  return { name: 'index', title: 'Routes', text: join(['# HTTP API', intro, info.description, ...lists]) }
}

function writeRoute({ method, path, operation }: Route, rights: Rights): string {
  const { summary = path, description = '', parameters = [], requestBody, responses } = operation
  const body = schemaIn(requestBody?.content)
  return join([
    `## ${summary} {#${anchorOf(method, path)}}`,
    `\`\`\`http\n${method} ${path}\n\`\`\``,
    rightWords(operation['x-right'], rights),
    description,
    ...(parameters.length === 0 ? [] : ['**Parameters**', writeParameters(parameters)]),
    ...(body === undefined ? [] : ['**Body**', writeSchema(body)]),
    ...Object.entries(responses).flatMap(([status, answer]) => {
      const schema = schemaIn(answer.content)
      const kind = Object.keys(answer.content ?? {})[0]
      const words = answer.description === 'Default Response' ? '' : (answer.description ?? '')
      if (status === 'default') return [`**Otherwise** ${schema === undefined ? '' : typeOf(schema)}. ${words}`]
      const form = kind === undefined || kind === 'application/json' ? '' : ` (\`${kind}\`)`
      return [`**Answer ${status}**${form}`, words, schema === undefined ? 'Nothing.' : writeSchema(schema)]
    }),
  ])
}

function writeShapes({ paths, components: { schemas } }: ApiDocument): WrittenPage {
  const used = shapesIn(paths, schemas, new Set())
  const shapes = Object.entries(schemas)
    .filter(([name]) => used.has(name))
    .map(([name, schema]) => join([`## ${name}`, schema.description ?? '', writeSchema(schema)]))
  return { name: 'shapes', title: 'Shapes', text: join(['# Shapes', 'What the routes answer with.', ...shapes]) }
}

function shapesIn(value: unknown, schemas: Readonly<Record<string, Schema>>, found: Set<string>): Set<string> {
  if (typeof value !== 'object' || value === null) return found
  for (const [key, inner] of Object.entries(value)) {
    const name = key === '$ref' && typeof inner === 'string' ? (inner.split('/').at(-1) ?? '') : ''
    if (name !== '' && !found.has(name)) shapesIn(schemas[name], schemas, found.add(name))
    else shapesIn(inner, schemas, found)
  }
  return found
}

function rightWords(right: string | undefined, rights: Rights): string {
  if (right === 'everybody') return 'For everybody.'
  if (right === 'anybody') return 'For every account.'
  if (right === 'login') return 'For every account, logged in with a browser: a personal access token may not.'
  const least = rights[right ?? '']
  if (least === undefined) throw new Error(`No role has the right ${right}`)
  const roles = ROLES.slice(ROLES.indexOf(least))
  const words = roles.join(', ').replace(/, (\w+)$/, ' and $1')
  return `Needs the right \`${right}\`, which ${words} ${roles.length === 1 ? 'has' : 'have'}.`
}

function writeParameters(parameters: readonly Parameter[]): string {
  const rows = parameters.map(({ name, in: place, required = false, schema, description }) => [
    `\`${name}\``,
    `${place}${required ? ', required' : ''}`,
    typeOf(schema),
    meaning({ facts: factsOf(schema), description: description ?? schema.description ?? '' }),
  ])
  return table(['name', 'where', 'type', 'meaning'], rows)
}

/** The fields of an object; of a choice of objects, those of each; of anything else, its type. */
function writeSchema(schema: Schema): string {
  const choices = schema.anyOf ?? schema.oneOf
  if (choices !== undefined) return choices.map(writeSchema).join('\n\nor\n\n')
  const fields = listFields(schema)
  if (fields.length === 0) return `${typeOf(schema)[0]?.toUpperCase()}${typeOf(schema).slice(1)}.`
  const rows = fields.map((field) => [
    `\`${field.path}\``,
    `${field.type}${field.required ? '' : ', optional'}`,
    meaning(field),
  ])
  const whole = schema.items === undefined ? '' : 'A list; each of it has'
  return join([whole, table(['field', 'type', 'meaning'], rows)])
}

function meaning({ description, facts }: Pick<Field, 'description' | 'facts'>): string {
  const bounds = facts.join('; ')
  return [description, bounds === '' ? '' : `${bounds[0]?.toUpperCase()}${bounds.slice(1)}.`].filter(Boolean).join(' ')
}

function schemaIn(content: Operation['responses'][string]['content']): Schema | undefined {
  return Object.values(content ?? {})[0]?.schema
}

function nameOf(tag: string): string {
  return tag.toLowerCase().replaceAll(/\W+/g, '-')
}

function anchorOf(method: string, path: string): string {
  const words = path.replace(/^\/api\/v1\//, '').replaceAll(/[^\w-]+/g, '-')
  return `${method.toLowerCase()}-${words}`.replace(/-$/, '')
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(toCell).join(' | ')} |`
  return [line(head), `| ${head.map(() => '---').join(' | ')} |`, ...rows.map(line)].join('\n')
}

function toCell(text: string): string {
  return text.replaceAll(/\s*\n\s*/g, ' ').replaceAll('|', '\\|')
}

function join(parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join('\n\n')
}
