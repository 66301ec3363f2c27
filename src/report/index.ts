export type {
  Chart,
  ChartConfiguration,
  ChartInput,
  ChartKind,
  ChartPlugin,
  Drawing,
  DrawnChart,
} from './chart/index.js';
export {
  chartPlugins,
  charts,
  defaultChartKind,
  drawAccuracySpeedup,
  drawAllCharts,
  drawChart,
  FONT_FAMILY,
} from './chart/index.js';
export { drawChipSplit } from './chart/chip-split.js';
export {
  chipSplitFormats,
  chipSplitToCsv,
  chipSplitToJson,
  chipSplitToMarkdown,
  chipSplitToText,
} from './chip-split/index.js';
export { drawMachineComparison } from './chart/machine-comparison.js';
export {
  comparisonFormats,
  comparisonToCsv,
  comparisonToJson,
  comparisonToMarkdown,
  comparisonToText,
} from './compare/index.js';
export { drawGantt } from './chart/gantt.js';
export { drawMacKinds } from './chart/mac-kinds.js';
export { drawScheduleGains } from './chart/schedule-gains.js';
export { chromeTrace, chromeTraceText, type ChromeTrace, type TraceEvent } from './chrome-trace.js';
export {
  drawAllStudyCharts,
  drawStudyChart,
  parseHeatMapAxes,
  studyCharts,
  type HeatMapAxes,
  type StudyChart,
  type StudyChartChoices,
  type StudyChartKind,
} from './chart/study/index.js';
export { drawSurvey } from './chart/survey.js';
export { explain, explainDocument } from './explain.js';
export { plural } from './figures.js';
export type { Format, FormatName } from './formats.js';
export { formats } from './formats.js';
export { duration, progressBar, progressLine, type ProgressState } from './progress-line.js';
export {
  frontToCsv,
  studyCsvHeader,
  studyCsvLine,
  studyFormats,
  studyToJson,
  studyToMarkdown,
  studyWarnings,
  type StudyFormat,
  type StudyFormatName,
} from './explore/index.js';
export { reproductionToJson, reproductionToMarkdown, reproductionToText, type Reproduction } from './reproduction.js';
export { macStudyToJson, macStudyToMarkdown, macStudyToText } from './mac-report.js';
export { scheduleStudyToJson, scheduleStudyToMarkdown, scheduleStudyToText } from './schedule-report.js';
export { timelineToText } from './timeline-text.js';
export { surveyToCsv, surveyToMarkdown, surveyToText, surveyWarnings } from './survey/index.js';
export { csvField, toCsv } from './to-csv.js';
export { tableToText } from './text.js';
export { SCHEMA_VERSION, toJson, toJsonValue } from './to-json.js';
export { toMarkdown, warningsOf } from './to-markdown.js';
export { toTable } from './to-table.js';
export {
  accuracyTable,
  drawAccuracy,
  type Finding,
  type FindingResult,
  findings,
  findingsCharts,
  type FindingsReport,
  findingsToJson,
  findingsToMarkdown,
  findingsToText,
  judgeFindings,
  percentPoints,
  type Spread,
  spreadOf,
  study as findingsStudy,
  type TrainingOutcome,
  type Verdict,
} from './findings/index.js';
export { networkToText, type NetworkOrigin, zooToText } from './workloads.js';
export { type StudiedWeights, type WeightFormatName, weightFormats } from './weights/weight-study.js';
export { type BitsFormatName, bitsFormats, bitsToPrecisionFile } from './search-bits/bits-formats.js';
