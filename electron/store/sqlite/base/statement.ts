import {
  type CompiledQuery,
  DummyDriver,
  Kysely,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';
import type { Schema } from './schema.ts';

/** Writes queries only; what runs them are the connections (connection.ts). */
export const queries = new Kysely<Schema>({
  dialect: {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  },
});

/** Stands in a query for a value that is given when it runs. */
class Arg {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
}

/** A query compiled once: its text, and how the arguments of a run become its parameters. */
export interface Statement<A, R> {
  readonly sql: string;
  bind(args: A): unknown[];
  /** The rows' type; never there at run time. */
  readonly row?: R;
}

/**
 * A parameter that the planner does not look into. SQLite plans by the values of `LIMIT ?` and `column = ?` where it can,
 * and plans again whenever one is bound anew (sqlite3ExprIsInteger, 3.54), which costs ten times what the query does. The
 * unary plus changes no value and no index, and ends that.
 */
const SETTLED_PARAMETER = '+?';

/**
 * Compiles a query written with Kysely, once. `build` gets a stand-in for each argument under the argument's name, so
 * that the query is type-checked while its text is made before any value is known.
 */
export function statement<A extends object>(): <R>(
  build: (arg: A) => { compile(): CompiledQuery<R> },
) => Statement<A, R> {
  return (build) => {
    const standIns = new Proxy({}, { get: (_, name) => new Arg(String(name)) }) as A;
    const { sql, parameters } = build(standIns).compile();
    return {
      sql: sql.replaceAll('?', SETTLED_PARAMETER),
      bind: (args) => parameters.map((value) => (value instanceof Arg ? args[value.name as keyof A] : value)),
    };
  };
}
