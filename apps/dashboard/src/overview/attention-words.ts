import type { components } from '@stagedoor/admin'

export type AttentionItem = components['schemas']['Attention']['items'][number]

interface Words {
  readonly title: string
  readonly detail: string
  /** The page where to look, and its search parameters. */
  readonly to: string
  readonly search?: Readonly<Record<string, string>>
  /** Whether users are affected now. */
  readonly isUrgent: boolean
}

/** Returns what to say about something that needs attention, and the page to open. */
export function attentionInWords(item: AttentionItem): Words {
  switch (item.kind) {
    case 'store_unavailable':
      return {
        title: 'The store is unavailable',
        detail: 'Sessions continue, but nothing can be changed. See the platform’s log for the cause.',
        to: '/health',
        isUrgent: true,
      }
    case 'demo_on':
      return {
        title: 'The demo is on',
        detail: 'Anyone can get a token for the demo’s API key. Start the platform without --demo and --dev.',
        to: '/health',
        isUrgent: true,
      }
    case 'turn_missing':
      return {
        title: 'TURN is not configured',
        detail: 'Users behind strict firewalls may get no audio or video.',
        to: '/health',
        isUrgent: false,
      }
    case 'no_signing_key':
      return {
        title: `${item.apiKeyName} has no active signing key`,
        detail: 'No access token can be verified, so every registration is refused. Add a signing key.',
        to: `${pageOf(item)}/authentication`,
        isUrgent: true,
      }
    case 'key_set_unreachable':
      return {
        title: `A key set of ${item.apiKeyName} can’t be fetched`,
        detail: `${item.keyId}: the last attempt to fetch its keys failed. Check its URL.`,
        to: `${pageOf(item)}/authentication`,
        isUrgent: true,
      }
    case 'refusals_spike':
      return {
        title: `More refusals than usual: ${item.code}`,
        detail: `${item.apiKeyName}: ${item.count.toLocaleString('en')} in the last two hours. ${usualInWords(item.usual)}`,
        to: `${pageOf(item)}/refusals`,
        search: { code: item.code },
        isUrgent: true,
      }
    case 'webhook_failing':
      return {
        title: `A webhook of ${item.apiKeyName} is failing`,
        detail: `${hostOf(item.url)} did not accept the last delivery. It is retried automatically.`,
        to: `${pageOf(item)}/webhooks/${encodeURIComponent(item.endpointId)}`,
        isUrgent: true,
      }
    case 'webhook_gone':
      return {
        title: `A webhook of ${item.apiKeyName} is disabled`,
        detail: `${hostOf(item.url)} answered 410 (gone). Enable it or delete it.`,
        to: `${pageOf(item)}/webhooks/${encodeURIComponent(item.endpointId)}`,
        isUrgent: false,
      }
    case 'signing_key':
      return { ...adviceInWords(item), to: `${pageOf(item)}/authentication` }
  }
}

const ADVICE = {
  rotate: { title: 'Rotate a secret', detail: 'is more than a year old.' },
  retire: {
    title: 'Retire an unused signing key',
    detail: 'was not used for a day or more, while another signing key is in use.',
  },
  change_over: {
    title: 'A signing key retires while in use',
    detail: 'is still in use. Switch your back end to another one before it retires.',
  },
} as const

function adviceInWords({ advice, apiKeyName, keyId }: Extract<AttentionItem, { kind: 'signing_key' }>) {
  const { title, detail } = ADVICE[advice]
  return { title: `${title}: ${apiKeyName}`, detail: `${keyId} ${detail}`, isUrgent: advice === 'change_over' }
}

function pageOf({ apiKey }: { readonly apiKey: string }): string {
  return `/keys/${encodeURIComponent(apiKey)}`
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url
}

function usualInWords(usual: number): string {
  const rounded = Math.round(usual)
  return rounded === 0 ? 'Usually there are almost none.' : `Usually there are about ${rounded.toLocaleString('en')}.`
}
