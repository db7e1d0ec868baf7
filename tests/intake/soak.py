#!/usr/bin/env python3
"""Takes in Word files that nobody here made, and compares what comes of them with what python-docx reads.

usage: soak.py ANNAL FOLDER: every run of visible text must be in the written file or in a note, and nothing may fail that
python-docx can open.
"""

import json
import pathlib
import subprocess
import sys
import tempfile
import zipfile

import docx
from docx.oxml.ns import qn

SITE = "title: A partnership\nbase_url: https://westshire.example\n"
REPORT = ("title: A\nperiod: {from: 2019-04-01, to: 2020-03-31}\nboards: []\nagencies:\n  - {id: police, name: Zzyzx Constabulary}\n")
SKIPPED = {qn("w:del"), qn("w:moveFrom"), "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback", qn("w:object")}


def letters(text):
    return "".join(c for c in text.lower() if c.isalnum())


def visible(element):
    """The texts of runs that are neither deleted nor hidden, in order, and the paragraphs that they make."""
    if element.tag in SKIPPED:
        return
    if element.tag == qn("w:r"):
        properties = element.find(qn("w:rPr"))
        if properties is not None and properties.find(qn("w:vanish")) is not None:
            return
    if element.tag == qn("w:t"):
        yield element.text or ""
        return
    for child in element:
        yield from visible(child)


def check(annal, path):
    """What is lost of a document: pieces of text; `None` if it cannot be opened by anybody."""
    try:
        runs = list(visible(docx.Document(path).element.body))
    except Exception:
        runs = None
    with tempfile.TemporaryDirectory() as site:
        year = pathlib.Path(site, "content/2019-20")
        year.mkdir(parents=True)
        pathlib.Path(site, "content/site.yaml").write_text(SITE)
        (year / "report.yaml").write_text(REPORT)
        command = [annal, "--root", site, "intake", str(path), "--as", "police", "--format", "json"]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
        if done.returncode not in (0, 1, 2) or "panicked" in done.stderr:
            return [f"exit status {done.returncode}: {done.stderr[-300:]}"]
        result = json.loads(done.stdout)
        written = year / "agencies/police.md"
        text = written.read_text(encoding="utf-8") if written.exists() else ""
    if runs is None:
        return None
    if not text and letters("".join(runs)):
        return [f"refused: {result['refused']}"]
    everything = letters(text + " ".join(entry["text"] or "" for entry in result["left_out"]))
    return [run for run in runs if letters(run) not in everything]


def main():
    annal, folder = sys.argv[1:]
    files = sorted(path for path in pathlib.Path(folder).rglob("*.docx") if zipfile.is_zipfile(path))
    lost = {}
    unread = 0
    for path in files:
        missing = check(annal, path)
        unread += missing is None
        if missing:
            lost[path] = missing
    for path, missing in lost.items():
        print(f"{path}: {missing[:5]}")
    print(f"{len(files)} documents, {unread} that python-docx cannot open, {len(lost)} with text in neither file nor note")
    sys.exit(1 if lost or not files else 0)


if __name__ == "__main__":
    main()
