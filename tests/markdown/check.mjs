// check.mjs: `copse markdown` prints byte for byte what `cmark --unsafe` prints, on every example of
// the CommonMark specification (the one that Debian's cmark was written for, and the newest) and on
// cmark's pathological inputs.
import { spawnSync } from 'node:child_process';
import newest from 'commonmark-spec';
import installed from 'commonmark-spec-0.30';
import { check, finish } from '../browser/report.mjs';

// What a program prints, given a text; standard error and exit status where they are not as they should be.
function output(program, args, text) {
    const run = spawnSync(program, args, { input: text, maxBuffer: 1 << 28 });
    if (run.status !== 0 || run.stderr.length > 0)
        return Buffer.from(`${program} ended with ${run.status ?? run.signal}: ${run.stderr}`);
    return run.stdout;
}

// Says how the two differ, or nothing.
function difference(name, text) {
    const wanted = output('cmark', ['--unsafe'], text);
    const given = output(process.env.COPSE, ['markdown'], text);
    if (given.equals(wanted)) return [];
    let at = 0;
    while (at < given.length && given[at] === wanted[at]) at++;
    const near = (bytes) => JSON.stringify(bytes.subarray(Math.max(0, at - 20), at + 40).toString());
    return [`${name}: at byte ${at} copse prints ${near(given)}, cmark ${near(wanted)}`];
}

function examples(spec) {
    return spec.tests.map(({ number, section, markdown }) =>
        ({ name: `example ${number} (${section})`, text: markdown.replaceAll('→', '\t') }));
}

const times = (text, count) => text.repeat(count);
const numbers = (count, make) => Array.from({ length: count }, (_, i) => make(i)).join('');

// The list of cmark's test/pathological_tests.py, and what was added to it since. Where this cmark is
// quadratic itself, there are fewer.
const pathological = {
    'nested strong emphasis': times('*a **a ', 65000) + 'b' + times(' a** a*', 65000),
    'emphasis that closes and never opens': times('a_ ', 65000),
    'emphasis that opens and never closes': times('_a ', 65000),
    'links that close and never open': times('a]', 65000),
    'links that open and never close': times('[a', 65000),
    'mismatched openers and closers': times('*a_ ', 50000),
    'openers and closers, multiples of three': 'a**b' + times('c* ', 50000),
    'link openers and emphasis closers': times('[ a_', 50000),
    'pattern [ (](': times('[ (](', 80000),
    'pattern ![[]()': times('![[]()', 8000),
    'hard link and emphasis': '**x [a*b**c*](d)',
    'nested brackets': times('[', 50000) + 'a' + times(']', 50000),
    'nested block quotes': times('> ', 50000) + 'a',
    'deeply nested lists': numbers(1000, (i) => `${times('  ', i)}* a\n`),
    'a NUL byte': 'abc\u0000de\u0000',
    'backticks': numbers(5000, (i) => `e${times('`', i)}`),
    'links that do not end A': times('[a](<b', 30000),
    'links that do not end B': times('[a](b', 30000),
    'comments that do not end': '</' + times('<!--', 300000),
    'comments that do not end, in a text': 'a ' + times('a <!-- ', 30000),
    'instructions that do not end': times('<?', 50000),
    'declarations that do not end': times('a <!A ', 50000),
    'CDATA that does not end': times('a <![CDATA[', 50000),
    'empty lines in a nested list': `${times('- ', 500)}x${times('\n', 500)}`,
    'empty lines in a deeply nested list': `${times('- ', 30)}x${times('\n', 30000)}`,
    'empty lines in a quote': `> ${times('\n', 30000)}- a`,
    'emphasis in deep quotes': times('>', 5000) + times('a*', 5000),
    'nested emphasis': times('*', 60000) + 'a' + times('*', 60000),
    'link labels that do not end': times('[a](', 30000),
    'targets of open brackets': times('[](', 30000) + times('(', 30000),
    'many references': numbers(80000, (i) => `[${i + 1}]: u\n`) + times('[0] ', 80000),
    'many references that are used': numbers(10000, (i) => `[${i}]: u\n`) + numbers(10000, (i) => `[${i}] `),
    'a reference that is used often': `[a]: ${times('u', 1000)}\n\n${times('[a]', 30000)}`,
    'tables as the forges have them': `${times('|a', 5000)}|\n${times('|-', 5000)}|\n${times('|b|\n', 500)}`,
    'bytes that are no UTF-8': Buffer.from(times('a\u00ff\u0080*b* ', 10000), 'latin1'),
    'line ends of all kinds': times('a\r\nb\rc\n\r\n', 10000),
    'a byte order mark': '\ufeff# a\n',
    'nothing': '',
};

const known = new Map(); // text -> what is wrong with it: most examples are in both
for (const [name, spec] of [['0.30', installed], ['0.31.2', newest]]) {
    const list = examples(spec);
    for (const { name: example, text } of list)
        if (!known.has(text)) known.set(text, difference(example, text));
    const problems = list.flatMap(({ text }) => known.get(text));
    if (list.length < 640) problems.push(`only ${list.length} examples were found`);
    check(`${list.length} examples of CommonMark ${name} come out as from cmark`, problems);
}
const hard = Object.entries(pathological);
check(`${hard.length} pathological inputs come out as from cmark`, hard.flatMap(([name, text]) => difference(name, text)));
finish();
