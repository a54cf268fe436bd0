// Reads each NAME.ics of a folder with ical.js, expands it, and compares it with NAME.txt.
// Usage: node check.mjs FOLDER PATH-OF-ICAL.JS
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const [folder, library] = process.argv.slice(2);
const { default: ICAL } = await import(pathToFileURL(path.resolve(library)));

// A day, or a moment in UTC, as NAME.txt has it.
function shown(time) {
  if (time.isDate) return time.toString();
  return new Date(time.toUnixTime() * 1000).toISOString().replace('.000', '');
}

function instancesOf(calendar, from, to) {
  const found = [];
  const masters = [];
  const exceptions = [];
  for (const component of calendar.getAllSubcomponents('vevent'))
    (component.hasProperty('recurrence-id') ? exceptions : masters).push(component);
  const keep = (start, end, component) => {
    const row = [shown(start), shown(end), component.getFirstPropertyValue('status')];
    if (row[0] < to && (row[1] > from || row[0] >= from)) found.push(row.join('\t'));
  };
  for (const master of masters) {
    const uid = master.getFirstPropertyValue('uid');
    const event = new ICAL.Event(master, {
      exceptions: exceptions.filter((e) => e.getFirstPropertyValue('uid') === uid),
    });
    if (!event.isRecurring()) {
      keep(event.startDate, event.endDate, master);
      continue;
    }
    const iterator = event.iterator();
    // Past the window by more than any change of the cases moves an occurrence.
    for (let next; (next = iterator.next()) && shown(next).slice(0, 4) <= to.slice(0, 4);) {
      const details = event.getOccurrenceDetails(next);
      keep(details.startDate, details.endDate, details.item.component);
    }
  }
  return found.sort();
}

let failures = 0;
const names = fs.readdirSync(folder).filter((name) => name.endsWith('.ics'));
for (const name of names) {
  const calendar = new ICAL.Component(ICAL.parse(fs.readFileSync(path.join(folder, name), 'utf8')));
  ICAL.TimezoneService.reset();
  for (const zone of calendar.getAllSubcomponents('vtimezone'))
    ICAL.TimezoneService.register(new ICAL.Timezone(zone));
  const lines = fs.readFileSync(path.join(folder, name.replace(/ics$/, 'txt')), 'utf8');
  const [window, ...expected] = lines.trimEnd().split('\n');
  const found = instancesOf(calendar, ...window.split('\t'));
  expected.sort();
  if (JSON.stringify(found) !== JSON.stringify(expected)) {
    failures++;
    const at = expected.findIndex((line, i) => line !== found[i]);
    console.error(`${name}: ical.js has ${found.length} instances, the page ${expected.length}; ` +
      `number ${at} is '${found[at]}', not '${expected[at]}'`);
  }
}
console.log(`ical.js: ${names.length - failures} of ${names.length} calendars agree`);
process.exit(failures || names.length === 0 ? 1 : 0);
