import { checkQueue, queueExecutor } from '../../queue/queue-executor.js';
import type { RedisAddress } from '../../queue/redis-address.js';
import type { ExecutorChoice, ExecutorOptions } from './executor-choice.js';

export const queue = {
  description: 'by processes of accelsim worker, here and on other computers, through the Redis server of --queue',
  heeds: ['queue'],
  needs: 'queue',
  // Nobody knows how many workers there will be.
  parallel: () => 1,
  check: (options) => checkQueue({ address: addressOf(options) }),
  make: (options, say) => queueExecutor({ address: addressOf(options), say }),
} as const satisfies ExecutorChoice;

function addressOf({ queue: address }: ExecutorOptions): RedisAddress {
  if (address === undefined) throw new Error('the queue has no address');
  return address;
}
