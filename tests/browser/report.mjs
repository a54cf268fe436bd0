// What every program of these tests says: a line for each check, and at the end how many passed.
// The script that starts them adds the counts up.
let passed = 0, failed = 0, skipped = 0;

// The first lines of what is wrong; a thousand of one kind help nobody.
const SHOWN = 25;

export function check(name, problems) {
    const list = [...new Set(problems)];
    if (list.length === 0) {
        passed++;
        console.log(`ok ${name}`);
        return;
    }
    failed++;
    console.log(`not ok ${name}`);
    for (const problem of list.slice(0, SHOWN)) console.log(`    ${problem}`);
    if (list.length > SHOWN) console.log(`    … and ${list.length - SHOWN} more`);
}

export function skip(name, why) {
    skipped++;
    console.log(`ok ${name} # skip ${why}`);
}

export function finish() {
    console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
    process.exitCode = failed === 0 ? 0 : 1;
}
