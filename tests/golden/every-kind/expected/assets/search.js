// Search in the browser; its index is explained in src/pages/search.h.
(() => {
  const [input, list, status, options, filters, more] = ['q', 'search-results', 'search-status', 'search-words', 'search-filters', 'search-more'].map(id => document.getElementById(id));
  if (!list) return;
  const words = list.dataset;
  const home = input.form.action;
  const selects = [...filters.querySelectorAll('select')];
  const given = new URLSearchParams(location.search);
  const SHOWN = 8;
  const { max, min } = Math;

  // Files
  let files = {};
  let index;
  const kept = (name, make) => files[name] || (files[name] = make());
  const file = (name, kind, cache) => kept(name, async () => {
    const answer = await fetch(new URL(name, home), { cache });
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
    let start = 0;
    index.starts = [...index.depths].map(depth => {
      const here = start;
      start += 2 ** (119 - depth.charCodeAt());
      return here;
    });
  };
  const digits = (from, place, size) => from.substr(place * size, size);
  const find = (sorted, value) => {
    let low = 0, high = sorted.length;
    while (low < high) {
      const middle = low + high >> 1;
      if (sorted[middle] > value) high = middle;
      else low = middle + 1;
    }
    return max(low - 1, 0);
  };

  // Words, as in src/lang/fold.c
  const cut = text => [].concat(...(text.normalize('NFKD').toLowerCase().replace(index.drop, '')
    .replace(/[^\0-\x7f]/g, c => index.letters.spelt[c] || c).match(index.run) || []).map(run => {
    const chars = [...run];
    if (!index.dense.test(run)) return chars.slice(0, 32).join('');
    return chars[1] ? chars.slice(1).map((c, i) => chars[i] + c) : run;
  }));
  const markOf = term => term ? 1 + (new TextEncoder().encode(term.word)
    .reduce((hash, byte) => Math.imul(hash ^ byte, 16777619), 2166136261 | 0) >>> 8) % 63 : 0;

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
    const from = await binary('w' + digits(index.words, place, 7));
    const found = new Map(), text = new TextDecoder();
    let key = [], lists = 0;
    const word = other => [...other.slice(0, from.next()), ...from.take(from.next())];
    const hex = () => [...from.take(5)].map(byte => (256 + byte).toString(16).slice(1)).join('');
    const decode = bytes => text.decode(Uint8Array.from(bytes));
    const marks = hex();
    while (from.more()) {
      key = word(key);
      const flags = from.next();
      const entry = { key: decode(key), word: flags > 127, stems: [], count: 0 };
      for (let i = flags >> 2 & 31; i; i--) entry.stems.push(decode(word(key)));
      if (flags & 1) {
        entry.list = from.take(from.varint());
        entry.count = reader(entry.list).varint();
        entry.marks = marks;
        entry.place = ++lists;
      } else if (flags & 2) {
        entry.count = from.varint();
        entry.file = 'p' + hex();
        entry.marks = hex();
      }
      found.set(entry.key, entry);
    }
    return found;
  });
  const entryOf = async key => (await entriesAt(find(index.keys, key))).get(key);

  // Lists
  const each = async (entry, found, marked) => {
    const from = entry.list ? reader(entry.list) : await binary(entry.file);
    let marks = marked && await binary('m' + entry.marks), number = -1;
    if (marks && entry.place) {
      for (let i = 1; i < entry.place; i++) marks.take(marks.varint());
      marks = reader(marks.take(marks.varint()));
    }
    let count = from.varint();
    const size = from.next();
    while (count--) found(number += from.rice(size) + 1, from.rice(1), marks);
  };

  // Longer words, the frequent first.
  const longer = async (word, most) => {
    const first = find(index.keys, word), found = [];
    for (let place = first; place < first + most && (place === first || (index.keys[place] || '').startsWith(word)); place++) {
      const all = await entriesAt(place);
      for (const entry of all.values())
        if (entry.word && entry.key !== word && entry.key.startsWith(word))
          found.push([max(1, entry.count, ...entry.stems.map(stem => (all.get(stem) || entry).count)), entry]);
    }
    return found.sort((a, b) => b[0] - a[0]);
  };
  // Damerau's
  const distance = (a, b) => {
    let before, last = [...b, 0].map((c, i) => i);
    for (let i = 0; a[i]; i++) {
      const row = [i + 1];
      for (let j = 0; b[j]; j++)
        row.push(min(last[j + 1] + 1, row[j] + 1, last[j] + (a[i] !== b[j]), i && j && a[i] === b[j - 1] && b[j] === a[i - 1] ? before[j - 1] + 1 : 99));
      before = last;
      last = row;
    }
    return last.pop();
  };
  const guess = async word => {
    let best, near = word.length < 5 ? 2 : 3;
    for (const start of word.length < 3 ? [] : [word.slice(0, 2), word[1] + word[0], word[0] + word[2], word.slice(1, 3), word[0]]) {
      for (const [count, entry] of near < 2 ? [] : await longer(start, 6)) {
        const far = distance(word, entry.key) + 1 / (1 + count);
        if (far < near) near = far, best = entry;
      }
    }
    return best;
  };

  const termOf = async (asked, open) => {
    const term = { asked, word: asked, stems: new Map(), forms: new Set(), count: 0 };
    const add = async (entry, factor) => {
      for (const stem of [entry.key, ...entry.stems]) {
        const own = await entryOf(stem);
        if (own && own.count && !term.stems.has(own)) term.stems.set(own, factor);
        if (own && factor === 1) term.count = max(term.count, own.count);
      }
    };
    let entry = await entryOf(asked);
    const others = open ? await longer(asked, 3) : [];
    if (!entry && !others[0] && (entry = await guess(asked))) term.word = entry.key;
    if (entry) await add(entry, 1);
    let budget = entry ? 3000 : 12000;
    for (const [count, other] of others) {
      if (term.stems.size && (budget -= count) < 0) break;
      term.open = 1;
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
    const allow = numbers => allowed = new Set(numbers.filter(number => !allowed || allowed.has(number)));
    for (const [field, value] of chosen) {
      const entry = await entryOf(field + ':' + value), numbers = [];
      if (entry) await each(entry, number => numbers.push(number));
      allow(numbers);
    }
    for (const phrase of phrases) {
      const parts = phrase.map(word => terms.find(term => term.asked === word));
      for (const [i, term] of parts.entries()) {
        if (!telling.includes(term)) continue;
        const before = markOf(parts[i - 1]), after = markOf(parts[i + 1]), numbers = [];
        for (const [entry, factor] of term.stems) {
          if (factor === 1) await each(entry, (number, level, marks) => {
            let count = marks.rice(1), fits = !count;
            while (count--) {
              const next = marks.bits(6), last = marks.bits(6);
              if ((!before || before === last) && (!after || after === next)) fits = 1;
            }
            if (fits) numbers.push(number);
          }, 1);
        }
        allow(numbers);
      }
    }
    for (const term of telling) {
      const own = new Map();
      await Promise.all([...term.stems].map(([entry, factor]) => each(entry, (number, level) => {
        const often = 2 ** (level / 2 - 2);
        const score = factor * Math.log(1 + (index.documents - entry.count + 0.5) / (entry.count + 0.5)) * often * 4 / (often + 3);
        if (!allowed || allowed.has(number)) own.set(number, max(score, own.get(number) || 0));
      })));
      for (const [number, score] of own) {
        const [sum, count] = scores.get(number) || [0, 0];
        scores.set(number, [sum + score, count + 1, number]);
      }
    }
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
    const hits = hitsIn(text);
    hits.forEach(([from], i) => {
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
    const [, url, title, summary, date, note] = (await file(`c${index.starts[place].toString(16)}-${digits(index.cards, place, 7)}.json`, 'json'))[found[2]];
    const item = document.createElement('li');
    const link = put(put(item, 'h2'), 'a');
    link.href = url;
    highlight(link, title);
    const text = put(item, 'p'), about = [date, note].filter(Boolean).join(' · ');
    highlight(text, summary);
    if (about) highlight(put(item, 'p'), about);
    const told = cut(title + ' ' + summary + ' ' + about);
    item.wants = [text, url];
    if (!terms.every(term => told.some(isHit(term)))) watcher.observe(item);
    return item;
  };

  let turn = 0, rest;
  const showMore = async own => {
    const items = await Promise.all(rest.slice(0, SHOWN).map(show));
    if (own !== turn) return;
    rest = rest.slice(SHOWN);
    more.hidden = !rest[0];
    list.append(...items);
    return items;
  };
  const go = async () => {
    const own = ++turn, query = input.value.trim();
    const chosen = selects.filter(field => field.value).map(field => [field.name, field.value]);
    history.replaceState(0, '', query || chosen[0] ? '?' + new URLSearchParams([['q', query], ...chosen]) : '.');
    for (const cache of ['no-cache', 'reload']) {
      try {
        await load(cache);
        const [asked, found] = query || chosen[0] ? await search(query, chosen) : [[], []];
        if (own !== turn) return;
        [terms, rest] = [asked, found];
        list.textContent = '';
        await showMore(own);
        if (own !== turn) return;
        status.textContent = query || chosen[0] ? words[found[1] ? 'other' : found[0] ? 'one' : 'none'].replace('%{count}', found.length).replace('%{query}', () => query.slice(0, 99)) : '';
        if (asked.every(term => term.word === term.asked)) return;
        const meant = query.replace(/[^\s"“”«»]+/g, part => (asked.find(term => term.asked === cut(part)[0]) || { word: part }).word);
        status.append(` ${words.meant} `);
        put(status, 'a', meant).href = '?' + new URLSearchParams({ q: meant });
        return;
      } catch (error) {
        // A newer index was published.
        files = {};
        if (error.status === 404 && cache === 'no-cache') continue;
        if (own === turn) status.textContent = words.failed;
        return;
      }
    }
  };

  // The combobox
  let active = -1, timer;
  const mark = (at, open) => {
    const all = [...options.children];
    active = at;
    options.hidden = !open;
    all.forEach((option, i) => option.setAttribute('aria-selected', i === at));
    for (const [name, value] of Object.entries({ role: 'combobox', 'aria-autocomplete': 'list', 'aria-controls': options.id,
      'aria-expanded': !!open, 'aria-activedescendant': at < 0 ? '' : all[at].id })) input.setAttribute(name, value);
  };
  const choose = option => {
    input.value = input.value.replace(/[^\s"“”«»]*$/, '') + option.textContent + ' ';
    mark(-1);
    go();
  };
  const propose = async () => {
    const own = turn, open = parse(input.value)[2];
    const found = open ? await longer(open, 2) : [];
    if (own !== turn || document.activeElement !== input) return;
    options.textContent = '';
    found.slice(0, 6).forEach(([count, entry], i) => {
      const option = put(options, 'li', entry.key);
      option.id = 'word-' + i;
      option.setAttribute('role', 'option');
    });
    mark(-1, found[0]);
  };
  input.oninput = () => {
    clearTimeout(timer);
    timer = setTimeout(() => go().then(propose), 250);
  };
  input.onkeydown = event => {
    const { key } = event, size = options.children.length, by = { ArrowDown: 1, ArrowUp: -1 }[key];
    if (options.hidden || event.isComposing) return;
    if (by) mark((active + by + (active < 0 && by < 0) + size) % size, 1);
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
    const items = await showMore(turn);
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
  filters.onchange = go;
  input.value = given.get('q') || '';
  filters.open = selects.some(field => given.get(field.name));
  (filters.open ? fill() : load('no-cache')).then(() => (input.value || filters.open) && go()).catch(() => {});
})();
