import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files that take longest, of which many wait for processes of theirs: begun last, they would be waited for alone. */
const LONGEST = [
  'test/cluster/queue-kills',
  'test/explore/kills',
  'test/cluster/queue',
  'test/readme',
  'test/cluster/document',
  'test/explore/command',
  'test/explore/full-disk',
  'test/cli/train-kill',
  'test/properties/layer-search',
  'test/golden/fusion-and-prefetch',
  'test/golden/scalesim',
  'test/golden/chip-split',
  'test/golden/zoo',
  'src/node/train/training',
].map((name) => `/${name}.test.ts`);

/** The longest first, then what has processes to itself, then all that share one, which lives as long as they follow on. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification): number => {
      const at = LONGEST.findIndex((name) => moduleId.endsWith(name));
      return at < 0 ? LONGEST.length : at;
    };
    const sharing = ({ project }: TestSpecification): number => Number(!project.config.isolate);
    const usual = await super.sort(files);
    return usual.toSorted((one, other) => sharing(one) - sharing(other) || place(one) - place(other));
  }
}
