import { failure } from '../../index.js';

/** Where a Redis server is. */
export interface RedisAddress {
  /** As it was given: it may hold a password. */
  readonly url: string;
  /** `host:port`, for messages. */
  readonly name: string;
  readonly port: number;
}

const DEFAULT_PORT = 6379;
const FORM =
  'must be redis://host:port, or rediss:// for TLS; user:password@ before the host and /number of a database after the port may be given';

/**
 * Reads `redis://[user:password@]host[:port][/database]`.
 * @throws AccelsimError naming `option`; it never repeats a password
 */
export function parseRedisAddress(text: string, option: string): RedisAddress {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isRedis = url?.protocol === 'redis:' || url?.protocol === 'rediss:';
  if (url === undefined || !isRedis || url.hostname === '')
    throw failure(option, '', FORM, withoutPassword(text), hintFor(text));
  if (!/^\/?\d*$/.test(url.pathname)) throw failure(option, '', FORM, withoutPassword(text));
  const port = url.port === '' ? DEFAULT_PORT : Number(url.port);
  return { url: text, name: `${url.hostname}:${port}`, port };
}

function withoutPassword(text: string): string {
  return text.replace(/\/\/[^@/]*@/, '//***@');
}

function hintFor(text: string): string | undefined {
  return /^[\w.-]+(:\d+)?$/.test(text) ? `did you mean redis://${text}?` : undefined;
}
