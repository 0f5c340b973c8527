import type { ReactNode } from 'react'
import { Page } from '../parts/page.tsx'

export function WebhookPage(): ReactNode {
  return <Page title="Webhook">To come.</Page>
}
