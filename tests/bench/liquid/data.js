// The data of the benchmark: the same each time, without an outside source.
'use strict';
const words = 'the guild of practitioners meets again in the old mill to talk about careers, change & work that lasts'.split(' ');
let seed = 12345;
const next = (n) => { seed = (seed * 1103515245 + 12345) % 2147483648; return seed % n; };
const sentence = (n) => { const s = Array.from({ length: n }, () => words[next(words.length)]).join(' '); return s[0].toUpperCase() + s.slice(1); };
const rows = Array.from({ length: 1000 }, (_, i) => ({ name: `${sentence(3)} ${i}`, price: `${next(500)}.50`, stock: next(30), group: { label: sentence(2), id: i % 7 }, text: `${sentence(12)} <b>${sentence(2)}</b>` }));
const articles = Array.from({ length: 20 }, (_, i) => ({ title: sentence(6), url: `/articles/a${i}/`, excerpt: sentence(25), authors: [sentence(2), sentence(2)], tags: [words[next(words.length)], i % 3 ? 'plain' : 'featured'] }));
const link = (i) => ({ label: sentence(2), url: `https://example.org/${i}` });
const site = { language: 'en', title: 'Career <Guild>', description: sentence(12), url: 'https://guild.example', organisation: { name: 'Guild & Sons' },
  menu: Array.from({ length: 7 }, (_, i) => ({ label: sentence(1), url: `/m${i}/` })), feeds: [{ type: 'application/atom+xml', url: '/feed.xml', title: 'Feed' }, { type: 'application/json', url: '/feed.json', title: 'JSON' }],
  social: Array.from({ length: 3 }, () => ({ label: sentence(1), links: [link(1), link(2), link(3)] })), articles };
const page = { title: 'What work is <now>', url: '/articles/a3/', section: '/m2/', featured: true, description: '', image: '/i.jpg', content: `<p>${sentence(400)}</p>`, tags: ['Career Change', 'Work', 'featured'],
  authors: Array.from({ length: 3 }, (_, i) => ({ name: sentence(2), url: `/members/m${i}/`, designations: i ? ['MCRS', 'MCIS'] : [] })),
  comments: Array.from({ length: 8 }, (_, i) => ({ id: `c${i}`, author: sentence(2), date: '2022-07-01', content: `<p>${sentence(30)}</p>` })) };
process.stdout.write(JSON.stringify({ site, page, rows }));
