import { Tabs } from '@mantine/core'
import { getRouteApi } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { Page } from '../parts/page.tsx'
import { BuildToken } from './build-token.tsx'
import { CheckToken } from './check-token.tsx'

const route = getRouteApi('/logged-in/keys/$key/workbench')

/** Checks and builds tokens. A pasted token leaves the page only to be checked. */
export function WorkbenchPage(): ReactNode {
  const { key } = route.useParams()
  const [tab, setTab] = useState<string | null>('check')
  const [token, setToken] = useState('')
  return (
    <Page
      title="Token workbench"
      lead="Check whether a token would be accepted and why, or build one and get the code that mints it."
    >
      <Tabs value={tab} onChange={setTab} keepMounted>
        <Tabs.List mb="lg">
          <Tabs.Tab value="check">Check token</Tabs.Tab>
          <Tabs.Tab value="build">Build token</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="check">
          <CheckToken key={key} apiKey={key} token={token} onToken={setToken} />
        </Tabs.Panel>
        <Tabs.Panel value="build">
          <BuildToken
            key={key}
            apiKey={key}
            onMinted={(minted) => {
              setToken(minted)
              setTab('check')
            }}
          />
        </Tabs.Panel>
      </Tabs>
    </Page>
  )
}
