"""Tries every value of every suppressed count of built sites, knowing nothing of annal: `outsider.py FOLDER`.

FOLDER has a built site in each of its folders. A third opinion beside `annal disclosure`: it reads the same files, but tries out
numbers one by one, so it can only attack counts that few others depend on. It prints what it could work out and ends with 1
if that was anything.
"""

import csv
import json
import sys
from collections import defaultdict
from fractions import Fraction
from pathlib import Path

# A count without a total is tried up to here, and no more than so many combinations are.
LARGEST = 60
MOST = 200_000


def main(folder):
    suppressed = attacked = leaks = 0
    for site in sorted(path for path in Path(folder).iterdir() if path.is_dir()):
        figures, hidden, rules = read(site)
        suppressed += len(hidden)
        for cells, about in components(hidden, rules):
            found = possible(cells, about, figures)
            if found is None:
                continue
            attacked += len(cells)
            for cell, values in zip(cells, zip(*found)):
                values = sorted(set(values))
                is_small = values and all(1 <= value <= 4 for value in values)
                if len(values) == 1 or (is_small and len(values) < 4):
                    leaks += 1
                    print(f"{site.name}: {cell} is {values}")
    print(f"{suppressed} suppressed counts, {attacked} attacked by trying, {leaks} worked out")
    return 1 if leaks else 0


def read(site):
    """The figures that are shown, those that are suppressed, and rules: the figures that each is about, and its test."""
    figures, hidden, rules = {}, set(), []
    for table in sorted(site.glob("*/data/indicators.csv")):
        report = json.loads((table.parent / "report.json").read_text())
        facts = {indicator["id"]: indicator for indicator in report.get("indicators") or []}
        groups, shares = defaultdict(list), []
        for row in csv.DictReader(table.open(newline="")):
            cell = (row["indicator"], row["period"], row["breakdown"])
            formula = (facts.get(cell[0]) or {}).get("formula")
            if row["value"] == "c":
                if not formula:
                    hidden.add(cell)
            elif row["value"]:
                figures[cell] = Fraction(row["value"])
                if formula:
                    shares.append((cell, formula, facts[cell[0]]["unit"]))
            if row["breakdown"] and not formula:
                groups[cell[:2] + (row["breakdown"].split(":")[0],)].append(cell)
        for (indicator, period, _), parts in groups.items():
            whole = (indicator, period, "")
            if facts[indicator]["overlapping"]:
                rules += [([whole, part], lambda w, p: p <= w) for part in parts]
            else:
                rules.append(([whole, *parts], lambda w, *parts: sum(parts) == w))
        for cell, formula, unit in shares:
            names = sorted({word for word in formula.replace("(", " ").replace(")", " ").split() if word[0].isalpha()})
            scale = {"percent": 100, "per 10,000": 10_000}.get(unit, 1)
            rules.append(([(name, *cell[1:]) for name in names], share(names, formula, scale, figures[cell])))
    return figures, hidden - set(figures), rules


def share(names, formula, scale, shown):
    """Whether a formula gives the number that is shown, to one decimal, halves up."""

    def holds(*values):
        try:
            exact = eval(formula, {}, dict(zip(names, map(Fraction, values)))) * scale  # a formula of our own tests
        except ZeroDivisionError:
            return False
        return Fraction((exact * 10 + Fraction(1, 2)).__floor__(), 10) == shown

    return holds


def components(hidden, rules):
    """The suppressed figures that depend on each other, with the rules about them."""
    left = set(hidden)
    while left:
        cells, about = {left.pop()}, []
        grows = True
        while grows:
            grows = False
            for rule in rules:
                if rule not in about and cells & set(rule[0]):
                    about.append(rule)
                    cells |= set(rule[0]) & hidden
                    grows = True
        left -= cells
        yield sorted(cells), about


def possible(cells, about, figures):
    """All combinations of values with which the rules hold; None if there are too many to try."""
    usable = [rule for rule in about if all(cell in figures or cell in cells for cell in rule[0])]
    tops = [figures.get((indicator, period, ""), LARGEST) for indicator, period, _ in cells]
    ranges = [range(int(top) + 1) for top in tops]
    # Rules are tried as soon as all their figures have a value.
    order = sorted(range(len(cells)), key=lambda place: len(ranges[place]))
    found, tried = [], 0
    values = {}

    def ready(place):
        known = {cells[other] for other in order[: place + 1]}
        newest = cells[order[place]]
        return [rule for rule in usable if newest in rule[0] and all(cell in figures or cell in known for cell in rule[0])]

    due = [ready(place) for place in range(len(order))]

    def attempt(place):
        nonlocal tried
        if place == len(order):
            found.append([values[cell] for cell in cells])
            return
        for value in ranges[order[place]]:
            tried += 1
            if tried > MOST:
                raise OverflowError
            values[cells[order[place]]] = value
            if all(rule[1](*(values.get(cell, figures.get(cell)) for cell in rule[0])) for rule in due[place]):
                attempt(place + 1)

    try:
        attempt(0)
    except OverflowError:
        return None
    small = [combination for combination in found if any(1 <= value <= 4 for value in combination)]
    # A value at the end of what was tried may be larger still.
    if any(LARGEST in combination for combination in found):
        return None
    return small or found


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
