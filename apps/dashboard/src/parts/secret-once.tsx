import { Alert, Button, Group, Stack, Text } from '@mantine/core'
import { IconDownload, IconEyeOff } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { Code } from './code.tsx'
import { CopyWithWord } from './copy.tsx'

interface SecretOnceProps {
  /** What it is, as in "secret". */
  readonly what: string
  /** Lines of an environment file, the secret among them. */
  readonly lines: string
  /** The name of the file to save it as; without one it cannot be saved. */
  readonly fileName?: string
  /** Where it belongs. Default: in the back end. */
  readonly advice?: ReactNode
}

/** A secret that is shown once, to copy or to save as a file. */
export function SecretOnce({
  what,
  lines,
  fileName,
  advice = 'Keep it in your back end. Never put it in a web page, an app or a repository.',
}: SecretOnceProps): ReactNode {
  return (
    <Alert color="yellow" icon={<IconEyeOff />} title={`Copy your ${what} now. You won't be able to see it again.`}>
      <Stack gap="sm">
        <Code label={what} testId="secret-once">
          {lines}
        </Code>
        <Group gap="xs">
          <CopyWithWord value={lines} what={what} />
          {fileName !== undefined && (
            <Button
              variant="default"
              leftSection={<IconDownload size={16} aria-hidden />}
              onClick={() => download(lines, fileName)}
            >
              Save as {fileName}
            </Button>
          )}
        </Group>
        <Text size="sm">{advice}</Text>
      </Stack>
    </Alert>
  )
}

function download(lines: string, fileName: string): void {
  const url = URL.createObjectURL(new Blob([lines], { type: 'text/plain' }))
  const link = Object.assign(document.createElement('a'), { href: url, download: fileName })
  link.click()
  URL.revokeObjectURL(url)
}
