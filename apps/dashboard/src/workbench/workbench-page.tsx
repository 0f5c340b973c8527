import { Tabs } from '@mantine/core'
import { getRouteApi } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { Page } from '../parts/page.tsx'
import { BuildToken } from './build-token.tsx'
import { CheckToken } from './check-token.tsx'

const route = getRouteApi('/logged-in/keys/$key/workbench')

/** Tokens on the bench: taken apart, and put together. What is pasted stays in the page, but for the verdict. */
export function WorkbenchPage(): ReactNode {
  const { key } = route.useParams()
  const [tab, setTab] = useState<string | null>('check')
  const [token, setToken] = useState('')
  return (
    <Page
      title="Token workbench"
      lead="Look into a token and hear what the door would say; or put one together and see the code that mints it."
    >
      <Tabs value={tab} onChange={setTab} keepMounted>
        <Tabs.List mb="lg">
          <Tabs.Tab value="check">Check a token</Tabs.Tab>
          <Tabs.Tab value="build">Build a token</Tabs.Tab>
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
