#!/usr/bin/env python3
"""Write sites of any size to measure annal with, and the same texts as sites for Hugo and Zola.

    benches/corpus.py --years 1 --submissions 17 --to DIR           DIR/annal, DIR/hugo and DIR/zola
    benches/corpus.py --years 1000 --submissions 100 --to DIR --systems annal

A report is a year, the newest 2024-25, with boards and agencies, attendance, contributions, a budget and indicators, some of
which count so few people that annal suppresses them. The same numbers always give the same texts, and `annal check` finds no error in them. Hugo and Zola get one page a submission, a list page a
report and a front page, with the heading, navigation and footer that such pages have; they get no checks, charts, search or
print edition. Python 3.9 or newer, standard library only.
"""

import argparse
import random
import shutil
from pathlib import Path

NEWEST = 2024
SYSTEMS = ("annal", "hugo", "zola")
PRIORITIES = ["Domestic abuse", "Neglect", "Online safety", "Modern slavery", "Self-neglect", "Mental health"]
WHO = ["school nurses", "housing officers", "custody staff", "duty practitioners", "care home managers", "youth workers"]
WHAT = ["trauma-informed practice", "the voice of the child", "professional curiosity", "mental capacity",
        "contextual safeguarding", "making safeguarding personal", "escalation between agencies"]
WHERE = ["the daily triage", "the quality sub-group", "the family courts", "supported housing", "the custody suite"]
DONE = [
    "We trained {n} {who} in {what}, and {p}% told us that **their confidence** in making a referral had improved.",
    "Referrals to {where} rose by {p}% over the year, and we answered by adding a coordinator to {where}.",
    "We tested our arrangements for {what} through a peer review, which asked us to do more for {who}.",
    "We read {n} case files together with {who}. The audit found good practice in {what} and delay in {where}.",
    "We published a short briefing on {what} for {who}, with examples from the most recent learning of {where}.",
    "We attended every meeting about {where} and presented {n} cases, most of which concerned {what}.",
]
NEXT = [
    "We will train a further {n} {who} in {what} in the first half of the year, and measure what changes in {where}.",
    "We will strengthen the pathway between {where} and {who}, so that nobody waits longer than {p} working days.",
    "We will extend the pilot in {where} to the whole area, if the evaluation shows that {what} has improved.",
    "We will embed {what} in supervision for all {who}, and ask our partners to help us to check that it makes a difference.",
    "We will review how {who} record {what}, with a particular focus on {where}. See the [guidance]({link}).",
]
MARKS = "✓✓✓✓✓dax"
MEETINGS = ("04", "06", "09", "11", "01", "03")


def put(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def sentences(rng, templates, count):
    """Different sentences, each as an item of a list."""
    def filled(template):
        return template.format(n=rng.randint(20, 600), p=rng.randint(5, 40), who=rng.choice(WHO), what=rng.choice(WHAT),
                               where=rng.choice(WHERE), link="https://www.example.org/guidance/" + str(rng.randint(1, 99)))
    chosen = [templates[at % len(templates)] for at in rng.sample(range(3 * len(templates)), count)]
    return "\n".join(f"- {filled(template)}" for template in chosen)


class Submission:
    def __init__(self, rng, kind, number):
        self.kind, self.id = kind, f"{kind[:-1] if kind == 'boards' else 'agency'}-{number:03}"
        self.name = f"Northshire {'Board' if kind == 'boards' else 'Agency'} {number:03}"
        done = sentences(rng, DONE, 8)
        after = sentences(rng, NEXT, 7)
        self.body = (f"## What have we done?\n\n{rng.choice(DONE[1:3]).format(n=9, p=7, who=WHO[0], what=WHAT[0], where=WHERE[0])}"
                     f"\n\n{done}\n\n## What will we do next?\n\n{after}\n")


class Report:
    def __init__(self, year, count):
        self.year, self.name = year, f"{year:04}-{(year + 1) % 100:02}"
        rng = random.Random(f"{year}:{count}")
        boards = max(1, count * 7 // 17)
        kinds = ["boards"] * boards + ["agencies"] * (count - boards)
        self.submissions = [Submission(rng, kind, number) for number, kind in enumerate(kinds, 1)]
        self.rng = rng

    def of(self, kind):
        return [one for one in self.submissions if one.kind == kind]


INDICATORS = """\
- {id: concerns, name: Safeguarding concerns received, unit: concerns, group: Adults, people: true}
- {id: enquiries, name: Enquiries begun, unit: enquiries, group: Adults, people: true}
- {id: conversion, name: Concerns that became enquiries, unit: percent, group: Adults, better: up,
   formula: enquiries / concerns, target: {value: 40, tolerance: 5}}
- {id: trust, name: People in positions of trust referred, unit: people, group: Adults, people: true}
- {id: waiting, name: Days until the first visit, unit: days, group: Adults, better: down, target: {value: 5}}
- {id: trained, name: Staff trained in the last three years, unit: percent, group: Training, better: up}
"""
BREAKDOWNS = {"age": ["18 to 64", "65 to 84", "85 and over"], "kind": ["Neglect", "Financial", "Physical", "Modern slavery"]}


def split(rng, whole, groups):
    """A whole as groups, of which the later ones are small."""
    sizes = [rng.randint(0, min(whole // 4, 60 // (at * at + 1))) for at in range(1, groups)]
    return [whole - sum(sizes), *sizes]


def indicators(report):
    """The values of a year. It has numbers of its own, so that the other texts do not depend on them."""
    rng = random.Random(f"indicators:{report.year}")
    rows = []
    for indicator, whole in (("concerns", rng.randint(900, 2_400)), ("trust", rng.randint(6, 40))):
        rows.append((indicator, "", whole))
        for name, groups in BREAKDOWNS.items():
            rows += [(indicator, f"{name}: {group}", size) for group, size in zip(groups, split(rng, whole, len(groups)))]
    begun = [(group, size * rng.randint(30, 60) // 100) for _, group, size in rows[1:4]]
    rows += [("enquiries", "", sum(size for _, size in begun)), *(("enquiries", group, size) for group, size in begun)]
    rows += [("waiting", "", rng.randint(20, 90) / 10), ("trained", "", rng.randint(60, 99))]
    lines = [f"{indicator},{report.name},{breakdown},{value}," for indicator, breakdown, value in rows]
    return "indicator,period,breakdown,value,note\n" + "\n".join(lines) + "\n"


def write_annal(root, reports):
    content = root / "content"
    put(content / "indicators.yaml", INDICATORS)
    put(content / "site.yaml", "title: Safeguarding annual report\nbase_url: https://report.example.org\n"
                               "diagnostics: {unanswered-commitment: off, small-count: off}\n")
    for report in reports:
        folder, rng, year = content / report.name, report.rng, report.year
        months = [f"{year + (month < '04')}-{month}" for month in MEETINGS]
        lines = [f"title: Safeguarding annual report {report.name}",
                 f"period: {{from: {year:04}-04-01, to: {year + 1:04}-03-31}}", "priorities:"]
        lines += [f"  - {{id: priority-{at}, name: {name}}}" for at, name in enumerate(PRIORITIES)]
        for kind in ("boards", "agencies"):
            lines.append(f"{kind}:" if report.of(kind) else f"{kind}: []")
            lines += [f"  - {{id: {one.id}, name: {one.name}}}" for one in report.of(kind)]
        lines += ["meetings:"] + [f"  - {{date: {month}}}" for month in months]
        put(folder / "report.yaml", "\n".join(lines) + "\n")
        for one in report.submissions:
            front = f"---\nstatus: signed-off\npriorities: [priority-{rng.randrange(len(PRIORITIES))}]\n---\n\n"
            put(folder / one.kind / f"{one.id}.md", front + one.body)
        rows, paid, total = ["member,organisation," + ",".join(months)], ["agency,children,adults,total"], [0, 0]
        for one in report.of("agencies"):
            rows.append(f"Director,{one.id}," + ",".join(rng.choice(MARKS) for _ in months))
            children, adults = rng.randint(1_000, 90_000), rng.randint(1_000, 40_000)
            total = [total[0] + children, total[1] + adults]
            paid.append(f"{one.id},{children},{adults},{children + adults}")
        paid.append(f"total,{total[0]},{total[1]},{sum(total)}")
        put(folder / "data" / "indicators.csv", indicators(report))
        put(folder / "data" / "attendance.csv", "\n".join(rows) + "\n")
        put(folder / "data" / "contributions.csv", "\n".join(paid) + "\n")
        put(folder / "data" / "budget.csv", "kind,line,amount\n"
            f"income,Contributions,{sum(total)}\nexpenditure,Staff,{sum(total) - 1_000}\nbalance,Carried forward,1000\n")


BASE = """<!DOCTYPE html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>TITLE</title>
<link rel="stylesheet" href="/style.css">
</head>
<body>
<a class="skip" href="#main">Skip to the text</a>
<header><p><a href="/">Safeguarding annual report</a></p></header>
<nav aria-label="Submissions"><ul>NAV</ul></nav>
<main id="main"><h1>TITLE</h1>
BODY
</main>
<footer><p>Published by the partnership.</p></footer>
</body>
</html>
"""


def write_hugo(root, reports):
    put(root / "hugo.toml", 'baseURL = "https://report.example.org/"\ntitle = "Safeguarding annual report"\n'
                            'disableKinds = ["rss", "taxonomy", "term"]\n')
    item = '<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>'
    base = BASE.replace("TITLE", "{{ .Title }}")
    page = base.replace("NAV", "{{ range .CurrentSection.Pages }}" + item + "{{ end }}").replace("BODY", "{{ .Content }}")
    lists = base.replace("NAV", "{{ range .Pages }}" + item + "{{ end }}")
    put(root / "layouts" / "_default" / "single.html", page)
    put(root / "layouts" / "_default" / "list.html",
        lists.replace("BODY", "<ul>{{ range .Pages }}" + item + "{{ end }}</ul>"))
    put(root / "static" / "style.css", "body { max-width: 70ch }\n")
    put(root / "content" / "_index.md", "---\ntitle: Safeguarding annual report\n---\n")
    for report in reports:
        folder = root / "content" / report.name
        put(folder / "_index.md", f"---\ntitle: Safeguarding annual report {report.name}\n---\n")
        for one in report.submissions:
            put(folder / f"{one.id}.md", f"---\ntitle: {one.name}\n---\n\n{one.body}")


def write_zola(root, reports):
    put(root / "config.toml", 'base_url = "https://report.example.org"\ntitle = "Safeguarding annual report"\n'
                              "compile_sass = false\nbuild_search_index = false\n")
    item = '<li><a href="{{ page.path }}">{{ page.title }}</a></li>'
    nav = ('{% set section = get_section(path=page.ancestors | last) %}'
           "{% for page in section.pages %}" + item + "{% endfor %}")
    put(root / "templates" / "page.html",
        BASE.replace("TITLE", "{{ page.title }}").replace("NAV", nav).replace("BODY", "{{ page.content | safe }}"))
    lists = BASE.replace("TITLE", "{{ section.title }}")
    lists = lists.replace("NAV", "{% for page in section.pages %}" + item + "{% endfor %}").replace("BODY", "")
    put(root / "templates" / "section.html", lists)
    years = ('<ul>{% for path in section.subsections %}{% set year = get_section(path=path) %}'
             '<li><a href="{{ year.path }}">{{ year.title }}</a></li>{% endfor %}</ul>')
    put(root / "templates" / "index.html",
        BASE.replace("TITLE", "{{ section.title }}").replace("NAV", "").replace("BODY", years))
    put(root / "static" / "style.css", "body { max-width: 70ch }\n")
    put(root / "content" / "_index.md", '+++\ntitle = "Safeguarding annual report"\n+++\n')
    for report in reports:
        folder = root / "content" / report.name
        put(folder / "_index.md", f'+++\ntitle = "Safeguarding annual report {report.name}"\nsort_by = "title"\n+++\n')
        for one in report.submissions:
            put(folder / f"{one.id}.md", f'+++\ntitle = "{one.name}"\n+++\n\n{one.body}')


def main():
    ask = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    ask.add_argument("--years", type=int, required=True, help="number of reports")
    ask.add_argument("--submissions", type=int, default=17, help="number of submissions in each")
    ask.add_argument("--to", type=Path, required=True, help="folder to write; the systems' folders in it are replaced")
    ask.add_argument("--systems", default=",".join(SYSTEMS), help="comma-separated, of " + ",".join(SYSTEMS))
    given = ask.parse_args()
    for system in given.systems.split(","):
        root = given.to / system
        shutil.rmtree(root, ignore_errors=True)
        # One report at a time is in memory only if this is read lazily, which a site of 100,000 needs.
        reports = (Report(NEWEST - at, given.submissions) for at in range(given.years))
        {"annal": write_annal, "hugo": write_hugo, "zola": write_zola}[system](root, reports)


if __name__ == "__main__":
    main()
