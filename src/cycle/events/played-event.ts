import type { TransferKind } from './transfer-kind.js';

/** Something that took time while a layer was played; cycles count from the layer's start. */
export type PlayedEvent =
  | {
      readonly what: 'compute';
      readonly core: number;
      readonly step: number;
      readonly startCycle: number;
      readonly endCycle: number;
    }
  | {
      readonly what: 'transfer';
      readonly kind: TransferKind;
      readonly step: number;
      readonly cores: readonly number[];
      readonly bytes: number;
      readonly requestedCycle: number;
      readonly startCycle: number;
      readonly endCycle: number;
    }
  | {
      /** The channel waits for the first byte of the loads of a step. */
      readonly what: 'latency';
      readonly step: number;
      readonly startCycle: number;
      readonly endCycle: number;
    };

/** Is told of each event when it ends. */
export type EventSink = (event: PlayedEvent) => void;
