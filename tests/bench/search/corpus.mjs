// corpus.mjs FOLDER [ARTICLES]: a site of an association in English and French, always the same:
// by default 10,000 articles (an eighth of them French), 2,000 members and 500 events. Words come
// from two lists of real ones, by Zipf's law, with a long tail of made-up ones (names, places and
// terms of trade are that in real sites). Beside content/ it writes queries.json: 50 queries of five
// sorts, and 40 with the one page that they are after.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const [, , folder, given] = process.argv;
const articles = Number(given || 10000);
const members = articles / 5, events = articles / 20;

// Mulberry32: small, and the same everywhere.
let state = 20261123;
const random = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
};
const below = (count) => Math.floor(random() * count);
const pick = (list) => list[below(list.length)];

const stop = {
    en: 'the of and to in a is that for it as was with be by on not he his but at are this have from or had an they which one you were all her she there would their we him been has when who will no more if out so up said what its about than into them can only other time new some could these two may first then do any like my now over such our'.split(' '),
    fr: 'de la le et les des en un du une que est pour qui dans a par plus pas au sur ne se ce il sont avec ou son lui nous comme mais on tout aux elle cette ses deux même ces leur bien encore sans peut'.split(' '),
};
const common = {
    en: 'career work client member interview résumé letter employer market labour skill training certificate volunteer board meeting vote policy record manage archive privacy retention audit risk standard practice coach counsel school student university college graduate apprentice trade nurse teacher engineer artist writer editor farmer driver carpenter plumber electrician baker clerk cashier manager director assistant newcomer immigrant refugee veteran parent youth senior disability language English French translate question answer story lesson mistake advice workshop conference webinar session keynote panel award election budget report survey statistic measure improve quality review draft publish column feature library museum hospital office factory ferry bridge harbour island winter summer village city province country government court law contract lease insurance pension wage salary hour shift schedule calendar network reference referral portfolio application online phone video camera microphone portrait photo design colour paper print binder folder drawer shelf box computer software spreadsheet database password security cloud storage backup email message newsletter feed comment forum moderator community chapter committee treasurer secretary president mentor protégé guide code ethics complaint appeal decision evidence research study method theory model framework assess evaluate observe listen speak write read travel walk drive cook garden build repair paint measure count promise offer accept refuse negotiate persuade apologise forgive remember forget hope fear courage humour patience kindness curiosity'.split(' '),
    fr: 'carrière travail client membre entrevue lettre employeur marché métier compétence formation certificat bénévole conseil réunion vote politique dossier gestion archive confidentialité conservation vérification risque norme pratique conseiller école étudiant université collège diplôme apprenti infirmière enseignant ingénieur artiste rédacteur éditeur agriculteur chauffeur charpentier plombier électricien boulanger commis caissier directeur adjoint immigrant réfugié ancien parent jeunesse aîné handicap langue anglais français traduire question réponse histoire leçon erreur atelier conférence séance tribune prix élection budget rapport sondage statistique mesure améliorer qualité révision ébauche publier chronique bibliothèque musée hôpital bureau usine traversier pont port île hiver été village ville province pays gouvernement tribunal loi contrat bail assurance pension salaire heure horaire calendrier réseau référence candidature téléphone vidéo caméra portrait couleur papier classeur tiroir étagère boîte ordinateur logiciel sécurité nuage courriel message infolettre commentaire communauté section comité trésorier secrétaire président mentor guide déontologie plainte appel décision preuve recherche étude méthode théorie modèle évaluer observer écouter parler écrire lire voyager marcher conduire cuisiner jardiner bâtir réparer peindre compter promettre offrir accepter refuser négocier convaincre excuser pardonner espoir peur courage humour patience gentillesse curiosité'.split(' '),
};
const endings = { en: ['', '', '', 's', 'ing', 'ed', 'er'], fr: ['', '', '', 's', 's', 'ement'] };
const syllables = 'ba be bi bo bri ca ce chi co cre da de di dra du el en fa fi flo ga ge gri ha he hol in jo ka ke la le li lo lu ma me mi mo na ne ni no or pa pe pi pra qua ra re ri ro sa se si so sta ta te ti to tra ul va ve vi wa we wi xa ya ze'.split(' ');
const made = new Set();
while (made.size < 30000) made.add(Array.from({ length: 2 + below(3) }, () => pick(syllables)).join('') + pick(['', 'n', 's', 't', 'r', 'l']));
const tail = [...made];

const places = 'Halifax Moncton Toronto Ottawa Québec Montréal Winnipeg Regina Calgary Vancouver Victoria Sudbury Gatineau Lévis Truro Fredericton'.split(' ');
const first = 'Ada Ben Carla Dev Élise Farid Grace Hugo Inês Jonas Keiko Liam Maya Nadia Omar Priya Quinn Rosa Siobhán Tara Uma Victor Wren Xavier Yara Zoé'.split(' ');
const last = Array.from({ length: 1200 }, () => { const name = pick(tail); return name[0].toUpperCase() + name.slice(1); });
const codes = ['MCRS', 'CRA', 'CCTP', 'CLMI'];
const tags = ['careers', 'résumés', 'interviews', 'labour market', 'ethics', 'guild news', 'training', 'mentoring', 'archives', 'privacy', 'newcomers', 'trades'];

const word = (lang) => {
    const r = random();
    if (r < 0.42) return stop[lang][Math.floor(stop[lang].length * random() ** 2.5)];
    if (r < 0.9) return common[lang][Math.floor(common[lang].length * random() ** 1.6)] + pick(endings[lang]);
    return tail[Math.floor(tail.length * random() ** 3)];
};
const capital = (text) => text[0].toUpperCase() + text.slice(1);
const sentence = (lang) => capital(Array.from({ length: 8 + below(12) }, () => word(lang)).join(' ')) + '.';
const paragraph = (lang) => Array.from({ length: 3 + below(4) }, () => sentence(lang)).join(' ');
const content = (lang) => common[lang][below(common[lang].length)];

const write = (path, text) => {
    const file = join(folder, 'content', path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
};

const people = [];
for (let i = 0; i < members; i++) {
    const name = `${pick(first)} ${pick(last)}`;
    const person = { name, slug: `m${i}`, place: pick(places), services: [content('en') + ' ' + content('en')], languages: pick([['en'], ['fr'], ['en', 'fr']]) };
    people.push(person);
    write(`members/m${i}.md`, `---\nname: ${name}\ndesignations: [${pick(codes)}]\nlocation: ${person.place}\nlanguages: [${person.languages}]\nservices: [${person.services}]\n---\n\n${paragraph('en')}\n\n${paragraph('en')}\n`);
}

const written = [];
for (let i = 0; i < articles; i++) {
    const lang = i % 8 === 7 ? 'fr' : 'en';
    const rare = [pick(tail), pick(tail), pick(tail)];
    const title = capital([content(lang), pick(stop[lang]), content(lang), content(lang), rare[0]].join(' '));
    const phrase = [content(lang), content(lang), content(lang)].join(' ');
    const body = Array.from({ length: 6 + below(5) }, () => paragraph(lang));
    body[2] += ` ${capital(rare[1])} ${phrase} ${rare[2]}.`;
    const article = { lang, url: `${lang === 'fr' ? '/fr' : ''}/articles/a${i}/`, title, rare, phrase };
    written.push(article);
    const day = new Date(Date.UTC(2016, 0, 4) + i * 86400000 * 3900 / articles).toISOString().slice(0, 10);
    write(`articles/${day}-a${i}.md`, `---\ntitle: "${title}"\nauthor: ${pick(people).slug}\ntags: [${pick(tags)}, ${pick(tags)}]\ndescription: "${sentence(lang)}"\n${lang === 'fr' ? 'lang: fr\n' : ''}---\n\n${body.join('\n\n## ' + capital(content(lang)) + '\n\n').replace(/## /g, (all, at) => (at % 3 ? '## ' : '## '))}\n`);
}
for (let i = 0; i < events; i++)
    write(`events/e${i}.md`, `---\ntitle: "${capital(content('en'))} ${content('en')} ${pick(tail)}"\nstart: 2026-${String(1 + (i % 12)).padStart(2, '0')}-${String(1 + (i % 28)).padStart(2, '0')} 18:00\nlocation: ${pick(places)}\ntags: [${pick(tags)}]\n---\n\n${paragraph('en')}\n`);
write('site.yml', 'title: The Bench Guild\nurl: https://example.org\nlanguage: en\nlanguages: [en, fr]\ntimezone: UTC\n');
write('designations.yml', codes.map((code) => `- code: ${code}\n  name: Certificate ${code}\n  issuer: The Bench Guild\n`).join(''));

// ---- queries

const english = written.filter((article) => article.lang === 'en');
const french = written.filter((article) => article.lang === 'fr');
const plain = (text) => text.normalize('NFKD').replace(/[\u0300-\u036f]/g, '');
// One letter left out, doubled, changed over or replaced, never the first.
const misspelt = (text) => {
    const at = 1 + below(text.length - 2);
    const kinds = [text.slice(0, at) + text.slice(at + 1), text.slice(0, at) + text[at] + text.slice(at),
        text.slice(0, at) + text[at + 1] + text[at] + text.slice(at + 2), text.slice(0, at) + 'e' + text.slice(at + 1)];
    const made = pick(kinds);
    return made === text ? text + text.slice(-1) : made;
};
const long = common.en.filter((text) => text.length > 6);
const queries = [];
for (let i = 0; i < 15; i++) queries.push({ sort: 'frequent', lang: 'en', text: `${content('en')} ${content('en')}` });
for (let i = 0; i < 10; i++) queries.push({ sort: 'rare', lang: 'en', text: pick(english).rare[i % 2] });
for (let i = 0; i < 10; i++) queries.push({ sort: 'misspelt', lang: 'en', text: `${misspelt(pick(long))} ${content('en')}` });
for (const text of ['résumé writer', 'resume writer', 'protégé mentor', 'Siobhan Halifax', 'Québec interview']) queries.push({ sort: 'accented', lang: 'en', text });
for (let i = 0; i < 10; i++) queries.push({ sort: 'French', lang: 'fr', text: i % 2 ? plain(`${content('fr')} ${content('fr')}`) : `${content('fr')}s ${content('fr')}` });

const known = [];
for (let i = 0; i < 8; i++) { // the title, but for its short words
    const article = pick(english), words = article.title.split(' ');
    known.push({ sort: 'title', lang: 'en', text: [words[0], words[2], words[3], words[4]].join(' '), url: article.url });
}
for (let i = 0; i < 6; i++) { // other forms of the words of a title, and its rare one
    const article = pick(english), words = article.title.split(' ');
    known.push({ sort: 'inflected', lang: 'en', text: `${words[2]}s ${words[4]}`, url: article.url });
}
for (let i = 0; i < 8; i++) { // what is remembered of a body
    const article = pick(english);
    known.push({ sort: 'body', lang: 'en', text: `${article.phrase.split(' ')[0]} ${article.rare[1]} ${article.rare[2]}`, url: article.url });
}
for (let i = 0; i < 6; i++) { // a member by name and place, without accents
    const at = below(people.length);
    known.push({ sort: 'member', lang: 'en', text: plain(`${people[at].name} ${people[at].place}`), url: `/members/m${at}/` });
}
for (let i = 0; i < 4; i++) { // a phrase
    const article = pick(english);
    known.push({ sort: 'phrase', lang: 'en', text: `"${article.rare[1]} ${article.phrase}"`, url: article.url });
}
for (let i = 0; i < 4; i++) { // a slip of the finger in a title's rare word
    const article = pick(english.filter((one) => one.rare[0].length > 7)), words = article.title.split(' ');
    known.push({ sort: 'misspelt', lang: 'en', text: `${words[2]} ${misspelt(words[4])}`, url: article.url });
}
for (let i = 0; i < 4; i++) { // French, without accents
    const article = pick(french), words = article.title.split(' ');
    known.push({ sort: 'French', lang: 'fr', text: plain(`${words[0]} ${words[2]} ${words[4]}`), url: article.url });
}
writeFileSync(join(folder, 'queries.json'), JSON.stringify({ queries, known }, null, 1));
