// Generates a site of three years with everything that a report can contain: tables longer than a page, long names, ids
// where people write ids, and commitments that nobody reports back on.
import { temporary } from './folder.mjs';

const YEARS = [2021, 2022, 2023];
const BOARDS = [
  ['adults', 'Northmere Safeguarding Adults Board', 'council'],
  ['children', 'Northmere Safeguarding Children Partnership', 'constabulary'],
  ['community', 'Community Safety Partnership', 'Director of Public Health'],
];
const AGENCIES = [
  ['council', 'Northmere Council, including public health'],
  ['constabulary', 'Northmere Constabulary'],
  ['hospitals-trust', 'Northmere Hospitals NHS Foundation Trust'],
  ['womens-refuge', 'Northmere Women’s Refuge and Advice Centre'],
];
// More lines than fit on a page.
const LONG = 70;
const PAID = [4000, 3500, 900, 100];

const list = (count, make) => Array.from({ length: count }, (_, at) => make(at));
const name = (year) => `${year}-${String((year + 1) % 100).padStart(2, '0')}`;

const report = (year) => `title: Safeguarding annual report ${name(year)}
period: {from: ${year}-04-01, to: ${year + 1}-03-31}
published: ${year + 1}-10-01
duties: [care-act-2014, working-together-2018, working-together-2023]
priorities:
  - {id: neglect, name: Neglect, summary: Children and adults whose needs are not met.}
  - {id: exploitation, name: Exploitation in all its forms}
boards:
${BOARDS.map(([id, title, sponsor]) => `  - {id: ${id}, name: ${title}, sponsor: ${sponsor}}`).join('\n')}
agencies:
${AGENCIES.map(([id, title]) => `  - {id: ${id}, name: "${title}"}`).join('\n')}
distribution:
  - {to: Chief executive of Northmere Council, on: ${year + 1}-10-02, for: Information and for the cabinet’s discussion in November}
  - {to: council}
waivers:
  - {code: total-mismatch, file: governance.yaml, text: Health and Wellbeing Board, reason: One seat was empty all year.}
  - {code: total-mismatch, file: governance.yaml, text: Overview Committee, reason: The committee has a seat for each ward.}
`;

const governance = `bodies:
  - {id: hwb, name: Health and Wellbeing Board, short: HWB, kind: committee, statute: Health and Social Care Act 2012, seats: 3, members: [council, Healthwatch]}
  - {id: overview, name: Overview Committee, kind: committee, seats: 9, members: [Ward councillors]}
  - {id: adults, name: Northmere Safeguarding Adults Board, reports_to: [hwb], chair: Independent chair, meetings_per_year: 4}
  - {id: children, name: Northmere Safeguarding Children Partnership, reports_to: [hwb, overview]}
reporting:
  - document: Annual report
    from: adults
    to:
      hwb: {action: receive, when: in November, note: With the plan for the year to come.}
      overview: {action: consult}
      children: {action: inform}
  - {document: Strategic plan, from: children, to: {hwb: {action: approve}}}
themes:
  - {name: Modern slavery, lead: adults, with: [children, community], work: One pathway for all ages.}
  - {name: Transition to adulthood, lead: HWB, with: [adults], work: A joint protocol., notes: To be reviewed.}
`;

const reviews = `reviews:
  - id: adult-a
    kind: SAR
    status: concluded
    findings:
      - {finding: Nobody saw the whole picture., action: A shared chronology is kept.}
      - {finding: Visits should be weekly., declined: Visits follow need.}
  - {id: adult-b, kind: SAR, status: ongoing}
learning: [Ask what daily life is like.]
`;

const PROMISES = ['Train everybody who answers the telephone.', 'Audit what was recorded.', 'Report to the board in the autumn.'];
const slug = (text) => text.toLowerCase().replace(/[^a-z0-9]+/g, '-').split('-').filter(Boolean).slice(0, 6).join('-');

// In the second year the first board and agency report back, in the third nobody does.
const answers = (year, id) => {
  if (year !== YEARS[1] || !['adults', 'council'].includes(id)) return '';
  const outcomes = ['delivered', 'in-progress', 'delivered'];
  return `follow_up:\n${PROMISES.map((text, at) => `  - {commitment: ${slug(text)}, outcome: ${outcomes[at]}}`).join('\n')}\n`;
};

const submission = (year, id) => `---
summary: What was done in the year.
priorities: [neglect]
submitted: ${year + 1}-06-01
${answers(year, id)}---
## What have we done?

${list(6, (at) => `- Held the ${['first', 'second', 'third', 'fourth', 'fifth', 'sixth'][at]} round of visits, and wrote down what people said, so that others could use it in their own work.`).join('\n')}

| what | share |
| --- | --- |
${list(20, (at) => `| A thing of the ${at + 1}th kind | ${30 + at} % |`).join('\n')}

## What will we do next?

${PROMISES.map((text) => `- ${text}`).join('\n')}
`;

const money = (text) => `"${text}"`;
const contributions = () =>
  [
    'agency,Children,Adults,note',
    ...AGENCIES.map(([id], at) => `${id},${PAID[at]},${PAID[at] / 2},${at ? '' : money('Paid in two parts, the second of them in the new year, when it was invoiced')}`),
    ...list(LONG, (at) => `Parish council of the ${at + 1}th ward,${at + 1},,`),
  ].join('\n');
const budget = (year) =>
  [
    'kind,line,amount,note',
    'income,Contributions,15235,From all agencies',
    ...list(LONG, (at) => `expenditure,Purpose of the ${at + 1}th kind,${100 + ((year + at) % 7)},${at % 5 ? '' : money('Spent on what was agreed in the spring, after two quotations')}`),
  ].join('\n');
const attendance = (year) =>
  [
    `member,organisation,${[6, 9, 12].map((month) => `${year}-${String(month).padStart(2, '0')}`).join(',')}`,
    ...AGENCIES.map(([id], at) => `Head of safeguarding ${at + 1},${id},y,${(year + at) % 2 ? 'y' : 'x'},d: Deputy head`),
  ].join('\n');

// Writes the site to a temporary folder. `ids` are those of its agencies.
export function synthetic() {
  const site = temporary();
  const write = (path, text) => site.write(`content/${path}`, text);
  write('site.yaml', 'title: Northmere Safeguarding Partnership\nbase_url: https://northmere.example\ncontacts:\n  - {name: Northmere helpline, phone: 0300 123 4567}\n');
  write('glossary.yaml', 'MARAC: Multi-agency risk assessment conference\n');
  write('pages/about.md', '---\ntitle: About us\n---\nWe work together, with the MARAC among others.\n');
  for (const year of YEARS) {
    const below = (path, text) => write(`${name(year)}/${path}`, text);
    below('report.yaml', report(year));
    below('governance.yaml', governance);
    below('reviews.yaml', reviews);
    below('pages/foreword.md', '---\ntitle: Foreword\nsummary: A year of work.\nsigned_by: {name: A. Chair, role: Independent chair}\n---\nA year of work lies behind us.\n');
    for (const [id] of BOARDS) below(`boards/${id}.md`, submission(year, id));
    for (const [id] of AGENCIES) below(`agencies/${id}.md`, submission(year, id));
    below('data/contributions.csv', contributions());
    below('data/budget.csv', budget(year));
    below('data/attendance.csv', attendance(year));
  }
  return { ...site, ids: AGENCIES.map(([id]) => id) };
}
