import type { ReactNode } from 'react'
import { Page } from '../parts/page.tsx'

export function AuthenticationPage(): ReactNode {
  return <Page title="Authentication">To come.</Page>
}
