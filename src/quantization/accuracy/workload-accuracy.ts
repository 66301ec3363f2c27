import { type PublishedAccuracy, publishedAccuracies } from './published-accuracy.js';

/**
 * Workloads that are networks of the paper's tables, by name. ResNet18 and ResNet50 of the paper are of the full
 * pre-activation kind; the shipped `resnet18` and `resnet50` have the same convolutions. Its AlexNet has batch
 * normalisation, which an inference folds away, and no printed shapes. Other variants are other networks.
 */
const networkOfWorkload: Readonly<Record<string, string>> = {
  alexnet: 'alexnet',
  'alexnet-batchnorm': 'alexnet',
  resnet18: 'resnet18',
  'resnet18-preactivation': 'resnet18',
  resnet50: 'resnet50',
  'resnet50-preactivation': 'resnet50',
};

/** Least width of the first and last layer at which a published accuracy is shown beside a run. */
const LEAST_EDGE_BITS = 8;

/** What is to be said wherever such a figure is shown. */
export const ACCURACY_NOTE =
  'top-1: published, by PACT (arXiv:1805.06085v2, Tables 3 to 8), trained with its first and last layer in single ' +
  'precision; its Table 2 says that 8 bits there cost little. Not simulated, and not interpolated where not given.';

/**
 * The accuracy that PACT reached with a workload at one width for weights and activations, 32 being full precision;
 * undefined where the paper does not say. A run whose first and last layer are narrower than 8 bits is not the paper's.
 * @param edgeBits of the first and last layer, null where they are as wide as the rest
 */
export function publishedAccuracyOf(
  workload: string,
  { bits, edgeBits }: { readonly bits: number | null; readonly edgeBits: number | null },
): PublishedAccuracy | undefined {
  if (bits === null || Math.max(bits, edgeBits ?? 0) < LEAST_EDGE_BITS) return undefined;
  const network = Object.hasOwn(networkOfWorkload, workload) ? networkOfWorkload[workload] : undefined;
  return publishedAccuracies.find(
    (row) =>
      row.network === network &&
      row.weightBits === bits &&
      row.activationBits === bits &&
      // Tables 3 to 8, which are PACT's alone.
      row.top5Percent !== null,
  );
}
