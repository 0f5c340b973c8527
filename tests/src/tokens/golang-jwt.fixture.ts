import { spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'

const SOURCE = fileURLToPath(new URL('../../../examples/mint/go/verify-with-golang-jwt.go', import.meta.url))
/** Where Debian puts the library. */
const LIBRARY = '/usr/share/gocode/src/github.com/golang-jwt/jwt'

/** Why the example of golang-jwt cannot be run here; nothing where it can. */
export function whyNotGolangJwt(): string | undefined {
  if (spawnSync('go', ['version']).status !== 0) return 'there is no Go on this machine'
  return existsSync(LIBRARY) ? undefined : 'apt-get install golang-github-golang-jwt-jwt-dev'
}

/** Builds the example with the library of this machine; answers the program. `remove` takes it away. */
export function buildGolangJwt(): { readonly program: string; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'stagedoor-golang-jwt-'))
  const name = 'github.com/golang-jwt/jwt/v4'
  copyFileSync(SOURCE, join(folder, 'main.go'))
  writeFileSync(join(folder, 'go.mod'), `module example\n\nrequire ${name} v4.0.0\n\nreplace ${name} => ${LIBRARY}\n`)
  const env = { ...process.env, GOFLAGS: '-mod=mod', GOPROXY: 'off' }
  const { status, stderr } = spawnSync('go', ['build', '-o', 'verify', 'main.go'], {
    cwd: folder,
    env,
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(stderr)
  return { program: join(folder, 'verify'), remove: () => rmSync(folder, { recursive: true, force: true }) }
}
