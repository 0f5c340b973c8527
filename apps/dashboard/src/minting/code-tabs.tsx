import { Group, Tabs, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { Code } from '../parts/code.tsx'
import { CopyWithWord } from '../parts/copy.tsx'
import { codeSamples, type Minted } from './code-samples.ts'

/** Code that mints a token, with a tab for each language. */
export function CodeTabs(minted: Minted): ReactNode {
  const samples = codeSamples(minted)
  return (
    <Tabs defaultValue={samples[0]?.language ?? null} keepMounted={false}>
      <Tabs.List>
        {samples.map(({ language }) => (
          <Tabs.Tab key={language} value={language}>
            {language}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {samples.map(({ language, needs, code }) => (
        <Tabs.Panel key={language} value={language} pt="sm">
          <Group justify="space-between" mb="xs">
            <Text size="sm" c="dimmed">
              Requires: {needs}
            </Text>
            <CopyWithWord value={code} what="code" />
          </Group>
          <Code label={`Code in ${language}`}>{code}</Code>
        </Tabs.Panel>
      ))}
    </Tabs>
  )
}
