import { getRouteApi } from '@tanstack/react-router'
import type { ComponentProps, ReactNode } from 'react'
import { Page } from '../parts/page.tsx'
import { oneOf } from '../platform/one-of.ts'
import { useLook } from '../platform/use-look.ts'
import { usePages } from '../platform/use-pages.ts'
import { AuditFilter } from './audit-filter.tsx'
import { AuditTrail } from './audit-trail.tsx'

const ofKey = getRouteApi('/logged-in/keys/$key/audit')
const ofAll = getRouteApi('/logged-in/audit')
const SORTS = ['-at', 'at'] as const

/** The audit log of one API key. */
export function KeyAuditPage(): ReactNode {
  const { key } = ofKey.useParams()
  const asked = ofKey.useSearch()
  const pages = usePages('/api/v1/keys/{key}/audit', [{ params: { path: { key }, query: queryOf(asked) } }])
  return (
    <Audit
      title="Audit log"
      lead="Every change to this API key: who made it and when. Entries are never removed."
      asked={asked}
      pages={pages}
    />
  )
}

/** The audit log of the whole platform. */
export function AuditPage(): ReactNode {
  const asked = ofAll.useSearch()
  const pages = usePages('/api/v1/audit', [{ params: { query: queryOf(asked) } }])
  return (
    <Audit
      title="Platform audit log"
      lead="Every change on the platform and every login: who and when. Entries are never removed."
      asked={asked}
      pages={pages}
    />
  )
}

interface AuditProps {
  readonly title: string
  readonly lead: string
  readonly asked: Asked
  readonly pages: ComponentProps<typeof AuditTrail>['pages']
}

function Audit({ title, lead, asked, pages }: AuditProps): ReactNode {
  const look = useLook()
  return (
    <Page title={title} lead={lead}>
      <AuditFilter asked={asked} onAsk={(part) => look({ ...part })} />
      <AuditTrail
        pages={pages}
        isFiltered={Object.keys(namedIn(asked)).length > 0}
        sort={oneOf(SORTS, asked.sort)}
        onSort={(sort) => look({ sort })}
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

const queryOf = (asked: Asked) => ({ ...namedIn(asked), sort: oneOf(SORTS, asked.sort) })

function namedIn({ action, actor, subject }: Asked) {
  return {
    ...(action !== undefined && { action }),
    ...(actor !== undefined && { actor }),
    ...(subject !== undefined && { subject }),
  }
}
