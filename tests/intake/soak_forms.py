#!/usr/bin/env python3
"""Opens the example's forms in LibreOffice, fills them in with python-docx, and takes them in: as they were filled in, and as
LibreOffice saves them. Run by `tests/soak forms`.

Arguments: the program, and a folder to work in.
"""

import pathlib
import shutil
import subprocess
import sys

import docx
from docx.oxml.ns import qn

ANNAL, FOLDER = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve()
ROOT = pathlib.Path(__file__).parent.parent.parent
OUTCOMES = ["Delivered", "In progress", "Not started", "Dropped"]


def annal(site, *arguments):
    return subprocess.run([ANNAL, "--root", site, *arguments], capture_output=True, text=True)


def convert(kind, files, to):
    """Opens documents in LibreOffice and saves them as another kind."""
    command = ["soffice", "--headless", "--convert-to", kind, "--outdir", to, *files]
    done = subprocess.run(command, capture_output=True, text=True)
    missing = [file.name for file in files if not (to / file.name).with_suffix(f".{kind}").exists()]
    assert done.returncode == 0 and not missing, f"{kind}: {missing} {done.stderr}"


def fill_in(form, to):
    document = docx.Document(form)
    for at, control in enumerate(document.element.body.iter(qn("w:sdt"))):
        for mark in list(control.iter(qn("w:showingPlcHdr"))):
            mark.getparent().remove(mark)
        next(control.iter(qn("w:t"))).text = OUTCOMES[at % 4]
    frames = [table for table in document.tables if len(table.rows) == len(table.columns) == 1]
    for table in (table for table in document.tables if len(table.columns) == 3):
        for at, row in enumerate(table.rows[1:]):
            row.cells[2].text = f"Note {at} – with *stars* and 5 < 6"
    for table, texts in ((frames[0], ["Trained 40 people", "Wrote a guide"]), (frames[-1], ["Publish the guide.", "Meet schools."])):
        cell = table.rows[0].cells[0]
        cell.paragraphs[0].text = texts[0]
        cell.add_paragraph(texts[1], style="List Bullet")
    document.save(to)


def main():
    shutil.rmtree(FOLDER, ignore_errors=True)
    shutil.copytree(ROOT / "content", FOLDER / "site/content")
    for arguments in (["year", "2020-21"], ["board", "--all", "--word"], ["agency", "--all", "--word"]):
        done = annal(FOLDER / "site", "new", *arguments)
        assert done.returncode == 0, done.stderr
    forms = sorted((FOLDER / "site/forms/2020-21").glob("*.docx"))
    kinds = {"filled": "docx", "saved": "docx", "open": "odt"}
    for name in kinds:
        (FOLDER / name).mkdir()
    convert("pdf", forms, FOLDER)
    filled = []
    for form in forms:
        filled.append(FOLDER / "filled" / form.name)
        fill_in(form, filled[-1])
    convert("docx", filled, FOLDER / "saved")
    convert("odt", filled, FOLDER / "open")
    taken = {}
    for name in kinds:
        site = FOLDER / f"site-{name}"
        shutil.copytree(FOLDER / "site", site)
        result = annal(site, "intake", FOLDER / name, "--format", "json")
        assert result.returncode < 2, result.stdout + result.stderr
        texts = sorted(site.glob("content/2020-21/*/*.md"))
        # Only a file that a program has saved says when it was changed.
        lines = lambda text: [line for line in text.read_text().splitlines() if not line.startswith("submitted:")]
        taken[name] = {text.relative_to(site): lines(text) for text in texts}
    assert len(taken["filled"]) == len(forms), sorted(taken["filled"])
    for name in kinds:
        differing = [str(path) for path, lines in taken["filled"].items() if taken[name].get(path) != lines]
        assert not differing, f"{name}: {differing}"
    answers = sum(line.startswith("    outcome:") for lines in taken["filled"].values() for line in lines)
    print(f"{len(forms)} forms with {answers} answers: opened, filled in, and the same from Word, LibreOffice and OpenDocument")


main()
