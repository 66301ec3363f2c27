export { surveyToMarkdown, surveyToText, surveyWarnings } from './document.js';
export { surveyToCsv } from './to-csv.js';
