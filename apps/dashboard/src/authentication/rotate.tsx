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
  /** As they are now: they are looked at anew while the flow goes on. */
  readonly keys: readonly SigningKey[]
  readonly onClose: () => void
}

/** From one secret to another without anybody being refused: make, change over, look, retire. */
export function Rotate({ apiKey, keys, onClose }: RotateProps): ReactNode {
  const [step, setStep] = useState(0)
  const [oldId, setOldId] = useState(() => newestSecret(keys)?.keyId)
  const [inSeconds, setInSeconds] = useState('3600')
  const make = useChange(
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
  const made = make.data
  const [oldKey, newKey] = [oldId, made?.keyId].map((id) => keys.find(({ keyId }) => keyId === id))
  const old = keys.filter(({ state, kind, keyId }) => state === 'active' && kind === 'secret' && keyId !== made?.keyId)
  return (
    <Modal
      opened
      size="xl"
      title="Rotate a secret"
      onClose={onClose}
      closeOnClickOutside={step === 0}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <Stepper active={step} size="sm" allowNextStepsSelect={false}>
        <Stepper.Step label="Make" description="a new secret">
          <Stack gap="md">
            <Select
              label="The secret to take leave of"
              data={old.map(({ keyId }) => keyId)}
              value={oldId ?? null}
              allowDeselect={false}
              onChange={(id) => setOldId(id ?? undefined)}
            />
            <Text size="sm">Both are good until the old one is retired: nobody is refused meanwhile.</Text>
            <Group justify="flex-end">
              <Button
                loading={make.isPending}
                disabled={oldId === undefined}
                onClick={() =>
                  make.mutateAsync(undefined).then(
                    () => setStep(1),
                    () => {},
                  )
                }
              >
                Make the new secret
              </Button>
            </Group>
          </Stack>
        </Stepper.Step>
        <Stepper.Step label="Change over" description="your back end">
          <Stack gap="md">
            {made?.secret !== undefined && (
              <SecretOnce what="the new secret" lines={envLines(apiKey, made.secret)} fileName="stagedoor.env" />
            )}
            <Text size="sm">Give it to your back end in place of the old one, and let that mint with it.</Text>
            <Group justify="flex-end">
              <Button onClick={() => setStep(2)}>It mints with the new one</Button>
            </Group>
          </Stack>
        </Stepper.Step>
        <Stepper.Step label="Look" description="who uses which">
          <Stack gap="md">
            <Group gap="xl">
              <LiveUse label="New" signingKey={newKey} />
              <LiveUse label="Old" signingKey={oldKey} />
            </Group>
            {newKey?.lastUsedAt == null ? (
              <Alert color="yellow">
                No token of the new secret has come yet. The old one had better stay until one does.
              </Alert>
            ) : (
              <Alert color="teal" icon={<IconCircleCheck />}>
                Tokens of the new secret come in.
              </Alert>
            )}
            <Select
              label="When the old one ends"
              description="Sessions that are open then stay open until their tokens end."
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
                Retire the old secret
              </Button>
            </Group>
          </Stack>
        </Stepper.Step>
        <Stepper.Completed>
          <Stack gap="md">
            <Text>
              {oldId} ends {RETIRE_CHOICES.find(({ value }) => value === inSeconds)?.label.toLowerCase()}. Until then
              “Keep it after all” calls that off.
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
