import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { isThere } from './is-there.fixture.ts'

const NGINX = '/usr/sbin/nginx'
const CADDY = '/usr/bin/caddy'

/** Whether there are such proxies here. Where there are not, it is said how to get them. */
export const HAS_NGINX = isThere(NGINX, '-v', 'nginx-light')
export const HAS_CADDY = isThere(CADDY, 'version', 'caddy')

/** A proxy of this machine's own in a folder of its own, with a certificate for localhost. */
export class ReverseProxy {
  readonly folder = mkdtempSync(join(tmpdir(), 'stagedoor-proxy-'))
  readonly certificate = join(this.folder, 'fullchain.pem')
  readonly key = join(this.folder, 'privkey.pem')
  #child: ChildProcess | undefined

  constructor() {
    const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', this.key]
    const names = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1']
    execFileSync('openssl', ['req', '-x509', '-days', '30', ...curve, '-out', this.certificate, ...names], {
      stdio: 'ignore',
    })
  }

  /** @param servers what stands in `http { … }`. */
  startNginx(servers: string): void {
    const places = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
      (name) => `${name}_temp_path ${join(this.folder, name)};`,
    )
    const written = join(this.folder, 'nginx.conf')
    writeFileSync(
      written,
      `pid ${join(this.folder, 'pid')}; daemon off; error_log stderr; events {} http { access_log off; ${places.join(' ')} ${servers} }`,
    )
    this.#child = spawn(NGINX, ['-c', written, '-p', this.folder], { stdio: 'ignore' })
  }

  startCaddy(caddyfile: string): void {
    const written = join(this.folder, 'Caddyfile')
    writeFileSync(written, caddyfile)
    const env = { ...process.env, HOME: this.folder, XDG_DATA_HOME: this.folder, XDG_CONFIG_HOME: this.folder }
    this.#child = spawn(CADDY, ['run', '--config', written, '--adapter', 'caddyfile'], { stdio: 'ignore', env })
  }

  async stop(): Promise<void> {
    if (this.#child?.kill()) await once(this.#child, 'close')
    rmSync(this.folder, { recursive: true, force: true })
  }
}
