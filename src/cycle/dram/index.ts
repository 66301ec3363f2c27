export { Dram, type DramTransfer } from './dram.js';
export { DramChannel, type Bursts } from './dram-channel.js';
