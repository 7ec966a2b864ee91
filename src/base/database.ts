/** The one way to the base: the same SQL on an embedded PostgreSQL and on a server. */
export interface Database {
  readonly kind: 'embedded' | 'server';
  /**
   * Rows of one statement; parameters are $1, $2 …
   *
   * Values come back alike on both: bigint as number, date as `YYYY-MM-DD`, timestamptz as Date, bytea as Uint8Array, json
   * parsed, geometry as hexadecimal EWKB. A json parameter is given as text (`JSON.stringify`), because a driver
   * cannot tell an array from a json array.
   */
  query<Row>(sql: string, parameters?: readonly unknown[]): Promise<Row[]>;
  /** Several statements at once, without parameters; the rows of each. */
  execute(sql: string): Promise<Record<string, unknown>[][]>;
  /** Runs `work` in a transaction; rolled back when it throws. Never nests. */
  transaction<Result>(work: (transaction: Session) => Promise<Result>): Promise<Result>;
  /** COPY table (columns) FROM STDIN in text format, in a transaction of its own; `lines` end with a newline. Returns the number of rows. */
  copyIn(table: string, columns: readonly string[], lines: AsyncIterable<string> | Iterable<string>): Promise<number>;
  /** Calls back on every NOTIFY of the channel, until the returned function is called. */
  listen(channel: string, onNotify: (payload: string) => void): Promise<() => Promise<void>>;
  /**
   * Runs `work` while nobody else, in this process or another, runs work under the same key; others wait. The embedded base
   * has one process, so a queue in memory is enough there. Not a transaction; may be held for minutes.
   */
  exclusive<Result>(key: string, work: () => Promise<Result>): Promise<Result>;
  /** As `exclusive`, but returns undefined without running `work` where somebody holds the key. */
  tryExclusive<Result>(key: string, work: () => Promise<Result>): Promise<Result | undefined>;
  /**
   * Asks whether the database answers, on a connection of its own, so that a busy pool is not taken for a lost server. The
   * embedded base is this process.
   *
   * @throws ChengmaiError unavailable `base/database-lost` where it does not within 3 s
   */
  ping(): Promise<void>;
  close(): Promise<void>;
}

/** A connection inside a transaction. */
export type Session = Pick<Database, 'query' | 'execute' | 'copyIn'>;
