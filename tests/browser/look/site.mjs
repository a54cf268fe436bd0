// site.mjs FOLDER NAME: a site that is awkward to look at.
//
//     awkward   long words, a title of 200 characters, no photos, no dates to come, a table, code,
//               footnotes, a deep thread of comments, hostile strings, everything optional missing
//     crowd     a thousand members, three hundred articles, an event every day
//     arabic    from right to left
//     bare      nothing but site.yml
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const [, , folder, name] = process.argv;

function put(path, head, body = '') {
    const file = join(folder, 'content', path);
    mkdirSync(dirname(file), { recursive: true });
    const matter = Object.entries(head).map(([key, value]) => `${key}: ${JSON.stringify(value)}\n`).join('');
    writeFileSync(file, path.endsWith('.yml') ? matter : `---\n${matter}---\n\n${body}\n`);
}

const LONG = 'Anticonstitutionnellement, l’intergouvernementalisation des professionnels de l’accompagnement '
    + 'électroencéphalographique : hexakosioihexekontahexaphobie, et autres incompréhensibilités de notre métier quotidien';
const TEXT = 'Les conseillères d’orientation professionnelle du Saguenay–Lac-Saint-Jean travaillent '
    + 'avec des personnes qui changent de métier. '.repeat(6);

const BODY = `${TEXT}

> Une phrase que l’on cite, assez longue pour faire deux lignes au moins, et qui mérite sa place.

## Un tableau plus large que l’écran

| Établissement | Arrondissement | Représentativité | Professionnalisation | Intercompréhension | 2024 | 2025 | 2026 |
| --- | :---: | --- | --- | --- | ---: | ---: | ---: |
| Cégep de Saint-Félicien-de-Normandin | Lac-Saint-Jean | non renouvelable | interdisciplinaire | partielle | 1 204 | 998 | 12 |
| Université | — | totale | multidisciplinaire | — | 7 | 1 004 | 3 |

### Un titre de troisième niveau avec un mot hyperanticonstitutionnellement long

\`\`\`python
def une_fonction_dont_le_nom_ne_finit_pas(argument_tres_long, un_autre_argument=None, encore_un="valeur"):
    return argument_tres_long or "un texte qui ne tient pas dans la colonne sans être coupé quelque part"
\`\`\`

Du \`code\` dans une phrase, un lien <https://exemple.org/une/adresse/qui/ne/finit/pas/et/qui/ne/se/coupe/nulle/part/index.html>,
une note[^1] et une autre[^longue]. **Gras**, *italique*, ~~biffé~~.

1. Un élément
   - imbriqué
     - encore plus
       - et encore
2. [x] fait ?

- [x] fait
- [ ] à faire

---

#### Un titre de quatrième niveau

Terme suivi d’une image absente.

[^1]: Une note courte.
[^longue]: Une note longue, avec une [adresse](https://exemple.org) et du \`code\`. ${TEXT}
`;

const sites = {
    bare() {
        put('site.yml', { title: 'Only a title', url: 'https://example.org' });
    },
    awkward() {
        put('site.yml', { title: 'Regroupement intercollégial des conseillères et conseillers d’orientation professionnelle du Saguenay–Lac-Saint-Jean',
            url: 'https://example.org', language: 'fr', timezone: 'America/Montreal' });
        put('articles/2026-01-05-long.md', { title: LONG.slice(0, 200), author: ['aiguillonnement-desinstitutionnalise', 'Une invitée dont le nom est vraiment très très long et n’en finit pas'],
            with: 'Quelqu’un d’autre', editor: 'Une réviseure', tags: ['déconstitutionnalisation', 'interdisciplinarité', 'a', 'orientation professionnelle et vocationnelle'] }, BODY);
        put('articles/2026-01-04-hostile.md', { title: '<script>alert(1)</script> & "guillemets" \'apostrophes\' {{ page.title }}', description: '<img src=x onerror=alert(1)>', author: '<b>Quelqu’un</b>' }, '<script>alert(1)</script>\n\n{{ site.title }}');
        put('articles/2026-01-03-vide.md', { title: 'V' }, '');
        put('members/aiguillonnement-desinstitutionnalise.md', { name: 'Marie-Désinstitutionnalisation Aiguillonnement-Vanderschelden de la Rochefoucauld-Montmorency',
            designations: ['AAAA', 'BBBB', 'CCCC', 'DDDD', 'EEEE', 'FFFF', 'GGGG', 'HHHH'], roles: [{ title: 'Vice-présidente aux communications et aux relations intergouvernementales', team: 'Conseil d’administration' }],
            location: 'Saint-Louis-du-Ha! Ha!, Bas-Saint-Laurent, QC', languages: ['fr', 'en', 'une langue qui n’a pas de code'], services: ['Accompagnement à l’intrapreneuriat', 'Désinstitutionnalisation'],
            links: [{ label: 'https://exemple.org/une/adresse/longue/qui/sert/de/nom/et/ne/se/coupe/pas', url: 'https://exemple.org/' }] }, BODY);
        const codes = ['AAAA', 'BBBB', 'CCCC', 'DDDD', 'EEEE', 'FFFF', 'GGGG', 'HHHH'];
        mkdirSync(join(folder, 'content'), { recursive: true });
        writeFileSync(join(folder, 'content/designations.yml'), codes.map((code) => `- {code: ${code}, name: "Conseiller certifié ${code} en intercompréhension organisationnelle"}\n`).join(''));
        let before;
        for (let i = 0; i < 8; i++) {
            put(`comments/long/c${i}.md`, { author: i % 2 ? 'Une personne' : 'aiguillonnement-desinstitutionnalise', date: `2026-01-0${i + 1}`, ...(before ? { reply_to: before } : {}) }, i === 3 ? BODY : TEXT);
            before = `c${i}`;
        }
        put('events/passe.md', { title: LONG.slice(0, 160), start: '2025-05-01 18:00', location: 'Saint-Louis-du-Ha! Ha!' }, BODY);
        put('pages/a-propos.md', { title: 'À propos', menu: true }, BODY);
    },
    crowd() {
        put('site.yml', { title: 'A Crowd', url: 'https://example.org', description: 'A thousand members.', timezone: 'America/Halifax', colours: { main: '#1d4ed8', accent: '#be123c' } });
        const first = ['Ada', 'Bo', 'Chidi', 'Dagny', 'Eun-ji', 'Farah', 'Guðrún', 'Hông', 'Ísak', 'Jo'];
        const last = ['Abara', 'Bergström', 'Chen', 'Duarte', 'Eriksson', 'Fontaine', 'Grimm', 'Hassan', 'Ivanova', 'Jóhannsdóttir', 'Kaplan', 'Le Goff', 'Müller', 'Nowak', 'Ó Briain', 'Pham', 'Quinn', 'Rossi', 'Singh', 'Tremblay'];
        mkdirSync(join(folder, 'content'), { recursive: true });
        writeFileSync(join(folder, 'content/designations.yml'), '- {code: MCRS, name: Master Certified Résumé Strategist}\n- {code: CIS, name: Certified Interview Specialist}\n');
        for (let i = 0; i < 1000; i++)
            put(`members/m${i}.md`, { name: `${first[i % 10]} ${last[(i * 7) % 20]} ${i}`, designations: i % 3 ? ['MCRS'] : ['CIS', 'MCRS'], location: ['Halifax, NS', 'Truro, NS', 'Whitehorse, YT'][i % 3], languages: ['en', 'fr', 'de'].slice(0, 1 + i % 3), joined: `20${10 + i % 16}-01-01` }, 'A bio.');
        for (let i = 0; i < 300; i++)
            put(`articles/a${i}.md`, { title: `Article number ${i}`, date: `20${20 + i % 6}-0${1 + i % 9}-1${i % 9}`, author: `m${i}`, tags: [`topic ${i % 40}`] }, TEXT);
        for (let i = 1; i < 31; i++)
            for (let j = 0; j < 3; j++)
                put(`events/e${i}-${j}.md`, { title: `Meeting ${i}.${j} with a title of some length`, start: `2026-11-${String(i).padStart(2, '0')} 1${j}:00`, location: 'Halifax' }, 'Come.');
        put('events/daily.md', { title: 'Daily', start: '2026-11-23 08:00', end: '2026-11-23 08:15', repeat: 'FREQ=DAILY;COUNT=40' }, 'Every day.');
    },
    arabic() {
        put('site.yml', { title: 'رابطة المستشارين المهنيين', url: 'https://example.org', description: 'نساعد الناس على إيجاد عملهم.', language: 'ar', timezone: 'Asia/Amman' });
        put('i18n/ar.yml', { dir: 'rtl', skip: 'إلى المحتوى', search: 'بحث', title_articles: 'مقالات', title_events: 'فعاليات', title_members: 'الأعضاء', title_archive: 'مقالات', newsfeed: 'الأحدث', next_events: 'الفعاليات القادمة', all_articles: 'كل المقالات', all_events: 'كل الفعاليات' });
        for (let i = 0; i < 4; i++)
            put(`articles/a${i}.md`, { title: `كيف تكتب سيرتك الذاتية في ساعة واحدة ${i}`, date: `2026-0${i + 1}-02`, author: 'noor', tags: ['سيرة'] },
                'يساعدك المستشار المهني في كتابة السيرة الذاتية. '.repeat(12) + '\n\n> اقتباس قصير يستحق مكانه.\n\n## عنوان\n\n- بند\n- بند آخر\n\n| أ | ب |\n| --- | --- |\n| 1 | 2 |');
        put('members/noor.md', { name: 'نور حداد', location: 'عمّان' }, 'نور مستشارة مهنية.');
        put('events/lecture.md', { title: 'محاضرة عن المقابلات', start: '2026-12-01 18:00', end: '2026-12-01 20:00', location: 'عمّان' }, 'أهلا بكم.');
    },
};
sites[name]();
