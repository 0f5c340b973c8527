import { Menu, Select, Text } from '@mantine/core'
import { IconArrowBackUp, IconBan, IconClockStop } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { Confirm } from '../parts/confirm.tsx'
import { MoreMenu } from '../parts/more-menu.tsx'
import { RevocationEffect } from '../parts/revocation-effect.tsx'
import { admin } from '../platform/admin.ts'
import { useMay } from '../platform/me.tsx'
import { useChange } from '../platform/use-change.ts'
import { RETIRE_CHOICES } from './retire-choices.ts'
import { SIGNING_KEY_PATHS, type SigningKey } from './signing-key.ts'

interface SigningKeyMenuProps {
  readonly apiKey: string
  readonly signingKey: SigningKey
}

/** The actions of a signing key: retire it (sessions continue) or revoke it (sessions end). */
export function SigningKeyMenu({ apiKey, signingKey }: SigningKeyMenuProps): ReactNode {
  const { keyId, state, sessions } = signingKey
  const [dialog, setDialog] = useState<'retire' | 'revoke'>()
  const [inSeconds, setInSeconds] = useState<string>('86400')
  const mayRetire = useMay('signing_keys:write', apiKey)
  const mayRevoke = useMay('revocations:write', apiKey)
  const path = { key: apiKey, keyId }
  const retire = useChange(
    () =>
      admin.post('/api/v1/keys/{key}/signing-keys/{keyId}/retire', {
        params: { path },
        body: { inSeconds: Number(inSeconds) },
      }),
    { touches: SIGNING_KEY_PATHS, sayFailure: false },
  )
  const keep = useChange(() => admin.post('/api/v1/keys/{key}/signing-keys/{keyId}/keep', { params: { path } }), {
    touches: SIGNING_KEY_PATHS,
    done: `Retirement of ${keyId} canceled.`,
  })
  const revoke = useChange(
    () =>
      admin.post('/api/v1/keys/{key}/revocations', {
        params: { path: { key: apiKey } },
        body: { kind: 'signing_key', subject: keyId },
      }),
    { touches: [...SIGNING_KEY_PATHS, '/api/v1/keys/{key}/revocations'], done: `${keyId} revoked.`, sayFailure: false },
  )
  if (!mayRetire && !mayRevoke) return null
  const close = () => setDialog(undefined)
  return (
    <>
      <MoreMenu of={keyId}>
        {mayRetire && state !== 'retired' && (
          <Menu.Item leftSection={<IconClockStop size={16} />} onClick={() => setDialog('retire')}>
            {state === 'retiring' ? 'Change retirement' : 'Retire'}
          </Menu.Item>
        )}
        {mayRetire && state === 'retiring' && (
          <Menu.Item leftSection={<IconArrowBackUp size={16} />} onClick={() => keep.mutate(undefined)}>
            Cancel retirement
          </Menu.Item>
        )}
        {mayRevoke && (
          <Menu.Item leftSection={<IconBan size={16} />} onClick={() => setDialog('revoke')}>
            Revoke
          </Menu.Item>
        )}
      </MoreMenu>
      {dialog === 'retire' && (
        <Confirm
          title={`Retire ${keyId}?`}
          action="Retire"
          onConfirm={() => retire.mutateAsync(undefined)}
          onClose={close}
        >
          <Select
            label="When"
            data={RETIRE_CHOICES}
            value={inSeconds}
            allowDeselect={false}
            onChange={(value) => setInSeconds(value ?? '0')}
          />
          <Text size="sm">
            From then on its tokens are refused, for new sessions and for renewals. {inUse(sessions)} Open sessions
            continue until their tokens expire.
          </Text>
        </Confirm>
      )}
      {dialog === 'revoke' && (
        <Confirm
          title={`Revoke ${keyId}?`}
          action="Revoke"
          onConfirm={() => revoke.mutateAsync(undefined)}
          onClose={close}
        >
          <Text size="sm">
            Use this when the key has leaked. Every token signed with it is refused from now on, and its sessions end.
            This cannot be undone.
          </Text>
          <RevocationEffect apiKey={apiKey} revocation={{ kind: 'signing_key', subject: keyId }} />
        </Confirm>
      )}
    </>
  )
}

function inUse(sessions: number): string {
  if (sessions === 0) return 'No live session uses it.'
  return `${sessions} live session${sessions === 1 ? ' uses' : 's use'} it.`
}
