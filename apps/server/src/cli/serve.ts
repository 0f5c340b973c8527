import process from 'node:process'
import { Command, Option } from 'commander'
import type { Platform } from '../main.ts'
import { isLoopback } from '../outbound/is-loopback.ts'
import { mediaOptions, parseIceAddresses } from './media-options.ts'
import { CliError, warn } from './output.ts'
import { parseProxies } from './parse-proxies.ts'
import { dataOption, locateStore, parsePort, parsePublicUrl, readMetricsToken } from './settings.ts'

const DEFAULT_PORT = 4420

interface Settings {
  readonly host: string
  readonly port: number
  readonly data: string
  readonly dev: boolean
  readonly devInsecure: boolean
  readonly demo: boolean
  readonly logLevel: string
  readonly publicUrl?: string
  readonly trustProxy: readonly string[]
  readonly webhooksToPrivate: boolean
  readonly turn: readonly string[]
}

export function serveCommand(): Command {
  return new Command('serve')
    .description('run the platform')
    .addOption(new Option('--host <address>', 'the address to listen at').env('STAGEDOOR_HOST').default('127.0.0.1'))
    .addOption(
      new Option('--port <number>', 'the port to listen at; 0 for any')
        .env('STAGEDOOR_PORT')
        .argParser(parsePort)
        .default(DEFAULT_PORT),
    )
    .addOption(dataOption())
    .option('--dev', 'for development: serve the demo, and tell everybody precisely why a token is refused', false)
    .option('--dev-insecure', 'with --dev: listen at an address that others reach, whom it gives tokens to', false)
    .option('--demo', 'serve the demo, which gives a token to whoever asks', false)
    .addOption(
      new Option('--log-level <level>', 'how much to log')
        .env('STAGEDOOR_LOG_LEVEL')
        .choices(['debug', 'info', 'warn', 'error', 'silent'])
        .default('info'),
    )
    .addOption(
      new Option(
        '--public-url <url>',
        'where users reach it, behind a proxy, with a path if it has one (default: where it listens)',
      )
        .env('STAGEDOOR_PUBLIC_URL')
        .argParser(parsePublicUrl),
    )
    .addOption(
      new Option(
        '--trust-proxy <list>',
        'the proxies in front, by address or subnet, or loopback: who knocks is read from their X-Forwarded-For',
      )
        .env('STAGEDOOR_TRUST_PROXY')
        .argParser(parseProxies)
        .default([], 'none'),
    )
    .addOption(
      new Option(
        '--turn <list>',
        'TURN and STUN servers for users whose networks keep media apart, such as turn:turn.example.com:3478; ' +
          'the secret is in STAGEDOOR_TURN_SECRET',
      )
        .env('STAGEDOOR_TURN')
        .argParser(parseIceAddresses)
        .default([], 'none'),
    )
    .option(
      '--webhooks-to-private',
      'send webhooks, and ask identity providers and key sets, at private addresses too, and over http:; ' +
        'else over https: on the public internet alone ' +
        '(env: STAGEDOOR_WEBHOOKS_TO_PRIVATE=1)',
      // Not left to the parser, for which any value of a switch is a yes: 0 must be a no.
      process.env.STAGEDOOR_WEBHOOKS_TO_PRIVATE === '1',
    )
    .addHelpText(
      'after',
      '\nEnvironment:\n' +
        '  STAGEDOOR_DATABASE_URL  a PostgreSQL database, postgresql://user:password@host:5432/database; default: SQLite in the data folder\n' +
        '  STAGEDOOR_MASTER_KEY    32 bytes in base64url that secrets are encrypted under; default: master.key in the data folder\n' +
        '  STAGEDOOR_TURN_SECRET   what the TURN servers share with the platform (the static-auth-secret of coturn)\n' +
        '  STAGEDOOR_METRICS_TOKEN the bearer token that /metrics is read with; default: only programs on this machine read it\n' +
        '\nExamples:\n  $ stagedoor serve --dev\n  $ stagedoor serve --host 0.0.0.0 --port 8080 --data /var/lib/stagedoor\n' +
        '  $ stagedoor serve --public-url https://rtc.example.com --trust-proxy loopback,10.0.0.0/8\n' +
        '  $ stagedoor serve --public-url https://example.com/rtc --trust-proxy loopback',
    )
    .action(serve)
}

async function serve(settings: Settings): Promise<void> {
  const { host, port, data, dev, demo, logLevel, publicUrl, trustProxy, webhooksToPrivate, turn } = settings
  requireSafeDev(settings)
  // Loaded here, so that the other commands need not wait for what they do not use.
  const [{ startPlatform }, { createLog }, { guardProcess }] = await Promise.all([
    import('../main.ts'),
    import('../observe/log.ts'),
    import('./guard-process.ts'),
  ])
  const log = createLog({ level: logLevel, pretty: process.stdout.isTTY === true })
  const platform = await startPlatform({
    host,
    port,
    dev,
    demo,
    log,
    publicUrl,
    trustedProxies: trustProxy,
    webhooksToPrivate,
    media: mediaOptions(turn),
    metricsToken: readMetricsToken(),
    ...locateStore({ data }),
  })
  guardProcess(platform, log)
  printAddresses(platform, dev || demo)
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void platform.close())
  }
}

// A name that leads to this machine may lead elsewhere too, so that only the usual ones count.
function requireSafeDev({ dev, devInsecure, host }: Pick<Settings, 'dev' | 'devInsecure' | 'host'>): void {
  if (!dev || isLoopback(host.includes(':') ? `[${host}]` : host)) return
  const danger = `--dev at ${host}: anyone who reaches this address gets demo tokens for any user, and learns exactly why a token is refused`
  if (!devInsecure) {
    throw new CliError(`${danger}. Leave --host out, start without --dev, or accept this with --dev-insecure`)
  }
  warn(`WARNING: ${danger}. Never where strangers can connect`)
}

function printAddresses({ url, setUpLink, dashboard, demo }: Platform, isDemo: boolean): void {
  const next = [
    ...(isDemo ? [`  Try it:      ${demo}?conversation=lobby in two tabs`] : []),
    ...(setUpLink === undefined
      ? [`  Dashboard:   ${dashboard}`]
      : [`  Set it up:   ${setUpLink}`, '               (makes the first account; good once)']),
    '  By command:  npx stagedoor key create --name "My application"',
  ]
  process.stdout.write(`\n  Stagedoor is open at ${url}\n\n${next.join('\n')}\n\n`)
}
