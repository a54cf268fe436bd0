// site.mjs FOLDER: a small site to search in: two languages, words with accents, Chinese, Arabic, a
// word that is everywhere, and a document of five megabytes.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const [, , folder] = process.argv;

function put(path, head, body) {
    const file = join(folder, 'content', path);
    mkdirSync(dirname(file), { recursive: true });
    const matter = Object.entries(head).map(([key, value]) => `${key}: ${JSON.stringify(value)}\n`).join('');
    writeFileSync(file, path.endsWith('.yml') ? matter : `---\n${matter}---\n\n${body}\n`);
}

put('site.yml', { title: 'The Guild', url: 'https://guild.example.org', description: 'Careers.', languages: ['en', 'fr'], timezone: 'America/Halifax' });
writeFileSync(join(folder, 'content/designations.yml'), '- code: MCRS\n  name: Master Certified Résumé Strategist\n- code: CIS\n  name: Certified Interview Specialist\n');

for (let i = 0; i < 20; i++)
    put(`articles/filler-${i}.md`, { title: `Weekly note ${i}`, date: `2026-01-${10 + i}`, tags: [`topic-${i % 3}`] },
        `Every career is a path. Note number ${i} speaks of gardens, boats and ${['rain', 'snow', 'wind'][i % 3]}.`);
put('articles/resume.md', { title: 'Your résumé in an hour', date: '2026-02-01', tags: ['writing'] },
    'A career begins with a page. Put the strongest line first, and keep salary negotiation for later.');
put('articles/interviews.md', { title: 'Interviews without fear', date: '2026-02-02', tags: ['talking'] },
    'A career talk. Practise the first question. An interviewer is a person too; interviewing takes patience.');
put('articles/negotiation.md', { title: 'Negotiation', date: '2026-02-03' },
    'A salary is a number, and a negotiation is a conversation about your career.');
put('articles/hostile.md', { title: '<b>Bold</b> & "quoted"', date: '2026-02-04' }, 'Markup in a title, as text. Career.');
put('articles/chinese.md', { title: '职业规划', date: '2026-02-05' }, '面试前请准备简历。职业顾问可以帮助您。');
put('articles/arabic.md', { title: 'السيرة الذاتية', date: '2026-02-06' }, 'يساعدك المستشار المهني في كتابة السيرة الذاتية.');
put('articles/carrieres.fr.md', { title: 'Carrières du Nord', date: '2026-02-07' }, 'Une carrière se construit pas à pas, à l’école comme au travail.');
put('articles/huge.md', { title: 'A very long record', date: '2026-02-08' },
    'An archive of meetings and careers.\n\n'.repeat(130000) + 'At the very end stands the word zanzibar.');
for (const [name, place, code] of [['Ada Byron', 'Halifax, NS', 'MCRS'], ['Noor Haddad', 'Halifax, NS', 'CIS'], ['Luc Roy', 'Truro, NS', 'MCRS']])
    put(`members/${name.toLowerCase().replace(' ', '-')}.md`, { name, location: place, designations: [code], languages: ['fr'] }, `${name} helps people with a career.`);
put('events/clinic.md', { title: 'Résumé clinic', start: '2026-05-01 18:00', end: '2026-05-01 20:00', location: 'Halifax' }, 'Bring a page about your career.');
