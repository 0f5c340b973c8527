import type { ReactNode } from 'react'
import { Page } from '../parts/page.tsx'

export function TeamPage(): ReactNode {
  return <Page title="Team">To come.</Page>
}
