import { describe, expect, it } from 'vitest';
import { parseRedisAddress } from './redis-address.js';

describe('the address of a Redis server', () => {
  it.each([
    ['redis://localhost:6380', 'localhost:6380', 6380],
    ['redis://10.0.0.1', '10.0.0.1:6379', 6379],
    ['rediss://user:secret@redis.example:1234/2', 'redis.example:1234', 1234],
    ['redis://[::1]:7000', '[::1]:7000', 7000],
  ])('is read: %s', (url, name, port) => {
    expect(parseRedisAddress(url, '--queue')).toEqual({ url, name, port });
  });

  it.each([
    ['', /must be redis:/],
    ['redis://', /must be redis:/],
    ['redis:6379', /must be redis:/],
    ['redis://host:port', /must be redis:/],
    ['redis://host:6379/jobs', /must be redis:/],
    ['host', /did you mean redis:\/\/host\?/],
    ['host:6379', /did you mean redis:\/\/host:6379\?/],
    ['https://user:secret@host', /found "https:\/\/\*\*\*@host"/],
  ])('is refused, and no password repeated: %j', (text, message) => {
    expect(() => parseRedisAddress(text, '--queue')).toThrow(message);
    expect(() => parseRedisAddress(text, '--queue')).not.toThrow(/secret/);
  });
});
