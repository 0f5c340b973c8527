import type { ReactNode } from 'react'
import { Page } from '../parts/page.tsx'

export function AccountPage(): ReactNode {
  return <Page title="Account">To come.</Page>
}
