import { getRouteApi } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { Page } from '../parts/page.tsx'
import { oneOf } from '../platform/one-of.ts'
import { usePages } from '../platform/use-pages.ts'
import { AuditFilter } from './audit-filter.tsx'
import { AuditTrail } from './audit-trail.tsx'

const ofKey = getRouteApi('/logged-in/keys/$key/audit')
const ofAll = getRouteApi('/logged-in/audit')
const SORTS = ['-at', 'at'] as const

/** Who changed what about an API key. */
export function KeyAuditPage(): ReactNode {
  const { key } = ofKey.useParams()
  const asked = ofKey.useSearch()
  const navigate = ofKey.useNavigate()
  const sort = oneOf(SORTS, asked.sort)
  const ask = (part: Asked) => void navigate({ search: (was) => ({ ...was, ...part }), replace: true })
  const pages = usePages('/api/v1/keys/{key}/audit', [
    { params: { path: { key }, query: { ...namedIn(asked), sort } } },
  ])
  return (
    <Page title="Audit" lead="Who changed what about this API key, and when. Nothing is ever taken out of it.">
      <AuditFilter asked={asked} onAsk={ask} />
      <AuditTrail
        pages={pages}
        isFiltered={Object.keys(namedIn(asked)).length > 0}
        sort={sort}
        onSort={(by) => ask({ sort: by })}
      />
    </Page>
  )
}

/** Who changed what on the platform, and who logged in. */
export function AuditPage(): ReactNode {
  const asked = ofAll.useSearch()
  const navigate = ofAll.useNavigate()
  const sort = oneOf(SORTS, asked.sort)
  const ask = (part: Asked) => void navigate({ search: (was) => ({ ...was, ...part }), replace: true })
  const pages = usePages('/api/v1/audit', [{ params: { query: { ...namedIn(asked), sort } } }])
  return (
    <Page
      title="Audit of all"
      lead="Who changed what on the platform, and who logged in. Nothing is ever taken out of it."
    >
      <AuditFilter asked={asked} onAsk={ask} />
      <AuditTrail
        pages={pages}
        isFiltered={Object.keys(namedIn(asked)).length > 0}
        sort={sort}
        onSort={(by) => ask({ sort: by })}
      />
    </Page>
  )
}

interface Asked {
  readonly action?: string | undefined
  readonly actor?: string | undefined
  readonly subject?: string | undefined
  readonly sort?: string | undefined
}

function namedIn({ action, actor, subject }: Asked) {
  return {
    ...(action !== undefined && { action }),
    ...(actor !== undefined && { actor }),
    ...(subject !== undefined && { subject }),
  }
}
