import type { FastifyInstance } from 'fastify'
import { marked } from 'marked'
import { page } from '../../page.ts'
import type { ApiDocument, Operation, Schema } from '../openapi-document.ts'

/** The OpenAPI document as a page for people: no scripts, and nothing from elsewhere. */
export function serveReader(http: FastifyInstance, path: string, basePath: string, document: () => unknown): void {
  let written: string | undefined
  http.get(path, { config: { guard: 'everybody' }, schema: { hide: true } }, async (_request, reply) => {
    written ??= write(document() as ApiDocument, basePath)
    return reply.type('text/html; charset=utf-8').serializer(String).send(written)
  })
}

function write({ info, paths, components }: ApiDocument, basePath: string): string {
  const groups = new Map<string, string[]>()
  for (const [path, methods] of Object.entries(paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      const [tag = 'Other'] = operation.tags ?? []
      groups.set(tag, [...(groups.get(tag) ?? []), writeOperation(method, path, operation)])
    }
  }
  const shapes = Object.entries(components?.schemas ?? {}).map(([name, schema]) => {
    return `<section id="${toText(name)}"><h3>${toText(name)}</h3>${writeFields(schema)}</section>`
  })
  const contents = [...groups.keys()].map((tag) => `<a href="#${anchor(tag)}">${toText(tag)}</a>`).join(' · ')
  const body = [...groups].map(([tag, list]) => `<h2 id="${anchor(tag)}">${toText(tag)}</h2>${list.join('')}`)
  return page(
    `${info.title} ${info.version}`,
    `<h1>The API of ${toText(info.title)}</h1>${marked.parse(info.description, { async: false })}
     <p><a href="openapi.json">openapi.json</a> · ${contents} · <a href="#shapes">Shapes</a></p>
     ${body.join('')}<h2 id="shapes">Shapes</h2>${shapes.join('')}`,
    { basePath },
  )
}

function writeOperation(method: string, path: string, operation: Operation): string {
  const body = operation.requestBody?.content?.['application/json']?.schema
  const [status, answer] = Object.entries(operation.responses).find(([status]) => status !== 'default') ?? []
  const answered = Object.values(answer?.content ?? {})[0]?.schema
  return `<section><h3><code>${toText(method.toUpperCase())} ${toText(path)}</code></h3>
    <p>${toText(operation.summary ?? '')}.</p>${marked.parse(operation.description ?? '', { async: false })}
    <p><small>${rightWords(operation['x-right'])}</small></p>
    ${writeParameters(operation)}
    ${body === undefined ? '' : `<h4>Body</h4>${writeFields(body)}`}
    <h4>Answer ${toText(status ?? '')}</h4>${answered === undefined ? '' : writeFields(answered)}</section>`
}

function rightWords(right: string | undefined): string {
  if (right === 'everybody') return 'For everybody.'
  if (right === 'login') return 'For every account, logged in with a browser.'
  if (right === 'anybody') return 'For every account.'
  return `Needs the right <code>${toText(right ?? '')}</code>.`
}

function writeParameters({ parameters = [] }: Operation): string {
  if (parameters.length === 0) return ''
  const rows = parameters.map(({ name, in: place, schema, description, required }) =>
    row(name, `${place}${required === true ? '' : ', optional'}`, { ...schema, ...(description && { description }) }),
  )
  return `<h4>Parameters</h4><table>${rows.join('')}</table>`
}

/** The fields of an object; for anything else, its type. */
function writeFields(schema: Schema): string {
  const choices = schema.anyOf ?? schema.oneOf
  if (choices !== undefined) return choices.map(writeFields).join('<p>or</p>')
  if (schema.properties === undefined) return `<p>${typeOf(schema)}</p>`
  const rows = Object.entries(schema.properties).map(([name, field]) =>
    row(name, schema.required?.includes(name) === true ? '' : 'optional', field),
  )
  return `<table>${rows.join('')}</table>`
}

function row(name: string, place: string, schema: Schema): string {
  const facts = [
    schema.default === undefined ? '' : `default <code>${toText(JSON.stringify(schema.default))}</code>`,
    schema.minimum === undefined || schema.minimum < -1e15 ? '' : `from ${schema.minimum}`,
    schema.maximum === undefined || schema.maximum > 1e15 ? '' : `to ${schema.maximum}`,
    schema.maxLength === undefined ? '' : `${schema.maxLength} characters at most`,
  ].filter((fact) => fact !== '')
  const words = [
    schema.description === undefined ? '' : marked.parseInline(schema.description, { async: false }),
    facts.join(', '),
  ].filter(Boolean)
  return `<tr><th scope="row"><code>${toText(name)}</code><br><small>${place}</small></th><td>${typeOf(schema)}</td><td>${words.join(' ')}</td></tr>`
}

function typeOf(schema: Schema): string {
  if (schema.$ref !== undefined) {
    const name = toText(schema.$ref.split('/').at(-1) ?? '')
    return `<a href="#${name}">${name}</a>`
  }
  if (schema.const !== undefined) return `<code>${toText(JSON.stringify(schema.const))}</code>`
  if (schema.enum !== undefined) return schema.enum.map((value) => `<code>${toText(String(value))}</code>`).join(' ')
  const choices = schema.anyOf ?? schema.oneOf
  if (choices !== undefined) return choices.map(typeOf).join(' or ')
  if (schema.items !== undefined) return `list of ${typeOf(schema.items)}`
  if (schema.properties !== undefined) {
    const fields = Object.entries(schema.properties).map(
      ([name, field]) => `<code>${toText(name)}</code>: ${typeOf(field)}`,
    )
    return `{ ${fields.join(', ')} }`
  }
  return toText([schema.type ?? 'anything'].flat().join(' or '))
}

function anchor(text: string): string {
  return text.toLowerCase().replace(/\W+/g, '-')
}

function toText(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.codePointAt(0)};`)
}
