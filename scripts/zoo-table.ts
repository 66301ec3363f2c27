import { buildNetwork, buildZooNetwork, networkTotals, zoo, zooOtherParameters } from '../src/workload/index.js';

const HEAD = ['Name', 'Layers', 'MACs', 'Weights', 'Parameters', 'What it is, and where its shapes are from'];

/** A Markdown table of all networks that accelsim can build, with what each takes at its default parameters. */
export function zooTable(): string {
  const rows = Object.entries(zoo).map(([name, { description, source }]) => {
    const { layers, macs, weightElements } = networkTotals(buildNetwork(buildZooNetwork(name)));
    const others = Object.values(zooOtherParameters(name));
    const parameters = others.reduce((sum, count) => sum + count, weightElements);
    const counts = [layers, macs, weightElements, parameters].map((count) => count.toLocaleString('en-US'));
    return [`\`${name}\``, ...counts, `${sentence(description)} ${linked(source)}.`];
  });
  const rule = HEAD.map((_, column) => (column > 0 && column < HEAD.length - 1 ? '---:' : '---'));
  return [HEAD, rule, ...rows].map((cells) => `| ${cells.map(escaped).join(' | ')} |`).join('\n');
}

/** Puts the table into a document, between the two comments that mark its place. */
export function withZooTable(document: string): string {
  const place = /(<!-- zoo -->\n)[\s\S]*?(<!-- \/zoo -->)/;
  if (!place.test(document)) throw new Error('the document has no <!-- zoo --> ... <!-- /zoo -->');
  return document.replace(place, (_, before: string, after: string) => `${before}${zooTable()}\n${after}`);
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

/** Papers by their number become links. */
function linked(text: string): string {
  return text.replaceAll(/arXiv:(\d{4}\.\d{4,5})/g, '[$&](https://arxiv.org/abs/$1)');
}

function escaped(cell: string): string {
  return cell.replaceAll('|', '\\|');
}
