import type { ReactNode } from 'react'
import { Page } from '../parts/page.tsx'

export function HealthPage(): ReactNode {
  return <Page title="Health">To come.</Page>
}
