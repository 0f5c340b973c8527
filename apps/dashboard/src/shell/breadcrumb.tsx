import { Anchor, Breadcrumbs, Text } from '@mantine/core'
import { Link, useParams, useRouterState } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { KeyName } from '../parts/key-name.tsx'
import { OF_A_KEY } from './navigation.tsx'
import { samePageOf } from './same-page-of.ts'

/** The way to a page of an API key, and back. Pages of the platform have none. */
export function Breadcrumb(): ReactNode {
  const { key, conversation, refusalId, endpointId } = useParams({ strict: false })
  const pathname = useRouterState({ select: ({ location }) => location.pathname })
  if (key === undefined) return null
  const page = samePageOf(pathname, key)
  const label = OF_A_KEY.find((entry) => page === `/keys/${encodeURIComponent(key)}${entry.page}`)?.label
  const detail = conversation ?? (refusalId && 'Refusal') ?? (endpointId && 'Endpoint')
  return (
    <nav aria-label="Breadcrumb">
      <Breadcrumbs separator="›" mb="sm" style={{ flexWrap: 'wrap' }}>
        <Crumb to="/">Overview</Crumb>
        <Crumb to="/keys">Credentials</Crumb>
        <Crumb to={`/keys/${encodeURIComponent(key)}/live`}>
          <KeyName apiKey={key} />
        </Crumb>
        {detail === undefined ? <Here>{label}</Here> : <Crumb to={page}>{label}</Crumb>}
        {detail !== undefined && <Here>{detail}</Here>}
      </Breadcrumbs>
    </nav>
  )
}

function Crumb({ to, children }: { readonly to: string; readonly children: ReactNode }): ReactNode {
  return (
    <Anchor size="sm" renderRoot={(props) => <Link to={to} {...props} />}>
      {children}
    </Anchor>
  )
}

function Here({ children }: { readonly children: ReactNode }): ReactNode {
  return (
    <Text size="sm" c="dimmed" aria-current="page">
      {children}
    </Text>
  )
}
