// Search in the browser; its index is explained in src/pages/search.h.
const [input, list, status, options, filters, more] = ['q', 'search-results', 'search-status', 'search-words', 'search-filters', 'search-more'].map(id => document.getElementById(id));
const words = list.dataset;
const selects = [...filters.querySelectorAll('select')];
const given = new URLSearchParams(location.search);
const SHOWN = 8, LARGE = 4000;
const { max, min } = Math;

// Files
let files = {};
let index;
const kept = (name, make) => files[name] || (files[name] = make());
const file = (name, kind, cache) => kept(name, async () => {
  const answer = await fetch(new URL(name, input.form.action), { cache });
  if (!answer.ok) throw answer;
  return answer[kind]();
});
const binary = async name => reader(new Uint8Array(await file(name + '.bin', 'arrayBuffer')));
const load = async cache => {
  index = await file('index.json', 'json', cache);
  if (index.pair) return;
  const { dense, gaps, dropped } = index.letters;
  index.keys = index.keys.split(' ');
  index.drop = RegExp(`[${dropped}]`, 'gu');
  index.run = RegExp(`[${dense}]+|[^${dense}${gaps}]+`, 'gu');
  index.pair = RegExp(`[${dense}]{1,2}|[^${dense}${gaps}]+`, 'gu');
  index.dense = RegExp(`[${dense}]`, 'u');
  let next = 0;
  index.starts = [...index.depths].map(depth => (next += 2 ** (119 - depth.charCodeAt())) - 2 ** (119 - depth.charCodeAt()));
};
const digits = (from, place) => from.substr(place * 7, 7);
const find = (sorted, value) => max(sorted.filter(one => one <= value).length - 1, 0);

// Words, as in src/lang/fold.c
const cut = text => [].concat(...(text.normalize('NFKD').toLowerCase().replace(index.drop, '')
  .replace(/[^\0-\x7f]/g, c => index.letters.spelt[c] || c).match(index.run) || []).map(run => {
  const chars = [...run];
  if (!index.dense.test(run)) return chars.slice(0, 32).join('');
  return chars[1] ? chars.slice(1).map((c, i) => chars[i] + c) : run;
}));
const markOf = term => term ? 1 + [...term.word].reduce((sum, c) => (sum * 31 + c.codePointAt()) % 65521, 0) % 63 : 0;

const reader = bytes => {
  let at = 0, bit = 0;
  const next = () => bytes[at++];
  const take = count => bytes.subarray(at, at += count);
  const varint = () => {
    const byte = next();
    return byte < 128 ? byte : byte - 128 + varint() * 128;
  };
  const bits = count => {
    let value = 0;
    while (count--) {
      value = value * 2 + (bytes[at] >> (7 - bit) & 1);
      if (++bit > 7) bit = 0, at++;
    }
    return value;
  };
  const rice = size => {
    let ones = 0;
    while (bits(1)) ones++;
    return ones * 2 ** size + bits(size);
  };
  return { next, take, varint, bits, rice, more: () => at < bytes.length };
};

const entriesAt = place => kept(place, async () => {
  const from = await binary('w' + digits(index.words, place));
  const found = new Map(), text = new TextDecoder();
  let key = [], lists = 0;
  const word = other => [...other.slice(0, from.next()), ...from.take(from.next())];
  const decode = bytes => text.decode(new Uint8Array(bytes));
  const tag = () => decode(from.take(10));
  const marks = tag();
  while (from.more()) {
    key = word(key);
    const flags = from.next();
    const entry = { key: decode(key), word: flags > 127, stems: [], count: 0, marks };
    for (let i = flags >> 2 & 31; i; i--) entry.stems.push(decode(word(key)));
    if (flags & 1) {
      entry.list = from.take(from.varint());
      entry.count = reader(entry.list).varint();
      entry.place = ++lists;
    } else if (flags & 2) {
      entry.count = from.varint();
      entry.file = 'p' + tag();
      entry.marks = tag();
    }
    found.set(entry.key, entry);
  }
  return found;
});
const entryOf = async key => (await entriesAt(find(index.keys, key))).get(key);

// A list: numbers, levels, neighbours.
const rows = async (entry, marked) => {
  const from = entry.list ? reader(entry.list) : await binary(entry.file);
  const all = marked && await binary('m' + entry.marks);
  let marks = all, number = -1;
  for (let i = marked && entry.place; i; i--) marks = reader(all.take(all.varint()));
  const length = from.varint(), size = from.next();
  return Array.from({ length }, () => [number += from.rice(size) + 1, from.rice(1),
    marked && Array.from({ length: marks.rice(1) }, () => [marks.bits(6), marks.bits(6)])]);
};

// Longer words, the frequent first.
const longer = async word => {
  const first = find(index.keys, word), found = [];
  const places = [...index.keys.keys()].filter(place => place === first || index.keys[place].startsWith(word));
  for (const all of await Promise.all(places.slice(0, 6).map(entriesAt)))
    for (const entry of all.values())
      if (entry.word && entry.key !== word && entry.key.startsWith(word))
        found.push([max(1, entry.count, ...entry.stems.map(stem => (all.get(stem) || entry).count)), entry]);
  return found.sort((a, b) => b[0] - a[0]);
};
// How many slips lie between two words: 0, 1, 2 or more.
const distance = (a, b, most = 2) => {
  let i = 0;
  while (a[i] && a[i] === b[i]) i++;
  [a, b] = [a.slice(i), b.slice(i)];
  if (!a && !b) return 0;
  const without = (x, y) => most ? 1 + distance(a.slice(x), b.slice(y), most - 1) : 9;
  return min(without(1, 0), without(0, 1), without(1, 1), a[0] === b[1] && a[1] === b[0] ? without(2, 2) : 9);
};
// Words are there turned round as well.
const turned = word => [...word].reverse().join('');
const guess = async word => {
  const size = max(2, word.length - 1 >> 1);
  let near = word[4] ? 2 : 1, found = [], best, most = 0;
  for (const [i, start] of [word.slice(0, size), '~' + turned(word).slice(0, size), word[0] + word[2]].entries()) {
    // One slip leaves one of the halves as it was.
    if (!word[2] || i > 1 && found[0] && near < 2) break;
    for (const [, { key }] of await longer(start)) {
      const own = key[0] === '~' ? turned(key).slice(0, -1) : key, far = distance(word, own);
      if (far < near) near = far, found = [];
      if (far === near) found.push(own);
    }
  }
  for (const own of new Set(found.slice(0, 6))) {
    const entry = await entryOf(own);
    for (const stem of [own, ...entry.stems]) {
      const { count } = await entryOf(stem);
      if (count > most) most = count, best = entry;
    }
  }
  return best;
};

const termOf = async (asked, open) => {
  const term = { asked, open, word: asked, stems: new Map(), forms: new Set(), count: 0 };
  const add = async (entry, factor) => {
    for (const stem of [entry.key, ...entry.stems]) {
      const own = await entryOf(stem);
      if (!own.count) continue;
      if (!term.stems.has(own)) term.stems.set(own, factor);
      if (factor === 1) term.count = max(term.count, own.count);
    }
  };
  let entry = await entryOf(asked);
  const others = open ? await longer(asked) : [];
  if (!entry && !others[0] && (entry = await guess(asked))) term.word = entry.key;
  if (entry) await add(entry, 1);
  let budget = entry ? 3000 : 12000;
  for (const [count, other] of others) {
    if (term.stems.size && (budget -= count) < 0) break;
    await add(other, 0.5);
  }
  for (const found of (await entriesAt(find(index.keys, term.word))).values())
    if ([...term.stems.keys()].some(stem => stem.key === found.key || found.stems.includes(stem.key))) term.forms.add(found.key);
  return term;
};
const isHit = term => form => form === term.word || term.forms.has(form) || term.open && form.startsWith(term.word);

// A query's phrases, its words, the one being typed.
const parse = query => {
  const parts = query.slice(0, 999).split(/["“”«»]/).map(cut);
  const all = [].concat(...parts).slice(0, 12);
  return [parts.filter((part, i) => i % 2 && part[1]), [...new Set(all)], parts.length % 2 && /[^\s"”»]$/.test(query) && all.pop()];
};
const search = async (query, chosen) => {
  const [phrases, asked, open] = parse(query);
  const terms = await Promise.all(asked.map(word => termOf(word, word === open)));
  const rare = terms.filter(term => term.count < index.documents * 0.8);
  const telling = rare[0] ? rare : terms;
  const scores = new Map();
  let allowed;
  const allow = found => allowed = new Set(found.map(row => row[0]).filter(number => !allowed || allowed.has(number)));
  for (const value of chosen) {
    const entry = await entryOf(value.join(':'));
    allow(entry ? await rows(entry) : []);
  }
  for (const phrase of phrases) {
    const parts = phrase.map(word => terms.find(term => term.asked === word));
    const told = term => !term || telling.includes(term) && term.count <= LARGE;
    for (const [i, term] of parts.entries()) {
      if (!telling.includes(term) || term.count > LARGE && told(parts[i - 1]) && told(parts[i + 1])) continue;
      const before = markOf(parts[i - 1]), after = markOf(parts[i + 1]);
      let found = [];
      for (const [entry, factor] of term.stems)
        if (factor === 1) found = found.concat((await rows(entry, 1)).filter(([, , near]) => !near[0] || near.some(([next, last]) => (!before || before === last) && (!after || after === next))));
      allow(found);
    }
  }
  await Promise.all(telling.map(async term => {
    const own = new Map();
    for (const [entry, factor] of term.stems) {
      for (const [number, level] of await rows(entry)) {
        const often = 2 ** (level / 2 - 2);
        const score = factor * Math.log((index.documents + 1) / (entry.count + 0.5)) * often / (often + 3);
        if (!allowed || allowed.has(number)) own.set(number, max(score, own.get(number) || 0));
      }
    }
    for (const [number, score] of own) {
      const [sum, count] = scores.get(number) || [0, 0];
      scores.set(number, [sum + score, count + 1, number]);
    }
  }));
  if (!terms[0]) for (const number of allowed) scores.set(number, [0, 0, number]);
  // Few with all the words: then those with half of them behind.
  const ranked = [...scores.values()].sort((a, b) => b[1] - a[1] || b[0] - a[0] || a[2] - b[2]);
  const whole = ranked.filter(found => found[1] === telling.length);
  return [terms, whole[SHOWN] || phrases[0] ? whole : ranked.filter(found => found[1] * 2 >= telling.length)];
};

// What is shown
let terms;
const put = (parent, name, text = '') => {
  const made = parent.appendChild(document.createElement(name));
  made.textContent = text;
  return made;
};
const set = (node, attributes) => Object.entries(attributes).forEach(pair => node.setAttribute(...pair));
const hitsIn = text => {
  const hits = [];
  let met;
  while (met = index.pair.exec(text)) {
    const form = cut(met[0]).find(one => terms.some(term => isHit(term)(one)));
    if (form) hits.push([met.index, index.pair.lastIndex, form]);
    else if (met[0][1] && index.dense.test(met[0])) index.pair.lastIndex--;
  }
  return hits;
};
const highlight = (parent, text) => {
  let at = 0;
  parent.textContent = '';
  for (const [start, end] of hitsIn(text)) {
    parent.append(text.slice(at, start));
    put(parent, 'mark', text.slice(start, end));
    at = end;
  }
  parent.append(text.slice(at));
};
// Where the page has most of the words.
const snippet = async (place, url) => {
  const answer = await fetch(url);
  if (answer.headers.get('content-length') > 4e5) return;
  const main = new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector('main');
  main.querySelectorAll('*').forEach(part => part.matches('script,style,nav,form,h1') ? part.remove() : part.append(' '));
  const text = main.textContent.replace(/\s+/g, ' ');
  let best = 0, start;
  hitsIn(text).forEach(([from], i, hits) => {
    const near = new Set(hits.slice(i, i + 20).filter(hit => hit[1] < from + 180).map(hit => hit[2])).size;
    if (near > best) best = near, start = from;
  });
  if (best) highlight(place, '… ' + text.slice(text.lastIndexOf(' ', max(start - 40, 0)) + 1, start + 200) + ' …');
};
const watcher = new IntersectionObserver(seen => seen.forEach(({ target, isIntersecting }) => {
  if (!isIntersecting) return;
  watcher.unobserve(target);
  snippet(...target.wants).catch(() => {});
}));
const show = async found => {
  const place = find(index.starts, found[2]);
  const [url, title, summary, about] = (await file(`c${index.starts[place].toString(16)}-${digits(index.cards, place)}.json`, 'json'))[found[2]];
  const item = document.createElement('li');
  const link = put(put(item, 'h2'), 'a');
  link.href = url;
  highlight(link, title);
  const text = put(item, 'p');
  highlight(text, summary);
  if (about) highlight(put(item, 'p'), about);
  const told = cut(title + ' ' + summary + ' ' + about);
  item.wants = [text, url];
  if (!terms.every(term => told.some(isHit(term)))) watcher.observe(item);
  return item;
};

let turn = 0, rest;
const showMore = async () => {
  const own = turn, items = await Promise.all(rest.slice(0, SHOWN).map(show));
  if (own !== turn) return;
  rest = rest.slice(SHOWN);
  more.hidden = !rest[0];
  list.append(...items);
  return items;
};
const go = async cache => {
  const own = ++turn, query = input.value.trim();
  const chosen = selects.filter(field => field.value).map(field => [field.name, field.value]);
  const any = query || chosen[0];
  history.replaceState(0, '', any ? '?' + new URLSearchParams([['q', query], ...chosen]) : '.');
  try {
    await load(cache || 'no-cache');
    const [asked, found] = any ? await search(query, chosen) : [[], []];
    if (own !== turn) return;
    [terms, rest] = [asked, found];
    list.textContent = '';
    if (!await showMore()) return;
    status.textContent = any ? words[found[1] ? 'other' : found[0] ? 'one' : 'none'].replace('%{count}', found.length).replace('%{query}', () => query.slice(0, 99)) : '';
    if (asked.every(term => term.word === term.asked)) return;
    const meant = query.replace(/[^\s"“”«»]+/g, part => (asked.find(term => term.asked === cut(part)[0]) || { word: part }).word);
    status.append(` ${words.meant} `);
    put(status, 'a', meant).href = '?' + new URLSearchParams({ q: meant });
  } catch (error) {
    // A newer index was published.
    files = {};
    if (own !== turn) return;
    if (error.status === 404 && !cache) return go('reload');
    status.textContent = words.failed;
  }
};

// The combobox
let active = -1, timer;
const mark = (at, open) => {
  const all = [...options.children];
  active = at;
  options.hidden = !open;
  all.forEach((option, i) => set(option, { 'aria-selected': i === at }));
  set(input, { role: 'combobox', 'aria-autocomplete': 'list', 'aria-controls': options.id,
    'aria-expanded': !!open, 'aria-activedescendant': at < 0 ? '' : all[at].id });
};
const choose = option => {
  input.value = input.value.replace(/[^\s"“”«»]*$/, '') + option.textContent + ' ';
  mark(-1);
  go();
};
const propose = async () => {
  const own = turn, open = parse(input.value)[2];
  const found = open ? await longer(open) : [];
  if (own !== turn || document.activeElement !== input) return;
  options.textContent = '';
  found.slice(0, 6).forEach((one, i) => set(put(options, 'li', one[1].key), { id: 'word-' + i, role: 'option' }));
  mark(-1, found[0]);
};
input.oninput = () => {
  clearTimeout(timer);
  timer = setTimeout(() => go().then(propose), 250);
};
input.onkeydown = event => {
  const { key } = event, size = options.children.length, by = { ArrowDown: 1, ArrowUp: -1 }[key];
  if (options.hidden || event.isComposing) return;
  if (by) mark((active + by + size + 2) % (size + 1) - 1, 1);
  else if (key === 'Escape') mark(-1);
  else if (key === 'Enter' && active >= 0) choose(options.children[active]);
  else return;
  event.preventDefault();
};
input.onblur = () => mark(-1);
options.onmousedown = event => {
  event.preventDefault();
  choose(event.target);
};
input.form.onsubmit = event => {
  event.preventDefault();
  clearTimeout(timer);
  mark(-1);
  go();
};
more.onclick = async () => {
  const items = await showMore();
  if (items) items[0].querySelector('a').focus();
};

// Filters
const fill = () => kept('filters', async () => {
  await load('no-cache');
  const values = await file(`f${index.filters}.json`, 'json');
  for (const field of selects) {
    field.parentNode.hidden = !values[field.name][0];
    for (const [value, label, count] of field.length > 1 ? [] : values[field.name]) put(field, 'option', `${label} (${count})`).value = value;
    field.value = given.get(field.name) || '';
  }
});
mark(-1);
filters.hidden = false;
filters.ontoggle = fill;
filters.onchange = () => go();
input.value = given.get('q') || '';
filters.open = selects.some(field => given.get(field.name));
(filters.open ? fill() : load('no-cache')).then(() => (input.value || filters.open) && go()).catch(() => {});
