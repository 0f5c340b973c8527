import type { ReactNode } from 'react'
import { Page } from '../parts/page.tsx'

export function KeyAuditPage(): ReactNode {
  return <Page title="Audit">To come.</Page>
}

export function AuditPage(): ReactNode {
  return <Page title="Audit">To come.</Page>
}
