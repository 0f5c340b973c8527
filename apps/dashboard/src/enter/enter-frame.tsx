import { Center, Group, Paper, Stack, Text, Title } from '@mantine/core'
import { type ReactNode, useEffect } from 'react'
import icon from '../icon.svg'

interface EnterFrameProps {
  readonly title: string
  readonly lead?: string
  readonly children: ReactNode
}

/** The frame of the pages that need no login. */
export function EnterFrame({ title, lead, children }: EnterFrameProps): ReactNode {
  useEffect(() => {
    document.title = `${title} · Stagedoor`
  }, [title])
  return (
    <Center component="main" mih="100dvh" p="md">
      <Stack w="100%" maw="26rem" gap="lg">
        <Group gap="xs" justify="center">
          <img src={icon} alt="" width={28} height={28} />
          <Text fw={700} size="lg">
            Stagedoor
          </Text>
        </Group>
        <Paper withBorder p="xl" radius="lg">
          <Stack gap="md">
            <Stack gap={4}>
              <Title order={1} fz="xl">
                {title}
              </Title>
              {lead !== undefined && (
                <Text c="dimmed" size="sm">
                  {lead}
                </Text>
              )}
            </Stack>
            {children}
          </Stack>
        </Paper>
      </Stack>
    </Center>
  )
}
