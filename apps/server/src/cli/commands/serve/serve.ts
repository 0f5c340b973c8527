import process from 'node:process'
import { Command, Option } from 'commander'
import type { Platform } from '../../../assemble/platform.ts'
import { commandLine } from '../../../command-line.ts'
import { isLoopback } from '../../../outbound/is-loopback.ts'
import { DEFAULT_KEEP_SECONDS, MAX_KEEP_SECONDS, MIN_KEEP_SECONDS } from '../../../refusal-log/keep.ts'
import { durationOption } from '../../input/duration-option.ts'
import { dataOption, parsePort, parsePublicUrl, readMetricsToken } from '../../input/settings.ts'
import { locateStore } from '../../local/store.ts'
import { examples } from '../../output/examples.ts'
import { CliError, warn } from '../../output/print.ts'
import { mediaOptions, parseIceAddresses } from './media-options.ts'
import { parseProxies } from './parse-proxies.ts'

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
  readonly keepRefusals: number
}

export function serveCommand(): Command {
  return new Command('serve')
    .description('start the platform')
    .addOption(new Option('--host <address>', 'the address to listen on').env('STAGEDOOR_HOST').default('127.0.0.1'))
    .addOption(
      new Option('--port <number>', 'the port to listen on; 0 for any free port')
        .env('STAGEDOOR_PORT')
        .argParser(parsePort)
        .default(DEFAULT_PORT),
    )
    .addOption(dataOption())
    .option('--dev', 'development mode: serve the demo and send clients the exact reason of a refusal', false)
    .option('--dev-insecure', 'allow --dev on an address that other machines can reach', false)
    .option('--demo', 'serve the demo, which gives anyone an access token', false)
    .addOption(
      new Option('--log-level <level>', 'the log level')
        .env('STAGEDOOR_LOG_LEVEL')
        .choices(['debug', 'info', 'warn', 'error', 'silent'])
        .default('info'),
    )
    .addOption(
      new Option(
        '--public-url <url>',
        'the public URL of the platform behind a proxy, with its path if it has one (default: the address it listens on)',
      )
        .env('STAGEDOOR_PUBLIC_URL')
        .argParser(parsePublicUrl),
    )
    .addOption(
      new Option(
        '--trust-proxy <list>',
        'trusted proxies, by address or subnet, or loopback: client addresses are read from their X-Forwarded-For',
      )
        .env('STAGEDOOR_TRUST_PROXY')
        .argParser(parseProxies)
        .default([], 'none'),
    )
    .addOption(
      new Option(
        '--turn <list>',
        'TURN and STUN servers, such as turn:turn.example.com:3478, for networks that block direct media; ' +
          'TURN needs STAGEDOOR_TURN_SECRET',
      )
        .env('STAGEDOOR_TURN')
        .argParser(parseIceAddresses)
        .default([], 'none'),
    )
    .addOption(
      durationOption('--keep-refusals <duration>', 'how long refusals are kept in the store', {
        leastSeconds: MIN_KEEP_SECONDS,
        mostSeconds: MAX_KEEP_SECONDS,
      })
        .env('STAGEDOOR_KEEP_REFUSALS')
        .default(DEFAULT_KEEP_SECONDS, '7d'),
    )
    .option(
      '--webhooks-to-private',
      'allow private addresses and http: for webhooks, identity providers and key sets; ' +
        'by default only https: on the public internet ' +
        '(env: STAGEDOOR_WEBHOOKS_TO_PRIVATE=1)',
      // The parser takes any value of a flag for true, but 0 must mean false.
      process.env.STAGEDOOR_WEBHOOKS_TO_PRIVATE === '1',
    )
    .addHelpText(
      'after',
      '\nEnvironment:\n' +
        '  STAGEDOOR_DATABASE_URL  the PostgreSQL database, postgresql://user:password@host:5432/database; default: SQLite in the data folder\n' +
        '  STAGEDOOR_MASTER_KEY    32 bytes in base64url that encrypt the secrets in the store; default: master.key in the data folder\n' +
        '  STAGEDOOR_TURN_SECRET   the shared secret of the TURN servers (static-auth-secret in coturn)\n' +
        '  STAGEDOOR_METRICS_TOKEN the bearer token for /metrics; default: only programs on this machine can read it\n' +
        examples(
          'serve --dev',
          'serve --host 0.0.0.0 --port 8080 --data /var/lib/stagedoor',
          'serve --public-url https://rtc.example.com --trust-proxy loopback,10.0.0.0/8',
          'serve --public-url https://example.com/rtc --trust-proxy loopback',
        ),
    )
    .action(serve)
}

async function serve(settings: Settings): Promise<void> {
  const { host, port, data, dev, demo, logLevel, publicUrl, trustProxy, webhooksToPrivate, turn, keepRefusals } =
    settings
  requireSafeDev(settings)
  // Loaded here, so that other commands do not load what they do not use.
  const [{ startPlatform }, { createLog }, { guardProcess }] = await Promise.all([
    import('../../../main.ts'),
    import('../../../observe/log.ts'),
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
    keepRefusalsSeconds: keepRefusals,
    metricsToken: readMetricsToken(),
    ...locateStore({ data }),
  })
  guardProcess(platform, log)
  printAddresses(platform, dev || demo)
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void platform.close())
  }
}

// Another name of this machine may also resolve to another address, so only the usual names count.
function requireSafeDev({ dev, devInsecure, host }: Pick<Settings, 'dev' | 'devInsecure' | 'host'>): void {
  if (!dev || isLoopback(host.includes(':') ? `[${host}]` : host)) return
  const danger = `--dev at ${host}: anyone who can reach this address gets demo tokens for any user and sees exactly why a token is refused`
  if (!devInsecure) {
    throw new CliError(`${danger}. Remove --host, remove --dev, or accept this with --dev-insecure`)
  }
  warn(`WARNING: ${danger}. Do not use this on a public network`)
}

function printAddresses({ url, setUpLink, dashboard, demo }: Platform, isDemo: boolean): void {
  const next = [
    ...(isDemo ? [`  Demo:          ${demo}?conversation=lobby (open it in two tabs)`] : []),
    ...(setUpLink === undefined
      ? [`  Dashboard:     ${dashboard}`]
      : [`  Setup:         ${setUpLink}`, '                 (creates the first account; works once)']),
    `  Command line:  ${commandLine('key create --name "My application"')}`,
  ]
  process.stdout.write(`\n  Stagedoor is running at ${url}\n\n${next.join('\n')}\n\n`)
}
