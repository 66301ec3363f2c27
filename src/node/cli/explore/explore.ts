import type { Executor, PreparedStudy, StudyOutcome, StudyProgress } from '../../../index.js';
import { countPoints, estimateStudy, plural, runStudy } from '../../../index.js';
import { keyOf } from '../../explore/key.js';
import { openStudyFolder, readStudyOf, type StudyFolder } from '../../explore/study-folder.js';
import { readStudyFile } from '../../explore/study-file.js';
import { placeOf } from '../../explore/shard.js';
import { isFolder } from '../../files.js';
import type { CliCommand, Outcome, Terminal } from '../command.js';
import { exitCodes, section } from '../help.js';
import { interruptible } from '../interrupt.js';
import { addOptions, readAll, settled } from '../options.js';
import { followProgress } from '../progress.js';
import { dryRunText } from './dry-run.js';
import { checkShard, exploreOptions, readExplore, type ExploreQuestion } from './options.js';
import { readReport, reportOptions, reportStudy } from './report.js';
import { countText, firstEstimateText, partText } from './words.js';

/** A study: many machines, what each comes to, and which are worth having. */
export const explore = {
  description: 'Explores a space of machines: a study file in, a Pareto front, tables and charts out.',
  configure(command) {
    command.argument('<study>', 'study file, or the folder of a study that was begun');
    addOptions(command, [...exploreOptions, ...reportOptions]);
    command.addHelpText('after', exploreHelp);
  },
  async run(options, terminal, [operand = '']): Promise<Outcome> {
    const { study, question } = readAll({
      study: await settled(isFolder(operand) ? readBegun(operand) : readStudyFile(operand)),
      question: () => readExplore(isFolder(operand) ? { out: operand, ...options } : options, operand),
    });
    checkShard(study, question.shard, operand);
    const report = readReport(options, study);
    if (question.isDryRun) {
      terminal.out(await dryRunText(study, question, options));
      return 'done';
    }
    terminal.note(`${study.name}: ${countText(countPoints(study))}${partText(question.shard)}`);
    await question.executor.check?.(question.executorOptions);
    const folder = await openStudyFolder(question.folder, study, (line) => terminal.warn(line));
    sayWhatIsThere(terminal, folder);
    const executor = question.executor.make(question.executorOptions, (line) => terminal.note(line));
    await executor.prepare?.(study);
    const answering = answerAll(study, executor, question, folder, terminal);
    // While others are at the first chunks. What is left of a study that was begun, its rate will tell.
    if (folder.store.size === 0) sayEstimate(study, question, terminal);
    const outcome = await answering;
    if (!outcome.complete) return stopped(outcome, question.folder, terminal);
    sayWhatWasDone(outcome, question, terminal);
    if (question.shard !== undefined && question.shard.count > 1) return 'done';
    await reportStudy(study, folder.store, question.folder, report, terminal);
    return 'done';
  },
} as const satisfies CliCommand;

async function readBegun(folder: string): Promise<PreparedStudy> {
  return readStudyOf(folder);
}

async function answerAll(
  study: PreparedStudy,
  executor: Executor,
  { shard }: ExploreQuestion,
  { store }: StudyFolder,
  terminal: Terminal,
): Promise<StudyOutcome> {
  const all = Math.ceil(countPoints(study).points / (shard?.count ?? 1));
  const follower = followProgress(terminal, 'points');
  // Points that were there say nothing of the rate.
  const progress = ({ evaluated, reused }: StudyProgress): void => {
    if (evaluated > 0) follower.update(evaluated, Math.max(evaluated, all - reused));
  };
  try {
    return await interruptible(
      (signal) =>
        runStudy(study, {
          executor,
          store,
          keyOf,
          signal,
          listener: { progress },
          shard: shard && placeOf(shard),
        }),
      () => terminal.note('stopping: the chunks in hand are finished; once more ends at once'),
    );
  } finally {
    follower.end();
  }
}

function sayEstimate(study: PreparedStudy, question: ExploreQuestion, terminal: Terminal): void {
  const { executor, executorOptions, shard } = question;
  const estimate = estimateStudy(study, () => performance.now());
  terminal.note(firstEstimateText(estimate, executor.parallel(executorOptions), shard?.count ?? 1));
}

function sayWhatIsThere(terminal: Terminal, { store, found }: StudyFolder): void {
  if (store.size === 0) return;
  const points = `${store.folder} holds ${plural(store.size, 'point')}`;
  const changed = 'of this study before its inputs changed; those that are the same are kept';
  terminal.note(found === 'changed' ? `${points} ${changed}` : `${points} from before`);
}

function sayWhatWasDone({ evaluated, reused }: StudyOutcome, question: ExploreQuestion, terminal: Terminal): void {
  const there = reused === 0 ? '' : `, ${plural(reused, 'point')} were there`;
  terminal.note(`answered ${plural(evaluated, 'point')}${there}${partText(question.shard)}`);
  if (question.shard !== undefined && question.shard.count > 1)
    terminal.note(`when all parts are done: accelsim merge ${question.folder} ... --out FOLDER`);
}

function stopped({ evaluated, reused, count }: StudyOutcome, folder: string, terminal: Terminal): Outcome {
  terminal.note(`stopped with ${evaluated + reused} of ${countText(count)} done; all that ${folder} holds is safe`);
  terminal.note(`the same command goes on from there, and so does: accelsim explore ${folder}`);
  return 'stopped';
}

function exploreHelp(): string {
  return [
    '',
    ...section('Examples', [
      'accelsim explore examples/pact-neighbourhood.json --dry-run',
      'accelsim explore examples/pact-neighbourhood.json --out my-study',
      'accelsim explore my-study                       # goes on where it was stopped',
      'accelsim explore my-study --heat-map cores,bits # draws again, with these axes across and up',
      'accelsim explore study.json --shard 3/8 --out part3',
    ]),
    ...section('Stopping', [
      'Ctrl-C finishes the chunks in hand and exits with 130. Every finished point is safe: the same command resumes.',
    ]),
    ...exitCodes(),
  ].join('\n');
}
