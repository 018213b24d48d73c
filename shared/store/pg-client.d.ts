/** The client alone: the package's index also loads its pool and looks for its native twin. */
declare module 'pg/lib/client.js' {
  export { Client as default } from 'pg';
}
