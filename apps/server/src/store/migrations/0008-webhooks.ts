import type { Kysely } from 'kysely'
import type { ColumnTypes } from '../column-types.ts'

/** Both go with what they belong to by themselves: platforms write deliveries while an owner deletes. */
export async function up(db: Kysely<unknown>, { bytes }: ColumnTypes): Promise<void> {
  await db.schema
    .createTable('webhook_endpoint')
    .addColumn('endpoint_id', 'varchar(64)', (column) => column.primaryKey())
    .addColumn('api_key', 'varchar(256)', (column) =>
      column.notNull().references('api_key.api_key').onDelete('cascade'),
    )
    .addColumn('url', 'text', (column) => column.notNull())
    .addColumn('types', 'text')
    .addColumn('description', 'text', (column) => column.notNull())
    .addColumn('state', 'varchar(16)', (column) => column.notNull())
    .addColumn('is_gone', 'integer', (column) => column.notNull())
    .addColumn('sealed', bytes, (column) => column.notNull())
    .addColumn('master_key_version', 'integer', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .execute()
  await db.schema.createIndex('webhook_endpoint_api_key').on('webhook_endpoint').column('api_key').execute()
  await db.schema
    .createTable('webhook_delivery')
    .addColumn('delivery_id', 'varchar(64)', (column) => column.primaryKey())
    .addColumn('endpoint_id', 'varchar(64)', (column) =>
      column.notNull().references('webhook_endpoint.endpoint_id').onDelete('cascade'),
    )
    .addColumn('message_id', 'varchar(64)', (column) => column.notNull())
    .addColumn('type', 'varchar(64)', (column) => column.notNull())
    .addColumn('ordering_key', 'text', (column) => column.notNull())
    .addColumn('payload', 'text', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('state', 'varchar(16)', (column) => column.notNull())
    .addColumn('attempts', 'text', (column) => column.notNull())
    .addColumn('tries', 'integer', (column) => column.notNull())
    .addColumn('began_at', 'bigint', (column) => column.notNull())
    .addColumn('due_at_ms', 'bigint', (column) => column.notNull())
    .addColumn('leased_until_ms', 'bigint', (column) => column.notNull())
    .addUniqueConstraint('webhook_delivery_message', ['endpoint_id', 'message_id'])
    .execute()
  const indexOf = (name: string, columns: string[]) =>
    db.schema.createIndex(`webhook_delivery_${name}`).on('webhook_delivery').columns(columns).execute()
  await indexOf('due', ['state', 'due_at_ms'])
  await indexOf('order', ['endpoint_id', 'ordering_key', 'state', 'delivery_id'])
  await indexOf('list', ['endpoint_id', 'delivery_id'])
  await indexOf('created_at', ['created_at'])
}
