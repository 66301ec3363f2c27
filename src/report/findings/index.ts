export { drawAccuracy, findingsCharts } from './charts.js';
export type { Finding, FindingResult, Verdict } from './finding.js';
export { findings, judgeFindings } from './findings.js';
export { percentPoints, type Spread, spreadOf, type TrainingOutcome } from './outcome.js';
export { accuracyTable, findingsToJson, findingsToMarkdown, findingsToText, type FindingsReport } from './render.js';
export { study } from './study.js';
