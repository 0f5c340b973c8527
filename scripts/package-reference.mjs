// Writes the reference of the packages out of their docstrings, as Markdown, into docs/generated. What TypeDoc warns of fails.
import { readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Application, Comment, Converter, ReflectionKind } from 'typedoc'

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)))
// What is in it is deleted first, so it is named whatever happens.
const FOLDER = join(ROOT, 'docs', 'generated', 'packages')
const PACKAGES = ['client', 'access-token', 'token-endpoint', 'identity', 'admin', 'protocol']
/** What nobody names: shapes of what others bring along, and parts of types that are given whole. */
const NOT_EXPORTED = {
  '@stagedoor/client': ['Listener', 'TokenEndpointProblem'],
  '@stagedoor/token-endpoint': ['FastifyLike', 'HonoContextLike', 'KoaContextLike', 'RouteHandler', 'Awaitable'],
  '@stagedoor/admin': ['paths', 'Init', 'Operation', 'Success', 'BodyOf', 'Problem'],
}

const entries = PACKAGES.flatMap(entriesOf)
const app = await Application.bootstrapWithPlugins({
  entryPoints: entries.map(({ path }) => path),
  tsconfig: join(ROOT, 'docs', 'tsconfig.json'),
  // The check of the types is one of its own.
  skipErrorChecking: true,
  // Written from the API's document, which has pages of its own.
  exclude: [join(ROOT, 'packages', 'admin', 'src', 'schema.ts')],
  plugin: ['typedoc-plugin-markdown'],
  out: FOLDER,
  router: 'member',
  membersWithOwnFile: ['Class', 'Interface', 'Function'],
  entryFileName: 'index.md',
  excludeScopesInPaths: true,
  readme: 'none',
  name: 'Packages',
  disableSources: true,
  excludePrivate: true,
  excludeInternal: true,
  excludeExternals: true,
  sort: ['source-order'],
  validation: { notExported: true, invalidLink: true, invalidPath: true, rewrittenLink: true, notDocumented: false },
  hidePageHeader: true,
  hideBreadcrumbs: false,
  useCodeBlocks: true,
  expandObjects: true,
  parametersFormat: 'table',
  indexFormat: 'table',
  typeDeclarationFormat: 'table',
  propertyMembersFormat: 'table',
  logLevel: 'Warn',
})
// A module is called what one imports it by.
app.converter.on(Converter.EVENT_CREATE_DECLARATION, (context, reflection) => {
  if (!reflection.kindOf(ReflectionKind.Module)) return
  const file = context.getSymbolFromReflection(reflection)?.declarations?.[0]?.getSourceFile().fileName
  const entry = entries.find(({ path }) => relative(path, file ?? '') === '')
  if (entry === undefined) return
  reflection.name = entry.name
  if (entry.description !== undefined) {
    reflection.comment = new Comment([{ kind: 'text', text: `${entry.description}.` }])
  }
})
// The types that are made of the schemas say the same in a form that can be read.
app.converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }) => {
  const schemas = project.getReflectionsByKind(ReflectionKind.Variable).filter(({ name }) => name.endsWith('Schema'))
  for (const schema of schemas) project.removeReflection(schema)
  for (const property of project.getReflectionsByKind(ReflectionKind.Property)) {
    if (/Schema|^z\./.test(property.defaultValue ?? '')) property.defaultValue = undefined
  }
})
const project = await app.convert()
if (project === undefined) throw new Error('The packages cannot be read.')
// What is not exported is looked for among the types of one package at a time.
for (const name of new Set(entries.map(({ name }) => name.split('/', 2).join('/')))) {
  project.packageName = name
  app.options.setValue('intentionallyNotExported', NOT_EXPORTED[name] ?? [])
  app.validate(project)
}
await app.generateOutputs(project)
const { errorCount, warningCount } = app.logger
if (errorCount + warningCount > 0) throw new Error('TypeDoc has warned: mend the docstrings that it names.')

function entriesOf(name) {
  const folder = join(ROOT, 'packages', name)
  const { name: specifier, description, exports } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  return Object.entries(exports).flatMap(([subpath, target]) => {
    const source = target['@stagedoor/source']
    if (source === undefined) return []
    const path = join(folder, source)
    return [subpath === '.' ? { name: specifier, path, description } : { name: specifier + subpath.slice(1), path }]
  })
}
