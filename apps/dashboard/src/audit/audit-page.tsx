import { getRouteApi } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { Page } from '../parts/page.tsx'
import { usePages } from '../platform/use-pages.ts'
import { AuditFilter } from './audit-filter.tsx'
import { AuditTrail } from './audit-trail.tsx'

const ofKey = getRouteApi('/logged-in/keys/$key/audit')
const ofAll = getRouteApi('/logged-in/audit')

/** Who changed what about an API key. */
export function KeyAuditPage(): ReactNode {
  const { key } = ofKey.useParams()
  const asked = ofKey.useSearch()
  const navigate = ofKey.useNavigate()
  const pages = usePages('/api/v1/keys/{key}/audit', [{ params: { path: { key }, query: namedIn(asked) } }])
  return (
    <Page title="Audit" lead="Who changed what about this API key, and when. Nothing is ever taken out of it.">
      <AuditFilter
        asked={asked}
        onAsk={(part) => void navigate({ search: (was) => ({ ...was, ...part }), replace: true })}
      />
      <AuditTrail pages={pages} isFiltered={Object.keys(namedIn(asked)).length > 0} />
    </Page>
  )
}

/** Who changed what on the platform, and who logged in. */
export function AuditPage(): ReactNode {
  const asked = ofAll.useSearch()
  const navigate = ofAll.useNavigate()
  const pages = usePages('/api/v1/audit', [{ params: { query: namedIn(asked) } }])
  return (
    <Page
      title="Audit of all"
      lead="Who changed what on the platform, and who logged in. Nothing is ever taken out of it."
    >
      <AuditFilter
        asked={asked}
        onAsk={(part) => void navigate({ search: (was) => ({ ...was, ...part }), replace: true })}
      />
      <AuditTrail pages={pages} isFiltered={Object.keys(namedIn(asked)).length > 0} />
    </Page>
  )
}

interface Asked {
  readonly action?: string | undefined
  readonly actor?: string | undefined
  readonly subject?: string | undefined
}

function namedIn({ action, actor, subject }: Asked) {
  return {
    ...(action !== undefined && { action }),
    ...(actor !== undefined && { actor }),
    ...(subject !== undefined && { subject }),
  }
}
