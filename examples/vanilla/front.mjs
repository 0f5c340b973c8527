import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const FILES = { '/': ['index.html', 'text/html'], '/style.css': ['style.css', 'text/css'] }

/** The settings that every example takes from its environment; it ends with a word of advice where one is missing. */
export function readSettings() {
  const { API_KEY, SECRET, STAGEDOOR_URL = 'http://127.0.0.1:4420', PORT = '4431' } = process.env
  if (!API_KEY || !SECRET) {
    process.stderr.write('Set API_KEY and SECRET: npx stagedoor key create --name "Example" makes them.\n')
    process.exit(2)
  }
  return { apiKey: API_KEY, secret: SECRET, platform: STAGEDOOR_URL, port: Number(PORT) }
}

/** Users who have said their name. In an application this is its own sign-in, with passwords and all. */
const users = new Map()

/** Remembers a user, and answers the cookie by which they are known again. */
export function signIn(name) {
  const session = randomBytes(16).toString('base64url')
  users.set(session, name)
  return `session=${session}; Path=/; HttpOnly; SameSite=Strict`
}

/** Whose cookie that is; nobody's, where it is none of ours. */
export function userOf(cookies) {
  const [, session] = /(?:^|; )session=([\w-]+)/.exec(cookies ?? '') ?? []
  return users.get(session)
}

/** The files of the page, by their address: what they are, and what is in them. */
export async function readPage({ apiKey, platform }) {
  const at = (name) => fileURLToPath(new URL(`page/${name}`, import.meta.url))
  const { outputFiles } = await build({
    entryPoints: [at('main.js')],
    bundle: true,
    format: 'esm',
    write: false,
    define: { SETTINGS: JSON.stringify({ apiKey, platform }) },
  })
  const page = new Map([['/main.js', { type: 'text/javascript', body: outputFiles[0].text }]])
  for (const [address, [name, type]] of Object.entries(FILES)) {
    page.set(address, { type, body: await readFile(at(name), 'utf8') })
  }
  return page
}

/** Says where the page is. */
export function announce(port) {
  process.stdout.write(`\n  Open http://127.0.0.1:${port} in two browsers.\n\n`)
}
