/** Column types whose names differ between engines. */
export interface ColumnTypes {
  readonly bytes: 'blob' | 'bytea'
}
