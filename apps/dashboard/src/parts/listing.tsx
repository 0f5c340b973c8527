import { Button, Center, Group, Table, Text, UnstyledButton } from '@mantine/core'
import { IconArrowDown, IconArrowsSort, IconArrowUp } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { Pages } from '../platform/use-pages.ts'
import { Scroller } from './scroller.tsx'
import { Failure, Loading } from './states.tsx'

export interface Column<Item> {
  readonly title: string
  /** The field that the API sorts by; none if it cannot. */
  readonly sort?: string
  readonly cell: (item: Item) => ReactNode
}

interface ListingProps<Item> {
  /** The accessible name of the list. */
  readonly label: string
  readonly pages: Pages<Item>
  readonly columns: readonly Column<Item>[]
  readonly keyOf: (item: Item) => string
  /** Shown when the list is empty. */
  readonly empty: ReactNode
  /** The field it is sorted by, with a leading `-` for descending. */
  readonly sort?: string
  readonly onSort?: (sort: string) => void
}

/** A list of the API: the loaded pages, and a button for the next one. */
export function Listing<Item>({ label, pages, columns, keyOf, empty, sort, onSort }: ListingProps<Item>): ReactNode {
  const { items, error, hasMore, isLoadingMore, loadMore, reload, isEarlier, total } = pages
  if (error !== null && items === undefined) return <Failure error={error} retry={reload} />
  if (items === undefined) return <Loading />
  if (items.length === 0) return empty
  return (
    <>
      <Scroller label={label} isDim={isEarlier}>
        <Table verticalSpacing="sm" highlightOnHover>
          <Table.Thead>
            <Table.Tr>
              {columns.map((column) => (
                <Heading key={column.title} column={column} sort={sort} onSort={onSort} />
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {items.map((item) => (
              <Table.Tr key={keyOf(item)}>
                {columns.map(({ title, cell }) => (
                  <Table.Td key={title} data-label={title}>
                    {cell(item)}
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Scroller>
      <Center>
        <Group gap="sm">
          <Text size="sm" c="dimmed">
            {total === undefined ? `${items.length} shown` : `${items.length} of ${total}`}
          </Text>
          {hasMore && (
            <Button variant="default" size="xs" loading={isLoadingMore} onClick={loadMore}>
              Show more
            </Button>
          )}
        </Group>
      </Center>
    </>
  )
}

interface HeadingProps<Item> {
  readonly column: Column<Item>
  readonly sort: string | undefined
  readonly onSort: ((sort: string) => void) | undefined
}

function Heading<Item>({ column, sort, onSort }: HeadingProps<Item>): ReactNode {
  const { title, sort: by } = column
  if (by === undefined || onSort === undefined) return <Table.Th>{title}</Table.Th>
  const [isUp, isDown] = [sort === by, sort === `-${by}`]
  const Icon = isUp ? IconArrowUp : isDown ? IconArrowDown : IconArrowsSort
  return (
    <Table.Th aria-sort={isUp ? 'ascending' : isDown ? 'descending' : 'none'}>
      <UnstyledButton fz="sm" fw={700} onClick={() => onSort(isDown ? by : `-${by}`)}>
        <Group gap={4} wrap="nowrap">
          {title} <Icon size={14} aria-hidden />
        </Group>
      </UnstyledButton>
    </Table.Th>
  )
}
