export { paretoFront } from './front.js';
