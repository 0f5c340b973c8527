import { Alert, Badge, Button, Group, Modal, Select, Stack, Stepper, Text } from '@mantine/core'
import { IconCircleCheck } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { envLines } from '../minting/code-samples.ts'
import { SecretOnce } from '../parts/secret-once.tsx'
import { admin } from '../platform/admin.ts'
import { useChange } from '../platform/use-change.ts'
import { RETIRE_CHOICES } from './retire-choices.ts'
import { SIGNING_KEY_PATHS, type SigningKey } from './signing-key.ts'

interface RotateProps {
  readonly apiKey: string
  /** The current signing keys, refreshed while the dialog is open. */
  readonly keys: readonly SigningKey[]
  readonly onClose: () => void
}

/** Replaces a secret without refusing anyone: create, deploy, verify, retire. */
export function Rotate({ apiKey, keys, onClose }: RotateProps): ReactNode {
  const [step, setStep] = useState(0)
  const [oldId, setOldId] = useState(() => newestSecret(keys)?.keyId)
  const [inSeconds, setInSeconds] = useState('3600')
  const create = useChange(
    () =>
      admin.post('/api/v1/keys/{key}/signing-keys', { params: { path: { key: apiKey } }, body: { kind: 'secret' } }),
    { touches: SIGNING_KEY_PATHS },
  )
  const retire = useChange(
    (keyId: string) =>
      admin.post('/api/v1/keys/{key}/signing-keys/{keyId}/retire', {
        params: { path: { key: apiKey, keyId } },
        body: { inSeconds: Number(inSeconds) },
      }),
    { touches: SIGNING_KEY_PATHS },
  )
  const created = create.data
  const [oldKey, newKey] = [oldId, created?.keyId].map((id) => keys.find(({ keyId }) => keyId === id))
  const old = keys.filter(
    ({ state, kind, keyId }) => state === 'active' && kind === 'secret' && keyId !== created?.keyId,
  )
  return (
    <Modal
      opened
      size="xl"
      title="Rotate secret"
      onClose={onClose}
      closeOnClickOutside={step === 0}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <Stepper active={step} size="sm" allowNextStepsSelect={false}>
        <Stepper.Step label="Create" description="New secret">
          <Stack gap="md">
            <Select
              label="Secret to replace"
              data={old.map(({ keyId }) => keyId)}
              value={oldId ?? null}
              allowDeselect={false}
              onChange={(id) => setOldId(id ?? undefined)}
            />
            <Text size="sm">Both secrets are valid until you retire the old one, so no one is refused in between.</Text>
            <Group justify="flex-end">
              <Button
                loading={create.isPending}
                disabled={oldId === undefined}
                onClick={() =>
                  create.mutateAsync(undefined).then(
                    () => setStep(1),
                    () => {},
                  )
                }
              >
                Create new secret
              </Button>
            </Group>
          </Stack>
        </Stepper.Step>
        <Stepper.Step label="Deploy" description="Your back end">
          <Stack gap="md">
            {created?.secret !== undefined && (
              <SecretOnce what="new secret" lines={envLines(apiKey, created.secret)} fileName="stagedoor.env" />
            )}
            <Text size="sm">Replace the old secret in your back end, so that it mints tokens with the new one.</Text>
            <Group justify="flex-end">
              <Button onClick={() => setStep(2)}>My back end uses the new secret</Button>
            </Group>
          </Stack>
        </Stepper.Step>
        <Stepper.Step label="Verify" description="Use of both">
          <Stack gap="md">
            <Group gap="xl">
              <LiveUse label="New" signingKey={newKey} />
              <LiveUse label="Old" signingKey={oldKey} />
            </Group>
            {newKey?.lastUsedAt == null ? (
              <Alert color="yellow">
                No token signed with the new secret has been used yet. Wait for one before you retire the old secret.
              </Alert>
            ) : (
              <Alert color="teal" icon={<IconCircleCheck />}>
                Tokens signed with the new secret are in use.
              </Alert>
            )}
            <Select
              label="Retire the old secret"
              description="Open sessions continue until their tokens expire."
              data={RETIRE_CHOICES}
              value={inSeconds}
              allowDeselect={false}
              onChange={(value) => setInSeconds(value ?? '0')}
            />
            <Group justify="flex-end" gap="xs">
              <Button variant="default" onClick={onClose}>
                Later
              </Button>
              <Button
                loading={retire.isPending}
                onClick={() =>
                  oldId !== undefined &&
                  retire.mutateAsync(oldId).then(
                    () => setStep(3),
                    () => {},
                  )
                }
              >
                Retire old secret
              </Button>
            </Group>
          </Stack>
        </Stepper.Step>
        <Stepper.Completed>
          <Stack gap="md">
            <Text>
              {oldId} retires {RETIRE_CHOICES.find(({ value }) => value === inSeconds)?.label.toLowerCase()}. Until then
              you can choose “Cancel retirement” in its menu.
            </Text>
            <Group justify="flex-end">
              <Button onClick={onClose}>Done</Button>
            </Group>
          </Stack>
        </Stepper.Completed>
      </Stepper>
    </Modal>
  )
}

interface LiveUseProps {
  readonly label: string
  readonly signingKey: SigningKey | undefined
}

function LiveUse({ label, signingKey }: LiveUseProps): ReactNode {
  if (signingKey === undefined) return null
  const { keyId, sessions } = signingKey
  return (
    <Stack gap={2} role="status" aria-label={`${label}: ${keyId}`}>
      <Text size="sm" c="dimmed">
        {label}: <span className="value">{keyId}</span>
      </Text>
      <Group gap="xs">
        <Badge color={sessions > 0 ? 'indigo' : 'gray.7'}>{sessions}</Badge>
        <Text size="sm">live session{sessions === 1 ? '' : 's'}</Text>
      </Group>
    </Stack>
  )
}

function newestSecret(keys: readonly SigningKey[]): SigningKey | undefined {
  return keys
    .filter(({ state, kind }) => state === 'active' && kind === 'secret')
    .reduce<SigningKey | undefined>(
      (newest, key) => (newest && newest.createdAt >= key.createdAt ? newest : key),
      undefined,
    )
}
