// table.mjs MEASURED.json COPSE-INDEX PAGEFIND-INDEX: the comparison as Markdown. The last two are
// what building cost: "seconds kilobytes-of-memory bytes files".
import { readFileSync } from 'node:fs';

const [, , file, copseIndex, pagefindIndex] = process.argv;
const { copse, pagefind } = JSON.parse(readFileSync(file, 'utf8'));
const engines = [[copse, copseIndex], [pagefind, pagefindIndex]].map(([measured, index]) => {
    const [seconds, memory, bytes, files] = index.split(' ').map(Number);
    return { ...measured, seconds, memory, bytes, files };
});
const median = (list) => list.slice().sort((a, b) => a - b)[Math.floor(list.length / 2)] ?? 0;
const most = (list) => Math.max(...list);
const kilobytes = (number) => `${(number / 1000).toFixed(1)} kB`;
const row = (name, of) => console.log(`| ${name} | ${engines.map(of).join(' | ')} |`);

console.log('| | copse | Pagefind |\n| --- | --- | --- |');
row('index, processor time', ({ seconds }) => `${seconds.toFixed(2)} s`);
row('index, most memory', ({ memory }) => `${(memory / 1024).toFixed(0)} MiB`);
row('index, size', ({ bytes, files }) => `${(bytes / 1e6).toFixed(1)} MB in ${files} files`);
row('fetched from the index, median (most)', ({ asked }) => `${kilobytes(median(asked.map((one) => one.index)))} (${kilobytes(most(asked.map((one) => one.index)))})`);
row('the same with scripts and pages for snippets', ({ asked }) => {
    const all = asked.map((one) => one.index + one.script + one.pages);
    return `${kilobytes(median(all))} (${kilobytes(most(all))})`;
});
const sorts = [...new Set(engines[0].asked.map((one) => one.sort))];
for (const sort of ['', ...sorts]) {
    row(`first result, median${sort ? `, ${sort}` : ''}`, ({ asked }) => {
        const own = asked.filter((one) => !sort || one.sort === sort);
        const times = own.map((one) => one.first).filter((time) => time !== null);
        const none = own.length - times.length;
        return `${median(times).toFixed(0)} ms${none ? ` (${none} of ${own.length} found nothing)` : ''}`;
    });
}
// The same query asked of both: how often the one was ahead.
const ahead = (name, of) => {
    const [own, other] = engines.map(({ asked }) => asked.map((one) => of(one) ?? Infinity));
    row(name, (engine) => `${own.filter((value, i) => engine === engines[0] ? value < other[i] : value > other[i]).length} of ${own.length}`);
};
ahead('fewer bytes of the index', (one) => one.index);
ahead('first result sooner', (one) => one.first);
const kinds = [...new Set(engines[0].ranks.map((one) => one.sort))];
row('known answer first', ({ ranks }) => `${ranks.filter((one) => one.rank === 1).length} of ${ranks.length}`);
row('known answer among ten', ({ ranks }) => `${ranks.filter((one) => one.rank > 0).length} of ${ranks.length}`);
row('mean reciprocal rank', ({ ranks }) => (ranks.reduce((sum, one) => sum + (one.rank ? 1 / one.rank : 0), 0) / ranks.length).toFixed(3));
for (const kind of kinds) row(`first / among ten, ${kind}`, ({ ranks }) => {
    const own = ranks.filter((one) => one.sort === kind);
    return `${own.filter((one) => one.rank === 1).length} / ${own.filter((one) => one.rank > 0).length} of ${own.length}`;
});
