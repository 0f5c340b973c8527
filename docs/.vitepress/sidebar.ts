import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { GENERATED, listDocs, read, titleOf } from './pages/repository.ts'

/** As VitePress wants it. */
export interface Entry {
  readonly text: string
  readonly link?: string
  readonly collapsed?: boolean
  readonly items?: readonly Entry[]
}

/** The order in which one reads: what to begin with, what it is made of, how to do it, and every detail. */
export function listSidebar(): Entry[] {
  return [
    {
      text: 'Start',
      items: [
        page('Overview', '/'),
        page('Quick start', '/start'),
        page('Examples', '/examples/'),
        page('Tokens in every language', '/examples/mint/'),
        page('A React application', '/examples/react/'),
      ],
    },
    {
      text: 'Concepts',
      items: [
        page('Token', '/concepts/token'),
        page('Key', '/concepts/key'),
        page('Policy', '/concepts/policy'),
        page('Session', '/concepts/session'),
        page('Conversation', '/concepts/conversation'),
      ],
    },
    {
      text: 'Guides',
      items: [
        page('Rotate a secret', '/guides/rotate-a-secret'),
        page('Long calls', '/guides/long-calls'),
        page('Bad networks', '/guides/bad-networks'),
        page('Moderate', '/guides/moderate'),
        page('Single sign-on', '/guides/single-sign-on'),
        page('Behind a proxy', '/guides/behind-a-proxy'),
        page('Containers', '/deploy/'),
        page('Scale out', '/guides/scale-out'),
        page('Migrate from ApiRTC', '/guides/move-from-apirtc'),
        page('Migrate from LiveKit', '/guides/move-from-livekit'),
        page('Migrate from Twilio', '/guides/move-from-twilio'),
      ],
    },
    {
      text: 'Reference',
      items: [
        page('Access tokens', '/token'),
        page('API keys and signing keys', '/keys'),
        page('Command line', '/command-line'),
        page('Dashboard', '/dashboard'),
        page('Admin API', '/api'),
        page('Token endpoint', '/token-endpoint'),
        page('Webhooks', '/webhooks'),
        page('OAuth', '/oauth'),
        page('Operation', '/running'),
        page('Why was I refused?', '/refused'),
        { ...page('Refusal codes', '/refusals/'), collapsed: true, items: listFolder('refusals') },
        page('Licences', '/licences'),
      ],
    },
    // With a link, the arrow is the one button of a group: a button in a button cannot be used by keyboard.
    { ...page('Packages', '/packages/'), collapsed: true, items: listPackages() },
    { ...page('HTTP API', '/http-api/'), collapsed: true, items: listHttpApi() },
    {
      text: 'Project',
      items: [
        page('Security', '/security'),
        page('Readme', '/readme'),
        page('Contributing', '/CONTRIBUTING'),
        { ...page('Decisions', '/decisions/'), collapsed: true, items: listFolder('decisions') },
      ],
    },
  ]
}

function page(text: string, link: string): Entry {
  return { text, link }
}

function listFolder(folder: string): Entry[] {
  return listDocs()
    .filter((path) => posix.dirname(path) === `docs/${folder}`)
    .map((path) => page(titleOf(read(path)).replace(/^\d+\. /, ''), `/${folder}/${posix.basename(path, '.md')}`))
}

// What is generated is not there before the first build, and a test of what people write needs none of it.
function listPackages(folder = 'packages'): Entry[] {
  const modules = listIndexes(folder).filter((path) => path !== folder)
  return modules.map((path) => {
    const members = listMembers(path)
    const entry = page(titleOf(readGenerated(`${path}/index.md`)), `/${path}/`)
    return members.length === 0 ? entry : { ...entry, collapsed: true, items: members }
  })
}

function listMembers(module: string): Entry[] {
  return ['classes', 'functions', 'interfaces'].flatMap((kind) => {
    const folder = posix.join(module, kind)
    if (!existsSync(join(GENERATED, folder))) return []
    const names = readdirSync(join(GENERATED, folder)).map((name) => posix.basename(name, '.md'))
    return names.sort().map((name) => page(name, `/${folder}/${name}`))
  })
}

function listIndexes(folder: string): string[] {
  if (!existsSync(join(GENERATED, folder))) return []
  const entries = readdirSync(join(GENERATED, folder), { withFileTypes: true })
  const own = entries.some(({ name }) => name === 'index.md') ? [folder] : []
  const inside = entries.filter((entry) => entry.isDirectory()).map(({ name }) => posix.join(folder, name))
  return [...own, ...inside.sort().flatMap(listIndexes)]
}

function listHttpApi(): Entry[] {
  const folder = join(GENERATED, 'http-api')
  if (!existsSync(folder)) return []
  const names = readdirSync(folder).filter((name) => name.endsWith('.md') && name !== 'index.md')
  return names.sort().map((name) => {
    return page(titleOf(readGenerated(`http-api/${name}`)), `/http-api/${posix.basename(name, '.md')}`)
  })
}

function readGenerated(path: string): string {
  return readFileSync(join(GENERATED, path), 'utf8')
}
