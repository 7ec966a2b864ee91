/** The one way to the base: the same SQL on an embedded PostgreSQL and on a server. */
export interface Database {
  readonly kind: 'embedded' | 'server';
  /** Rows of one statement; parameters are $1, $2 … */
  query<Row>(sql: string, parameters?: readonly unknown[]): Promise<Row[]>;
  /** Several statements at once, without parameters or rows. */
  execute(sql: string): Promise<void>;
  /** Runs `work` in a transaction; rolled back when it throws. Never nests. */
  transaction<Result>(work: (transaction: Session) => Promise<Result>): Promise<Result>;
  /** COPY table (columns) FROM STDIN in text format, in a transaction of its own; `lines` end with a newline. Returns the number of rows. */
  copyIn(table: string, columns: readonly string[], lines: AsyncIterable<string> | Iterable<string>): Promise<number>;
  close(): Promise<void>;
}

/** A connection inside a transaction. */
export type Session = Pick<Database, 'query' | 'execute' | 'copyIn'>;
