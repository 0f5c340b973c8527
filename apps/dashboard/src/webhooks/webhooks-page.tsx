import type { ReactNode } from 'react'
import { Page } from '../parts/page.tsx'

export function WebhooksPage(): ReactNode {
  return <Page title="Webhooks">To come.</Page>
}
