#!/usr/bin/env python3
"""Makes the documents that tests/intake.rs takes in, from the text below and from the worked example.

Run it without arguments after changing it, or after changing the example's submissions. The standard library is enough,
and the same text always gives the same bytes.
"""

import base64
import pathlib
import re
import zipfile
from xml.sax.saxutils import escape

HERE = pathlib.Path(__file__).parent
ROOT = HERE.parent.parent
W = ('xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
     'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
     'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
     'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
     'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
     'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
     'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
     'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
     'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"')
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
HEADER = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

# --- Word ---------------------------------------------------------------------------------------------------------


def archive(path, parts):
    """Writes a ZIP archive whose bytes depend on nothing but its parts."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, (2025, 6, 12, 9, 30, 0))
            entry.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            out.writestr(entry, content)


def run(text, marks=""):
    """A run of text: `b` bold, `i` italic, `u` underlined, `h` hidden."""
    tags = {"b": "<w:b/>", "i": "<w:i/>", "u": '<w:u w:val="single"/>', "h": "<w:vanish/>"}
    look = "".join(tags[mark] for mark in marks)
    look = f"<w:rPr>{look}</w:rPr>" if look else ""
    pieces = []
    for part in re.split(r"(\t|\n)", text):
        if part == "\t":
            pieces.append("<w:tab/>")
        elif part == "\n":
            pieces.append("<w:br/>")
        elif part:
            pieces.append(f'<w:t xml:space="preserve">{escape(part)}</w:t>')
    return f"<w:r>{look}{''.join(pieces)}</w:r>"


def para(content="", style=None, level=None, num=None):
    """A paragraph of plain text, or of runs that are made already."""
    if not content.startswith("<"):
        content = run(content) if content else ""
    properties = f'<w:pStyle w:val="{style}"/>' if style else ""
    if num is not None:
        properties += f'<w:numPr><w:ilvl w:val="{level or 0}"/><w:numId w:val="{num}"/></w:numPr>'
    properties = f"<w:pPr>{properties}</w:pPr>" if properties else ""
    return f"<w:p>{properties}{content}</w:p>"


def heading(text, level=1):
    return para(text, "Title" if level == 0 else f"Heading{level}")


def bullet(content, level=0):
    return para(content, "ListParagraph", level, 1)


def number(content, level=0, num=2):
    return para(content, "ListParagraph", level, num)


def table(rows):
    """A table of texts, or of cells that are made already."""
    def cell(content):
        if content.startswith("<w:tc>"):
            return content
        inner = content if content.startswith("<w:p>") else "".join(para(line) for line in content.split("\n"))
        return f"<w:tc>{inner}</w:tc>"
    rows = "".join(f"<w:tr>{''.join(cell(content) for content in row)}</w:tr>" for row in rows)
    return f"<w:tbl><w:tblPr/>{rows}</w:tbl>"


def styles():
    levels = "".join(
        f'<w:style w:type="paragraph" w:styleId="Heading{n}"><w:name w:val="heading {n}"/><w:pPr>'
        f'<w:outlineLvl w:val="{n - 1}"/></w:pPr><w:rPr><w:b/></w:rPr></w:style>' for n in range(1, 5))
    return (f'{HEADER}<w:styles {W}><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
            f'</w:style>{levels}<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/></w:style>'
            '<w:style w:type="paragraph" w:styleId="Quote"><w:name w:val="Quote"/></w:style>'
            '<w:style w:type="paragraph" w:styleId="ListParagraph"><w:name w:val="List Paragraph"/></w:style></w:styles>')


def numbering():
    def definition(number, form, text):
        levels = "".join(
            f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
            for n in range(9))
        return f'<w:abstractNum w:abstractNumId="{number}">{levels}</w:abstractNum>'
    restarted = '<w:num w:numId="3"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/>' \
                '</w:lvlOverride></w:num>'
    return (f'{HEADER}<w:numbering {W}>{definition(0, "bullet", "•")}{definition(1, "decimal", "%1.")}'
            '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
            f'<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>{restarted}</w:numbering>')


def word(body, more=None, relations=()):
    """The parts of a Word document."""
    known = [("rStyles", "styles", "styles.xml", ""), ("rNumbering", "numbering", "numbering.xml", ""), *relations]
    links = "".join(
        f'<Relationship Id="{key}" Type="{OFFICE}/{kind}" Target="{escape(target)}"{mode}/>' for key, kind, target, mode in known)
    rels = f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{links}</Relationships>'
    main = f'<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="word/document.xml"/>'
    return {
        "[Content_Types].xml": f'{HEADER}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType='
        '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
        "_rels/.rels": f'{HEADER}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
                       f'{main}</Relationships>',
        "word/_rels/document.xml.rels": HEADER + rels,
        "word/document.xml": f"{HEADER}<w:document {W}><w:body>{body}<w:sectPr/></w:body></w:document>",
        "word/styles.xml": styles(),
        "word/numbering.xml": numbering(),
        "docProps/core.xml": core("Jo Author"),
        **(more or {}),
    }


def core(author, title=""):
    return (f'{HEADER}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
            'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/">'
            f'<dc:title>{title}</dc:title><dc:creator>{author}</dc:creator>'
            '<dcterms:modified>2025-06-12T09:30:00Z</dcterms:modified></cp:coreProperties>')


# --- The worked example as Word documents -------------------------------------------------------------------------


def from_markdown(text):
    """The Markdown of the example's submissions as the body of a Word document, and its links."""
    text = re.sub(r"\A---\n.*?\n---\n", "", text, flags=re.S)
    body, links, item, rows, paragraph = [], [], None, [], []

    def runs(line):
        pieces = []
        for part in re.split(r"(\*\*.+?\*\*|\*.+?\*|\[[^\]]+\]\([^)]+\))", line):
            link = re.fullmatch(r"\[([^\]]+)\]\(([^)]+)\)", part)
            if link and link[2].startswith("http"):
                links.append((f"rLink{len(links)}", "hyperlink", link[2], ' TargetMode="External"'))
                pieces.append(f'<w:hyperlink r:id="{links[-1][0]}">{run(link[1])}</w:hyperlink>')
            elif link:
                pieces.append(run(link[1]))
            elif part.startswith("**"):
                pieces.append(run(part[2:-2], "b"))
            elif part.startswith("*"):
                pieces.append(run(part[1:-1], "i"))
            elif part:
                pieces.append(run(part))
        return "".join(pieces)

    def flush():
        nonlocal item, rows, paragraph
        if paragraph:
            words = runs(" ".join(paragraph))
            body.append(words_of(item, words))
        if rows:
            body.append(table([[para(runs(cell.strip())) for cell in row.strip("| ").split("|")] for row in rows if "---" not in row]))
        item, rows, paragraph = None, [], []

    def words_of(item, words):
        if item is None:
            return para(words)
        kind, level = item
        return bullet(words, level) if kind == "-" else para(words, "Quote") if kind == ">" else number(words, level)

    is_code = False
    for line in text.split("\n"):
        is_code ^= line.startswith("```")
        found = re.match(r"( *)(-|\d+\.) +(.*)", line)
        if is_code or line.startswith("```") or line.startswith("%%"):
            continue
        if not line.strip():
            flush()
        elif line.startswith("#"):
            flush()
            level = len(line) - len(line.lstrip("#"))
            body.append(heading(re.sub(r" *\{#.*\}$", "", line[level + 1:]), level - 1))
        elif line.startswith("|"):
            rows.append(line)
        elif line.startswith(">"):
            item = (">", 0)
            paragraph.append(line[1:].strip())
        elif found:
            flush()
            item = ("-" if found[2] == "-" else "1", len(found[1]) // 2)
            paragraph.append(found[3])
        else:
            paragraph.append(line.strip())
    flush()
    return "".join(body), links


def example():
    for path in sorted((ROOT / "content/2019-20").glob("*/*.md")):
        if path.parent.name in ("agencies", "boards"):
            body, links = from_markdown(path.read_text(encoding="utf-8"))
            archive(HERE / "example" / path.parent.name / f"{path.stem}.docx", word(body, relations=links))


# --- Documents as people make them --------------------------------------------------------------------------------

DONE, NEXT = "What have we done?", "What will we do next?"


def bold(text):
    return para(run(text, "b"))


def people():
    def save(name, body, **more):
        archive(HERE / "people" / f"{name}.docx", word(body, **more))

    save("headings", heading("Westshire Police", 0) + heading(DONE) + para("We trained all officers (5*5 [sic] & <b>more</b>).")
         + heading("Training", 2) + bullet("Courses") + bullet(run("Coercive control: ") + run("212 officers", "b"), 1)
         + bullet("Stalking", 1) + bullet("Visits") + heading(NEXT) + number("Train volunteers.") + number("Publish results."))
    save("bold-questions", para("Westshire Police submission 2019-20") + bold(DONE) + para("We met every month.")
         + bold("WHAT WILL WE DO NEXT") + bullet("Recruit ten special constables.") + bullet("Publish a guide."))
    save("typed-bullets", bold("1. " + DONE) + para("•\tReviewed every placement.") + para("•\tOpened a helpline.")
         + para("o\tIt takes calls at night.") + para("•\tMet schools.") + bold("2. " + NEXT)
         + para("– Recruit ten carers.") + para("– Publish a guide."))
    save("typed-numbers", bold(DONE) + para("We did this:\n1.1 Trained staff.\n1.2 Met schools.") + bold(NEXT)
         + para("a) Train nurses.") + para("b) Share records.") + para("c) Review pathways."))
    # Word and LibreOffice count in letters and in parts, which Markdown cannot.
    letters = numbering().replace("</w:numbering>", "").replace('<w:num w', '<w:abstractNum w:abstractNumId="4"><w:lvl w:ilvl="0"><w:numFmt '
        'w:val="lowerLetter"/><w:lvlText w:val="%1)"/></w:lvl></w:abstractNum><w:abstractNum w:abstractNumId="5"><w:lvl w:ilvl="0"><w:numFmt '
        'w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl><w:lvl w:ilvl="1"><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2"/></w:lvl>'
        '</w:abstractNum><w:num w', 1)
    letters += "".join(f'<w:num w:numId="{n}"><w:abstractNumId w:val="{n}"/></w:num>' for n in (4, 5)) + "</w:numbering>"
    save("word-letters", heading(DONE) + number("Trained staff.", num=4) + number("Met schools.", num=4) + heading(NEXT)
         + number("Train nurses.", num=5) + number("In wards.", 1, num=5) + number("At night.", 1, num=5) + number("Share records, see a).", num=5),
         more={"word/numbering.xml": letters})
    save("table-form", table([
        ["Name of agency", "Westshire Police"],
        [para(run(DONE, "b")) + para("Please give examples (300 words)."), "We trained all officers.\nWe opened a centre."],
        [para(run(NEXT, "b")), para("Publish results.") + para("Train volunteers.")]]))
    save("table-questions-side-by-side", table([
        [DONE, NEXT], ["•\tTrained officers.\n•\tMet schools.", "•\tPublish results.\n•\tTrain volunteers."]]))
    save("pasted-email", para("Dear Ann,") + para("Please find our submission below.") + bold(DONE)
         + para("We met every month.") + bold(NEXT) + para("•\tRecruit ten special constables.") + para("•\tPublish a guide.")
         + para("Kind regards,") + para("Jane Smith") + para("Detective Superintendent, Public Protection")
         + para("Tel: 01632 960123 | jane.smith@police.example")
         + para("This email and any attachments are intended only for the person it is addressed to."))
    save("signature-alone", heading(DONE) + para("We met every month.") + heading(NEXT) + para("Recruit ten special constables.")
         + para("Publish a guide.") + para("Sam Jones\nChief Inspector\nWestshire Police\nT: 01632 960555"))
    save("numbered-headings", number(DONE) + bullet("Trained officers.", 0) + number(NEXT) + bullet("Publish results.")
         + bullet("Train volunteers."))
    save("restarted-numbers", heading(DONE) + number("Trained officers.") + number("Met schools.") + para("And in the spring:")
         + number("Opened a centre.", num=3) + number("Hired staff.", num=3) + heading(NEXT) + number("Publish results."))
    save("run-in-headings", para(run("What have we done? ", "b") + run("We trained all officers.")) + para("We met schools.")
         + para(run("What will we do next?", "u")) + para("Publish results."))
    note = ('<w:r><w:footnoteReference w:id="2"/></w:r>')
    notes = f'{HEADER}<w:footnotes {W}><w:footnote w:type="separator" w:id="0">{para("")}</w:footnote>' \
            f'<w:footnote w:id="2">{para("Police records, 2019.")}</w:footnote></w:footnotes>'
    save("notes-links-tables", heading(DONE) + para(run("Calls fell") + note + run(" by 12%, see "))
         + para('<w:hyperlink r:id="rWeb">' + run("our plan") + "</w:hyperlink>" + run(" and ")
                + '<w:hyperlink r:id="rBad">' + run("this file") + "</w:hyperlink>")
         + table([["Year", "Calls"], ["2018-19", "120"], ["<w:tc><w:tcPr><w:gridSpan w:val=\"2\"/></w:tcPr>" + para("Fewer | in all") + "</w:tc>"]])
         + para("A line that begins with:\n- a dash\n# a hash\n> a sign") + heading(NEXT) + para("Publish results."),
         more={"word/footnotes.xml": notes},
         relations=[("rNotes", "footnotes", "footnotes.xml", ""),
                    ("rWeb", "hyperlink", "https://westshire.example/plan?a=1&b=2", ' TargetMode="External"'),
                    ("rBad", "hyperlink", "file:///C:/Users/jane/plan.docx", ' TargetMode="External"')])
    picture = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==")
    shown = ('<w:r><w:drawing><wp:inline><wp:docPr id="1" name="Picture 1" descr="The new centre"/><a:graphic><a:graphicData>'
             '<pic:pic><pic:blipFill><a:blip r:embed="rPicture"/></pic:blipFill></pic:pic></a:graphicData></a:graphic>'
             '</wp:inline></w:drawing></w:r>')
    box = ('<w:r><w:pict><v:shape><v:textbox><w:txbxContent>' + para("A box beside the text.")
           + '</w:txbxContent></v:textbox></v:shape></w:pict></w:r>')
    save("picture-and-text-box", heading(DONE) + para(run("The centre: ") + shown) + para(shown) + para(run("Before the box.") + box)
         + para("After the box.") + heading(NEXT) + para("Publish results."), more={"word/media/image1.png": picture},
         relations=[("rPicture", "image", "media/image1.png", "")])
    save("tracked-changes", heading(DONE) + para(run("We trained ") + '<w:ins w:author="X">' + run("all ") + "</w:ins>"
         + '<w:del w:author="X"><w:r><w:delText>SECRET some </w:delText></w:r></w:del>' + run("officers."))
         + '<w:p><w:pPr><w:rPr><w:del w:author="X"/></w:rPr></w:pPr>' + run("One sentence, ") + "</w:p>" + para("joined to another.")
         + heading(NEXT) + para("Publish results."))

    begun = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> PAGEREF x </w:instrText></w:r>'
    separated = '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    ended = begun + separated + run("4") + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    save("fields-without-end", heading(DONE) + para(run("We trained officers, see page ") + ended) + table([
        [para(begun + run("In a cell")), "Beside it"]]) + para(f'<w:fldSimple w:instr=" REF x ">{begun}{run("In a field")}</w:fldSimple>'
        + run(" and after it.")) + heading(NEXT) + bullet("Train volunteers.") + bullet(begun + run("See also:") + begun + separated + run("page 4"))
         + bullet("Publish a strategy."))
    drawing = "http://schemas.openxmlformats.org/drawingml/2006"

    def shown_part(inner):
        return para(f'<w:r><w:drawing><wp:inline><wp:docPr id="1" name="x"/><a:graphic><a:graphicData>{inner}</a:graphicData></a:graphic>'
                    '</wp:inline></w:drawing></w:r>')
    diagram = (f'{HEADER}<d:dataModel xmlns:d="{drawing}/diagram" xmlns:a="{drawing}/main"><d:pt><d:t><a:p><a:r><a:t>Identify &amp; refer'
               '</a:t></a:r></a:p></d:t></d:pt><d:pt><d:t><a:p><a:r><a:t>Support</a:t></a:r></a:p></d:t></d:pt></d:dataModel>')
    chart = (f'{HEADER}<c:chartSpace xmlns:c="{drawing}/chart" xmlns:a="{drawing}/main"><c:title><a:p><a:r><a:t>Referrals</a:t></a:r></a:p>'
             '</c:title><c:cat><c:strRef><c:strCache><c:pt><c:v>Spring</c:v></c:pt></c:strCache></c:strRef></c:cat><c:val><c:numCache>'
             '<c:pt><c:v>12</c:v></c:pt></c:numCache></c:val></c:chartSpace>')
    save("diagram-chart-and-page", heading(DONE) + para("We trained officers.")
         + shown_part(f'<d:relIds xmlns:d="{drawing}/diagram" r:dm="rDiagram"/>') + shown_part(f'<c:chart xmlns:c="{drawing}/chart" r:id="rChart"/>')
         + para("A page follows.") + '<w:altChunk r:id="rChunk"/>' + heading(NEXT) + para("Publish results."),
         more={"word/diagrams/data1.xml": diagram, "word/charts/chart1.xml": chart, "word/afchunk.htm": "<p>We opened a refuge.</p>"},
         relations=[("rDiagram", "diagramData", "diagrams/data1.xml", ""), ("rChart", "chart", "charts/chart1.xml", ""),
                    ("rChunk", "aFChunk", "afchunk.htm", "")])

    # As forces, trusts and charities wrote them: own headings, numbers and layouts.
    save("usual-headings", bold("WESTSHIRE POLICE – SAFEGUARDING ANNUAL REPORT") + bold("KEY ACHIEVEMENTS 2019-20")
         + para("We’ve trained “all” officers – 212 of them…") + bullet("Opened a drop-in centre")
         + bold("Plans for the coming year:") + bullet("Publish results") + bullet("Train volunteers"))
    save("numbered-by-hand", bold("1. Introduction") + para("We are the police.") + bold("2. What have we done?")
         + para("2.1 Trained officers.") + para("2.2 Met schools.") + bold("3. What will we do next?")
         + para("3.1 Publish results.") + para("3.2 Train volunteers.") + para("Regards") + para("Jo Marsh"))
    save("list-continued-after-a-paragraph", heading(DONE) + number("Trained officers.") + para("This took most of the year.")
         + number("Met schools.") + number("Opened a centre.") + heading(NEXT) + bullet("Publish results.")
         + para("In May.", "ListParagraph") + bullet("Train volunteers."))
    save("layout-table", table([["Agency", "Westshire Police"], ["Completed by", "Head of Public Protection"]]) + bold(DONE)
         + para("This is what we did:") + table([["Training", "We trained 212 officers."], ["Schools", "We met every school."]])
         + bold(NEXT) + bullet("Publish results") + bullet("Train volunteers")
         + table([["Plan", "By when"], ["Results", "May 2020"], ["Volunteers", "June 2020"]]))
    comment = '<w:commentRangeStart w:id="1"/>' + run("We met every month.") + '<w:commentRangeEnd w:id="1"/><w:r><w:commentReference w:id="1"/></w:r>'
    save("comments-and-changes-in-lists", heading(DONE) + para(comment) + heading(NEXT) + bullet(run("Publish ")
         + '<w:del w:author="X"><w:r><w:delText>SECRET draft </w:delText></w:r></w:del><w:ins w:author="X">' + run("the ") + "</w:ins>" + run("results."))
         + '<w:p><w:pPr><w:pStyle w:val="ListParagraph"/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:rPr><w:ins w:author="X"/></w:rPr></w:pPr>'
         + '<w:ins w:author="X">' + run("Train volunteers.") + "</w:ins></w:p>",
         more={"word/comments.xml": f'{HEADER}<w:comments {W}><w:comment w:id="1" w:author="X">{para("SECRET, is this so?")}</w:comment></w:comments>'})
    save("soft-returns", para(run("What have we done?", "b") + run("\n\nWe trained officers.\nWe met schools.")) + para("")
         + para(run("What will we do next?", "b") + run("\n• Publish results\n• Train volunteers\n\nMany thanks\nJo Marsh\nInspector\n01632 960123")))
    save("signature-in-last-bullet", heading(DONE) + para("We met every month.") + heading(NEXT) + bullet("Publish results.")
         + bullet("Train volunteers.") + para("") + para("Yours sincerely,") + para("") + para("Chief Superintendent Jo Marsh")
         + para("Westshire Police, Police Headquarters, Westmere") + para("Telephone 01632 960123"))

    # Plans as tables: what is done, who leads, by when, and whatever else a template asks for.
    def wide(content, columns):
        return f'<w:tc><w:tcPr><w:gridSpan w:val="{columns}"/></w:tcPr>{para(content)}</w:tc>'

    merged = '<w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc>'
    save("plan-table", heading(DONE) + para("We trained officers.") + heading(NEXT) + para("Our action plan:") + table([
        [wide("Action plan 2020-21", 5)],
        ["Ref", "Action(s)", "Lead officer", "Timescale", "Measure of success"],
        [wide("Priority 1: Neglect", 5)],
        ["1.1", "Train the officers who joined before 2020", "Head of Learning", "end of March 2021", "90% trained"],
        ["1.2", para("•\tPublish what people tell us") + para("•\tMeet them each term"), "DCI, Public Protection", "30/09/2020", ""],
        [wide("Priority 2: Self-neglect", 5)],
        ['<w:tc><w:tcPr><w:vMerge w:val="restart"/></w:tcPr>' + para("2.1") + "</w:tc>",
         '<w:tc><w:tcPr><w:vMerge w:val="restart"/></w:tcPr>' + para("Share referrals") + "</w:tc>", "Jo *Marsh*", "ongoing", "Within 2 days"],
        [merged, merged, "Fire service", "", "Joint visits"],
        ["", "", "", "", ""]]))
    save("plan-table-without-heading", bold(DONE) + para("We met every month.") + table([
        ["What will we do next?", "Who", "By when"], ["Publish results", "", "Q2 2020/21"], ["Train volunteers", "Volunteer manager", "May 2021"]]))
    save("plan-table-of-unknown-columns", heading(DONE) + para("We met every month.") + heading(NEXT)
         + para("Recruit ten special constables.") + table([["Constables", "Cost"], ["10", "£400,000"]]))

    # Signatures and sign-off blocks of many kinds.
    save("signed-for-the-organisation", heading(DONE) + para("We met every month.") + heading(NEXT) + bullet("Publish results.")
         + bullet("Train volunteers.") + para("Signed:\t______________________") + para("Name: Jo Marsh") + para("Role: Chief Constable")
         + para("Date: 12 June 2020"))
    save("signature-table", heading(DONE) + para("We met every month.") + heading(NEXT) + para("Publish results.") + para("Train volunteers.")
         + table([["Completed by", "Jo Marsh"], ["Role", "Detective Inspector"], ["Date", "12/06/2020"]]))
    save("signature-in-welsh-and-english", heading(DONE) + para("We met every month.") + heading(NEXT) + para("Publish results.")
         + para("Train volunteers.") + para("Cofion cynnes / Warm regards") + para("Siân Hughes (hi/she)") + para("Pennaeth Diogelu / Head of Safeguarding")
         + para("Mae croeso i chi gysylltu â ni yn Gymraeg"))
    save("signed-on-behalf-of", heading(DONE) + para("We met every month.") + heading(NEXT) + number("Publish results.")
         + number("Train volunteers.") + para("Submitted on behalf of Westshire Police by:") + para("Jo Marsh, Detective Superintendent") + para("12 June 2020"))

    # Tracked moves, deleted rows and paragraphs, changed formatting.
    gone = '<w:tr><w:trPr><w:del w:author="X"/></w:trPr><w:tc><w:p><w:del w:author="X"><w:r><w:delText>SECRET 2018</w:delText></w:r></w:del></w:p></w:tc></w:tr>'
    save("tracked-moves-and-rows", heading(DONE)
         + '<w:p><w:moveFrom w:author="X"><w:r><w:t>SECRET moved away.</w:t></w:r></w:moveFrom></w:p>' + para("We met every month.")
         + '<w:p><w:moveTo w:author="X">' + run("We trained officers.") + "</w:moveTo></w:p>"
         + table([["Year", "Calls"], ["2019", "12"]]).replace("</w:tbl>", gone + "</w:tbl>") + heading(NEXT)
         + '<w:p><w:r><w:rPr><w:b/><w:rPrChange w:author="X"><w:rPr/></w:rPrChange></w:rPr><w:t>Publish results.</w:t></w:r></w:p>'
         + para("Train volunteers."))

    # Headings by hand: letters, questions with numbers, one paragraph for everything, text in boxes.
    save("questions-with-letters", bold("Q1 – What have we done?") + para("We met every month.") + bold("Q2 – What will we do next?")
         + para("(i)  Publish results.") + para("(ii) Train volunteers."))
    save("one-paragraph", para(run("Westshire Police\n\n") + run("WHAT HAVE WE DONE?", "b") + run("\nWe met every month.\n\n")
         + run("WHAT WILL WE DO NEXT?", "b") + run("\n1) Publish results\n2) Train volunteers\n   of all ages")))
    frame = lambda inner: ('<w:r><w:pict><v:shape><v:textbox><w:txbxContent>' + inner + '</w:txbxContent></v:textbox></v:shape></w:pict></w:r>')
    save("answers-in-text-boxes", heading(DONE) + para(frame(para("We met every month."))) + heading(NEXT)
         + para(frame(bullet("Publish results.") + bullet("Train volunteers."))) + para("Thank you") + para("Jo"))
    save("three-column-form", table([
        ["Question", "Your answer", "Evidence"],
        ["1. What have we done?", "We trained all officers.", "Training records"],
        ["2. What will we do next?", para("• Publish results.") + para("• Train volunteers."), ""]]))
    endnotes = f'{HEADER}<w:endnotes {W}><w:endnote w:id="2">{para("From May 2020.")}</w:endnote></w:endnotes>'
    save("notes-in-commitments", heading(DONE) + para("We met every month.") + heading(NEXT)
         + bullet(run("Publish results") + '<w:r><w:endnoteReference w:id="2"/></w:r>' + run(".")) + bullet("Train volunteers."),
         more={"word/endnotes.xml": endnotes}, relations=[("rEnd", "endnotes", "endnotes.xml", "")])
    archive(HERE / "two-submissions.docx", word(heading("Westshire Police", 0) + heading(DONE) + para("We trained officers.") + heading(NEXT)
         + bullet("Publish results.") + heading("Westshire Fire and Rescue", 0) + heading(DONE) + para("We made visits.") + heading(NEXT)
         + bullet("Train managers.")))

    text = HERE / "people"
    (text / "reply-chain.eml").write_bytes((
        "From: Jane Smith <jane@police.example>\r\nTo: ann@westshire.example\r\nSubject: RE: RE: Annual report - Westshire Police\r\n"
        "Date: Thu, 12 Jun 2025 09:30:00 +0100\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n"
        "Content-Transfer-Encoding: 8bit\r\n\r\nHi Ann,\r\n\r\nSorry this is late! Please see our text below.\r\n\r\n"
        "What have we done?\r\n\r\n- Trained “all” officers\r\n- Met schools\r\n\r\nWhat will we do next?\r\n\r\n"
        "* Publish results\r\n* Train volunteers\r\n\r\nCheers\r\nJane\r\n\r\nSent from my iPhone\r\n\r\n"
        "> On 11 Jun 2025, at 10:02, Ann Lee <ann@westshire.example> wrote:\r\n>\r\n> Dear Jane,\r\n> where is your return?\r\n"
        "> * Please send it.\r\n").encode())
    (text / "forwarded.eml").write_bytes((
        "From: Ann Lee <ann@council.example>\r\nTo: report@westshire.example\r\nSubject: Fwd: Police return\r\n"
        "Date: Fri, 13 Jun 2025 09:30:00 +0100\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
        "Hi both,\r\n\r\nSee below.\r\n\r\nAnn\r\n\r\n---------- Forwarded message ---------\r\nFrom: Jane Smith <jane@police.example>\r\n"
        "Date: Thu, 12 Jun 2025 at 17:01\r\nSubject: Police return\r\nTo: Ann Lee <ann@council.example>\r\n\r\nDear Ann,\r\n\r\n"
        "What have we done?\r\n\r\nWe met every month.\r\n\r\nWhat will we do next?\r\n\r\n- Publish results\r\n- Train volunteers\r\n\r\n"
        "Kind regards\r\nJane\r\n").encode())
    (text / "forwarded-in-welsh.eml").write_bytes((
        "From: Ann Lee <ann@council.example>\r\nTo: report@westshire.example\r\nSubject: YML: Adroddiad\r\n"
        "Date: Fri, 13 Jun 2025 09:30:00 +0100\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n"
        "Content-Transfer-Encoding: 8bit\r\n\r\nHelo Sam,\r\n\r\nGweler isod.\r\n\r\nAnn\r\n\r\n-----Original Message-----\r\n\r\n"
        "Oddi wrth: Siân Puw <sian@police.example>\r\nAnfonwyd: 12 Mehefin 2025 17:01\r\nAt: Ann Lee\r\nPwnc: Adroddiad\r\n\r\n"
        "Annwyl Ann,\r\n\r\nWhat have we done?\r\n\r\nWe met every month.\r\n\r\nWhat will we do next?\r\n\r\n- Publish results\r\n"
        "- Train volunteers\r\n\r\nCofion gorau\r\nSiân\r\n\r\n"
        "Oddi wrth: Ann Lee\r\nDyddiad: 11 Mehefin 2025\r\nPwnc: Adroddiad\r\n\r\nWhere is it?\r\n").encode())
    (text / "outlook-reply.eml").write_bytes((
        "From: jane@police.example\r\nSubject: FW: Safeguarding report\r\nDate: 12 Jun 2025 09:30:00 +0100\r\nMIME-Version: 1.0\r\n"
        "Content-Type: text/plain; charset=utf-8\r\n\r\nGood morning Ann\r\n\r\nWhat have we done?\r\nWe met every month.\r\n\r\n"
        "What will we do next?\r\n1. Publish results.\r\n2. Train volunteers.\r\n\r\nBest wishes,\r\n\r\nJane Smith | Detective Inspector | "
        "Westshire Police\r\nM 07700 900123\r\n\r\nThis e-mail is confidential. If you are not the intended recipient, delete it.\r\n\r\n"
        "________________________________\r\nFrom: Ann Lee <ann@westshire.example>\r\nSent: 11 June 2025 10:02\r\nTo: Jane Smith\r\n"
        "Subject: Safeguarding report\r\n\r\nWhere is it?\r\n").encode())
    (text / "lettered-lists.html").write_text("""<h2>What have we done?</h2><ol type="a"><li>Trained officers</li><li>Met schools</li></ol>
<p>And then:</p><ol start="3"><li>Opened a centre</li><li value="7">Hired staff</li></ol><h2>What will we do next?</h2>
<ol style="list-style-type:lower-roman"><li>Publish results</li><li>Train volunteers</li></ol>""", encoding="utf-8")
    (text / "bold-in-webmail.html").write_text("""<div dir="ltr"><div>Hello Ann,</div><div><br></div><div><b>Our key achievements</b></div><div>• Trained officers</div>
<div>• Met schools</div><div><br></div><div><b><u>Next steps</u></b></div><div>1) Publish results</div><div>2) Train volunteers</div><div><br></div>
<div>Kind regards</div><div><br></div><div>Jane Smith (she/her)</div><div>Safeguarding Lead</div><div><a href="mailto:jane@police.example">jane@police.example</a></div>
<div class="gmail_quote"><div>On Wed, Ann wrote:</div><blockquote>Where is it?</blockquote></div></div>""", encoding="utf-8")
    (text / "pasted.txt").write_bytes((
        "Hi Ann\r\n\r\nWHAT HAVE WE DONE?\r\n\r\nWe trained every officer who joined before 2020, which took most of the year and\r\n"
        "went well.\r\n• Opened a drop-in centre\r\n• Met schools\r\n\r\nWhat will we do next?\r\n\r\n1) Publish results\r\n"
        "2) Train volunteers £5\r\n\r\n-- \r\nJane Smith\r\n01632 960123\r\n").encode("cp1252"))
    (text / "word-clipboard.html").write_text("""<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p.MsoNormal {margin:0}</style></head>
<body lang=EN-GB><!--StartFragment--><p class=MsoNormal><b>What have we done?<o:p></o:p></b></p>
<p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='font-family:Symbol;mso-list:Ignore'>·<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp;</span></span><![endif]>Trained
officers&#8217; teams<o:p></o:p></p><p class=MsoListParagraphCxSpLast style='mso-list:l0 level2 lfo1'><![if !supportLists]><span
style='mso-list:Ignore'>o<span>&nbsp;</span></span><![endif]>In <i>coercive</i> control<o:p></o:p></p>
<p class=MsoNormal><b>What will we do next?</b></p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><![if !supportLists]><span style='mso-list:Ignore'>1.<span>&nbsp;</span></span><![endif]>Publish results</p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><![if !supportLists]><span style='mso-list:Ignore'>2.</span><![endif]>Train volunteers</p>
<table class=MsoTableGrid><tr><td><p class=MsoNormal>Year</p></td><td><p class=MsoNormal>Calls</p></td></tr><tr><td>2019</td><td>12</td></tr></table>
<p class=MsoNormal><span style='display:none;mso-hide:all'>SECRET</span><o:p>&nbsp;</o:p></p><!--EndFragment--></body></html>""", encoding="utf-8")
    (text / "outlook-clipboard.html").write_text("""<div class="WordSection1"><p class="MsoNormal">Dear Ann,</p><p class="MsoNormal">&nbsp;</p>
<p class="MsoNormal"><u>What have we done?</u></p><ul style="margin-top:0cm" type="disc"><li class="MsoListParagraph">Trained officers</li>
<li class="MsoListParagraph">Met schools<ul><li>Twice a term</li></ul></li></ul><p class="MsoNormal"><u>What will we do next?</u></p>
<ol start="1"><li>Publish results</li><li>Train volunteers</li></ol><p class="MsoNormal">Many thanks,</p><p class="MsoNormal">Jane</p>
<div id="divRplyFwdMsg"><p><b>From:</b> Ann<br><b>Sent:</b> Monday<br><b>To:</b> Jane<br><b>Subject:</b> Report</p><p>Where is it?</p></div></div>""", encoding="utf-8")
    (text / "google-docs.html").write_text("""<meta charset="utf-8"><b style="font-weight:normal;" id="docs-internal-guid-1"><h2 dir="ltr"><span>What have we done?</span></h2>
<ul><li dir="ltr" style="list-style-type:disc" aria-level="1"><p dir="ltr" role="presentation"><span style="font-weight:400">Trained officers</span></p></li>
<ul><li dir="ltr" aria-level="2"><p dir="ltr"><span style="font-weight:700">All</span><span> of them</span></p></li></ul></ul>
<h2 dir="ltr"><span>What will we do next?</span></h2><p dir="ltr"><span>Publish results.</span></p><p dir="ltr"><span>Train volunteers.</span></p></b>""", encoding="utf-8")
    change = 'cite="mailto:Jane" datetime="2025-06-01T10:00"'
    (text / "word-reviewed.html").write_text(f"""<html><head><title>Return</title></head><body><h2>What have we done?</h2>
<p class=MsoNormal>We did <a style='mso-comment-reference:JS_1;mso-comment-date:20250601T1000;mso-comment-parent:1'><span
style='mso-comment-continuation:2'>very important commented work</span></a><span class=MsoCommentReference><span
style='font-size:8.0pt'><a class=msocomanchor href="#_msocom_1">[JS1]</a><span style='mso-special-character:comment'>&nbsp;</span></span></span> last
year. <span class=msoIns><ins {change}>Our <b>staff</b></ins></span><span class=msoDel><del {change}>Jamie</del></span> helped.
This price is <del>old</del> and <ins>underlined</ins>.</p>
<h2>What will we do next?</h2><ol><li>Publish results</li><li><span class=msoDel><del {change}>Drop it</del></span></li><li>Train volunteers</li></ol>
<div style='mso-element:comment-list'><div style='mso-element:comment'><span style='mso-comment-author:"Jane"'></span><p class=MsoCommentText>Really?</p></div></div>
</body></html>""", encoding="utf-8")
    (text / "word-for-the-web.html").write_text("""<h2>What have we done?</h2><p>We met.</p><h2>What will we do next?</h2>
<div class="ListContainerWrapper"><ul role="list"><li data-aria-level="1" data-aria-posinset="1"><p>Publish results</p></li></ul></div>
<div class="ListContainerWrapper"><ul role="list"><li data-aria-level="2" style="margin-left:72px"><p>By June</p></li></ul></div>
<div class="ListContainerWrapper"><ul role="list"><li aria-level="2" style="margin-left:72px"><p>Online</p></li></ul></div>
<div class="ListContainerWrapper"><ul role="list"><li style="mso-list:l0 level3 lfo1"><p>In Welsh too</p></li></ul></div>
<div class="ListContainerWrapper"><ul role="list"><li data-aria-level="1" data-aria-posinset="2"><p>Train volunteers</p></li></ul></div>""", encoding="utf-8")
    html = (text / "outlook-clipboard.html").read_text(encoding="utf-8").encode("cp1252")
    quoted = "".join(chr(b) if 32 <= b < 127 and b != 61 else "\r\n" if b == 10 else f"={b:02X}" for b in html)
    quoted = re.sub(r"[^\r\n]{70}", lambda line: line[0] + ("=\r\n" if "=" not in line[0][-2:] else ""), quoted)
    (text / "email.eml").write_bytes((
        "From: =?iso-8859-1?Q?Jane_Smith?= <jane@police.example>\r\nTo: ann@westshire.example\r\n"
        "Subject: =?utf-8?B?V2VzdHNoaXJlIFBvbGljZSBzdWJtaXNzaW9u?=\r\nDate: Thu, 12 Jun 2025 09:30:00 +0100\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/alternative; boundary="b1"\r\n\r\n--b1\r\nContent-Type: text/plain; charset=us-ascii\r\n\r\nPlain.\r\n'
        "--b1\r\nContent-Type: text/html; charset=windows-1252\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
        + quoted + "\r\n--b1--\r\n").encode("ascii"))
    attached = base64.encodebytes((HERE / "people/bold-questions.docx").read_bytes()).decode().replace("\n", "\r\n")
    (text / "email-with-attachment.eml").write_bytes((
        "From: jane@police.example\r\nSubject: Our return\r\nDate: 12 Jun 2025 09:30:00 +0100\r\nMIME-Version: 1.0\r\n"
        "Content-Type: multipart/mixed; boundary=b2\r\n\r\n--b2\r\nContent-Type: text/plain\r\n\r\nAttached.\r\n--b2\r\n"
        "Content-Type: application/octet-stream; name=\"police.docx\"\r\nContent-Disposition: attachment; filename=\"police.docx\"\r\n"
        "Content-Transfer-Encoding: base64\r\n\r\n" + attached + "--b2--\r\n").encode("ascii"))


    def part(kind, body, name=None):
        place = f'\r\nContent-Disposition: attachment; filename="{name}"' if name else ""
        return f"--PART\r\nContent-Type: {kind}{place}\r\n\r\n{body}\r\n"

    def email(subject, boundary, *parts):
        return (f"From: jane@police.example\r\nSubject: {subject}\r\nDate: 12 Jun 2025 09:30:00 +0100\r\nMIME-Version: 1.0\r\n"
                f"Content-Type: multipart/mixed; boundary={boundary}\r\n\r\n"
                + "".join(parts).replace("--PART", f"--{boundary}") + f"--{boundary}--\r\n")

    words = "What have we done?\r\n\r\nWe met.\r\n\r\nWhat will we do next?\r\n\r\n- Publish results\r\n"
    inline = 'image/png; name=chart.png\r\nContent-Disposition: inline; filename=chart.png'
    (text / "text-around-picture.eml").write_bytes(email(
        "Police", "b5", part("text/plain", words), part(inline, "x"), part("text/plain", "- Train volunteers")).encode("ascii"))
    page = "<h2>What have we done?</h2><p>We met.</p><h2>What will we do next?</h2><ul><li>Publish results</li></ul>"
    pieces = "".join((part("text/html", page), part(inline, "x"), part("text/html", "<ul><li>Train volunteers</li></ul>")))
    versions = part("text/plain", "A version in plain text.") + part("multipart/mixed; boundary=b6", pieces.replace("--PART", "--b6") + "--b6--")
    (text / "versions-around-picture.eml").write_bytes(email(
        "Police", "b5", part("multipart/alternative; boundary=b7", versions.replace("--PART", "--b7") + "--b7--"),
        part("text/plain", "Sent to the list.")).encode("ascii"))
    (text / "form-in-page.html").write_text(
        "<h2>What have we done?</h2><p>Name of lead:<input value='The Chief &amp; team'></p><p><input type=checkbox checked>Trained officers</p>"
        "<input type=hidden value=SECRET><input type=submit value=Send><textarea>We met.</textarea><h2>What will we do next?</h2><p>More.</p>",
        encoding="utf-8")
    document = f'application/octet-stream; name="police.docx"\r\nContent-Transfer-Encoding: base64'
    inner = email("Our return", "b4", part("text/plain", "Here it is."), part(document, attached), part("application/pdf", "x", "plan.pdf"))
    (text / "email-in-email.eml").write_bytes(email(
        "FW: police", "b3", part("text/plain", "See attached."), part("message/rfc822", inner), part("image/png", "x", "logo.png"),
        part("application/pdf", "x", "appendix.pdf"), part("message/delivery-status", "x")).encode("ascii"))
    deep = email("level 3", "b9", part("text/plain", words))
    for level in (2, 1):
        deep = email(f"level {level}", f"b{6 + level}", part("text/plain", f"Level {level}."), part("message/rfc822", deep))
    (text / "emails-too-deep.eml").write_bytes(email("level 0", "b6", part("text/plain", words), part("message/rfc822", deep)).encode("ascii"))
    plain = f"From: jane@police.example\r\nSubject: Our return\r\nContent-Type: text/plain\r\n\r\n{words}"
    coded = base64.encodebytes(plain.encode("ascii")).decode().replace("\n", "\r\n")
    (text / "email-passed-on-as-file.eml").write_bytes(email("Police", "b5", part("text/plain", "Hi Ann,\r\nthis is theirs."), part(
        'application/octet-stream; name="return.eml"\r\nContent-Transfer-Encoding: base64', coded)).encode("ascii"))
    asked = "From: ann@westshire.example\r\nSubject: Report\r\nContent-Type: text/plain\r\n\r\nDear Jane,\r\n\r\nwhere is your report?\r\n"
    (text / "reply-with-original-attached.eml").write_bytes(email(
        "RE: Report", "b5", part("text/plain", words), part("message/rfc822", asked)).encode("ascii"))
    items = "".join(f"<text:list-item><text:p>{words}</text:p></text:list-item>" for words in ("Trained staff.", "Met schools."))
    archive(text / "libre-office-letters.odt", open_document(
        f'<text:h text:outline-level="1">{DONE}</text:h><text:list text:style-name="L3">{items}</text:list>'
        f'<text:h text:outline-level="1">{NEXT}</text:h><text:list text:style-name="L2">{items}</text:list>',
        more_lists='<text:list-style style:name="L3"><text:list-level-style-number text:level="1" style:num-format="i"/></text:list-style>'))
    archive(text / "libre-office-fields.odt", open_document(
        f'<text:h text:outline-level="1">{DONE}</text:h><text:p>We met <text:hidden-text text:is-hidden="false">every month</text:hidden-text>.'
        '</text:p><text:p>Shown<text:hidden-paragraph text:is-hidden="false"/> to all, by <text:author-name>Jane</text:author-name>.</text:p>'
        '<table:table><table:table-column table:number-columns-repeated="2"/><table:table-column table:visibility="collapse"/>'
        '<table:table-row><table:table-cell><text:p>Year</text:p></table:table-cell><table:table-cell><text:p>Calls</text:p></table:table-cell>'
        '<table:table-cell><text:p>SECRET</text:p></table:table-cell></table:table-row><table:table-row><table:table-cell '
        'table:number-columns-spanned="2"><table:table><table:table-row><table:table-cell table:number-columns-spanned="2"><text:p>In</text:p>'
        '</table:table-cell><table:covered-table-cell/></table:table-row></table:table></table:table-cell><table:covered-table-cell/>'
        '<table:table-cell><text:p>SECRET</text:p></table:table-cell></table:table-row></table:table>'
        f'<text:h text:outline-level="1">{NEXT}</text:h><text:list text:style-name="L1"><text:list-item><text:p>Trained staff.</text:p>'
        '</text:list-item></text:list>'))
    archive(text / "libre-office.odt", open_document(
        '<text:h text:outline-level="1">What have we done?</text:h><text:p>We trained <text:span text:style-name="B">all</text:span> officers'
        '<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body><text:p>212 of them.</text:p>'
        '</text:note-body></text:note>.</text:p><text:list text:style-name="L1"><text:list-item><text:p>Courses</text:p><text:list>'
        '<text:list-item><text:p>Stalking</text:p></text:list-item></text:list></text:list-item><text:list-item><text:p>Visits</text:p>'
        '</text:list-item></text:list><table:table><table:table-row><table:table-cell><text:p>Year</text:p></table:table-cell>'
        '<table:table-cell><text:p>Calls</text:p></table:table-cell></table:table-row><table:table-row><table:table-cell '
        'table:number-columns-spanned="2"><text:p>None</text:p></table:table-cell><table:covered-table-cell/></table:table-row></table:table>'
        '<text:h text:outline-level="1">What will we do next?</text:h><text:list text:style-name="L2"><text:list-item><text:p>Publish '
        'results.</text:p></text:list-item><text:list-item><text:p>Train volunteers.</text:p></text:list-item></text:list>'))


def open_document(body, meta="", shared="", more_lists=""):
    names = ["office", "text", "table", "style", "draw:drawing", "svg:svg-compatible", "fo:xsl-fo-compatible", "meta", "script"]
    spaces = " ".join(f'xmlns:{n.split(":")[0]}="urn:oasis:names:tc:opendocument:xmlns:{n.split(":")[-1]}:1.0"' for n in names)
    spaces += ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xlink="http://www.w3.org/1999/xlink"'
    lists = ('<text:list-style style:name="L1"><text:list-level-style-bullet text:level="1"/></text:list-style>'
             '<text:list-style style:name="L2"><text:list-level-style-number text:level="1" style:num-format="1"/></text:list-style>' + more_lists)
    return {
        "mimetype": "application/vnd.oasis.opendocument.text",
        "content.xml": f'{HEADER}<office:document-content {spaces}><office:automatic-styles><style:style style:name="B" '
        'style:family="text"><style:text-properties fo:font-weight="bold"/></style:style><style:style style:name="H" style:family='
        f'"text"><style:text-properties text:display="none"/></style:style>{lists}</office:automatic-styles><office:body>'
        f'<office:text>{body}</office:text></office:body></office:document-content>',
        "styles.xml": f'{HEADER}<office:document-styles {spaces}>{shared}</office:document-styles>',
        "meta.xml": f'{HEADER}<office:document-meta {spaces}><office:meta><dc:date>2025-06-12T09:30:00</dc:date>{meta}'
                    '</office:meta></office:document-meta>',
        "META-INF/manifest.xml": HEADER + "<manifest/>",
    }


# --- Canaries: what must never be written -------------------------------------------------------------------------

CANARY = "CANARY"


def canaries():
    """Documents whose name begins with the kind that must be noted."""
    def save(name, middle, **more):
        body = heading(DONE) + para("VISIBLE before.") + middle + heading(NEXT) + para("VISIBLE after.")
        archive(HERE / "canaries" / f"{name}.docx", word(body, **more))

    def part(kind, inner):
        return f"{HEADER}<w:{kind} {W}>{inner}</w:{kind}>"

    secret = run(CANARY)
    comments = part("comments", f'<w:comment w:id="0" w:author="{CANARY}" w:initials="C">{para(CANARY)}</w:comment>')
    commented = dict(more={"word/comments.xml": comments}, relations=[("rComments", "comments", "comments.xml", "")])
    mark = '<w:r><w:commentReference w:id="0"/></w:r>'
    save("comment--on-words", para('<w:commentRangeStart w:id="0"/>' + run("VISIBLE") + '<w:commentRangeEnd w:id="0"/>' + mark), **commented)
    save("comment--in-item", bullet(run("VISIBLE") + mark), **commented)
    save("comment--in-cell", table([[para(run("VISIBLE") + mark), "VISIBLE"]]), **commented)
    deleted = f'<w:del w:id="1" w:author="{CANARY}" w:date="2025-01-01T00:00:00Z"><w:r><w:delText>{CANARY}</w:delText></w:r></w:del>'
    save("tracked-deletion--in-words", para(run("VISIBLE ") + deleted + run("text")))
    save("tracked-deletion--whole-paragraph", "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>" + deleted + "</w:p>")
    save("tracked-deletion--moved-from", para(f"<w:moveFrom>{secret}</w:moveFrom>" + run("VISIBLE")))
    save("tracked-deletion--row", "<w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc>" + para(CANARY) + "</w:tc></w:tr><w:tr><w:tc>"
         + para("VISIBLE") + "</w:tc></w:tr></w:tbl>")
    save("tracked-deletion--cell", "<w:tbl><w:tr><w:tc><w:tcPr><w:cellDel/></w:tcPr>" + para(CANARY) + "</w:tc><w:tc>" + para("VISIBLE") + "</w:tc></w:tr></w:tbl>")
    save("tracked-deletion--in-link", para('<w:hyperlink w:anchor="x">' + deleted + run("VISIBLE") + "</w:hyperlink>"))
    save("tracked-insertion--author", para(f'<w:ins w:author="{CANARY}">' + run("VISIBLE") + "</w:ins>"))
    save("tracked-insertion--deleted-again", para(f'<w:ins w:author="{CANARY}">{deleted}</w:ins>' + run("VISIBLE")))
    save("hidden-text--run", para(run("VISIBLE ") + run(CANARY, "h")))
    save("hidden-text--style", '<w:p><w:r><w:rPr><w:rStyle w:val="Secret"/></w:rPr><w:t>' + CANARY + "</w:t></w:r></w:p>",
         more={"word/styles.xml": styles().replace("</w:styles>", '<w:style w:type="character" w:styleId="Secret"><w:name w:val="Secret"/>'
                                                   "<w:rPr><w:vanish/></w:rPr></w:style></w:styles>")})
    save("hidden-text--in-item", bullet(run("VISIBLE") + run(CANARY, "h")))
    save("hidden-text--drawing", para('<w:r><w:drawing><wp:inline><wp:docPr id="1" name="x" hidden="1"/><a:graphic><a:graphicData><wps:wsp>'
         "<wps:txbx><w:txbxContent>" + para(CANARY) + "</w:txbxContent></wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"))
    save("hidden-text--text-box-in-run", para(run("VISIBLE ") + '<w:r><w:rPr><w:vanish/></w:rPr><w:pict><v:shape><v:textbox><w:txbxContent>'
         + para(CANARY) + f'</w:txbxContent></v:textbox><v:textpath string="{CANARY}"/></v:shape></w:pict></w:r>'))
    hides = "<w:rPr><w:vanish/></w:rPr></w:style></w:styles>"
    save("hidden-text--table-style", '<w:tbl><w:tblPr><w:tblStyle w:val="Secret"/></w:tblPr><w:tr><w:tc>' + para(CANARY) + table([[CANARY]])
         + "</w:tc></w:tr></w:tbl>" + table([["VISIBLE"]]), more={"word/styles.xml": styles().replace(
             "</w:styles>", f'<w:style w:type="table" w:styleId="Secret"><w:name w:val="Secret"/>{hides}')})
    save("hidden-text--heading-style", para(CANARY, "Secret"), more={"word/styles.xml": styles().replace(
        "</w:styles>", f'<w:style w:type="paragraph" w:styleId="Secret"><w:basedOn w:val="Heading2"/><w:name w:val="Secret"/>{hides}')})
    save("hidden-text--note-in-run", para(run("VISIBLE") + '<w:r><w:rPr><w:vanish/></w:rPr><w:footnoteReference w:id="2"/></w:r>'),
         more={"word/footnotes.xml": part("footnotes", f'<w:footnote w:id="2">{para(CANARY)}</w:footnote>')},
         relations=[("rNotes", "footnotes", "footnotes.xml", "")])
    hidden = "<m:r><m:rPr><m:nor/></m:rPr><w:rPr><w:vanish/></w:rPr><m:t>" + CANARY + "</m:t></m:r>"
    save("hidden-text--formula", para(run("VISIBLE ") + "<m:oMath>" + hidden + "<m:r><m:t>x</m:t></m:r></m:oMath>"))
    for kind in ("header", "footer"):
        save(f"{kind}--page", "", more={f"word/{kind}1.xml": part("hdr" if kind == "header" else "ftr", para(CANARY))},
             relations=[("rPage", kind, f"{kind}1.xml", "")])
    save("header--first-page-picture", "", more={"word/header2.xml": part("hdr", para(CANARY)), "word/media/image9.png": CANARY},
         relations=[("rPage", "header", "header2.xml", "")])
    save("properties--author", "", more={"docProps/core.xml": core(CANARY)})
    save("properties--title", "", more={"docProps/core.xml": core("x", CANARY)})
    save("properties--company", "", more={"docProps/app.xml": f"{HEADER}<Properties><Company>{CANARY}</Company><Manager>{CANARY}</Manager></Properties>"})
    save("properties--custom", "", more={"docProps/custom.xml": f"{HEADER}<Properties><property name=\"{CANARY}\"><v>{CANARY}</v></property></Properties>"})
    save("properties--custom-xml", "", more={"customXml/item1.xml": f"{HEADER}<root>{CANARY}</root>"})

    def field(code, result="", kind=""):
        shown = run(result) if result else ""
        return ('<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> ' + code
                + ' </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>' + shown
                + '<w:r><w:fldChar w:fldCharType="end"/></w:r>')
    save("field-code--if", para(field(f'IF 1 = 1 "{CANARY}"', "VISIBLE")))
    save("field-code--macro-button", para(field(f"MACROBUTTON {CANARY}", "VISIBLE")))
    save("field-code--simple", para(f'<w:fldSimple w:instr=" REF {CANARY} ">' + run("VISIBLE") + "</w:fldSimple>"))
    save("field-code--nested", para(field("IF " + "</w:instrText></w:r>" + field("REF x", CANARY) + "<w:r><w:instrText>", "VISIBLE")))
    save("field-code--include", para(field(f'INCLUDETEXT "C:\\\\{CANARY}.docx"', "VISIBLE")))
    save("alternate-content--fallback", para('<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:inline><a:graphic><a:graphicData>'
         "<wps:wsp><wps:txbx><w:txbxContent>" + para("VISIBLE box") + "</w:txbxContent></wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:inline>"
         "</w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox><w:txbxContent>" + para(CANARY)
         + "</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"))
    save("alternate-content--second-choice", para('<w:r><mc:AlternateContent><mc:Choice Requires="w14"><w:t>VISIBLE</w:t></mc:Choice>'
         f'<mc:Choice Requires="w15"><w:t>{CANARY}</w:t></mc:Choice></mc:AlternateContent></w:r>'))
    save("embedded-object--workbook", para(f'<w:r><w:object><v:shape alt="{CANARY}"/><o:OLEObject ProgID="{CANARY}" r:id="rObject"/></w:object></w:r>'),
         more={"word/embeddings/book1.xlsx": CANARY}, relations=[("rObject", "package", "embeddings/book1.xlsx", "")])
    save("embedded-object--unreferenced", "", more={"word/embeddings/oleObject1.bin": CANARY})
    save("embedded-object--chunk", '<w:altChunk r:id="rChunk"/>', more={"word/afchunk.htm": f"<p>{CANARY}</p>"},
         relations=[("rChunk", "aFChunk", "afchunk.htm", "")])
    save("embedded-object--control", para('<w:r><w:control w:name="' + CANARY + '" r:id="rControl"/></w:r>' + run("VISIBLE")))
    save("macro--vba", "", more={"word/vbaProject.bin": CANARY})
    save("picture--linked", para('<w:r><w:drawing><wp:inline><wp:docPr id="1" name="' + CANARY + '"/><a:graphic><a:graphicData><pic:pic><pic:blipFill>'
         '<a:blip r:link="rFar"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'),
         relations=[("rFar", "image", f"https://{CANARY}.example/a.png", ' TargetMode="External"')])
    save("picture--metafile", para('<w:r><w:pict><v:shape><v:imagedata r:id="rWmf"/></v:shape></w:pict></w:r>'),
         more={"word/media/image1.wmf": CANARY}, relations=[("rWmf", "image", "media/image1.wmf", "")])
    save("unsafe-link--file", para('<w:hyperlink r:id="rFar">' + run("VISIBLE") + "</w:hyperlink>"),
         relations=[("rFar", "hyperlink", f"file:///C:/{CANARY}.docx", ' TargetMode="External"')])
    save("unsafe-link--script", para('<w:hyperlink r:id="rFar">' + run("VISIBLE") + "</w:hyperlink>"),
         relations=[("rFar", "hyperlink", f"javascript:{CANARY}", ' TargetMode="External"')])
    save("drawing--chart", para('<w:r><w:drawing><wp:inline><wp:docPr id="1" name="x" descr=""/><a:graphic><a:graphicData uri="chart"/></a:graphic>'
         "</wp:inline></w:drawing></w:r>"), more={"word/charts/chart1.xml": f"<chart>{CANARY}</chart>"})

    def save_open(name, body, **more):
        start = '<text:h text:outline-level="1">What have we done?</text:h><text:p>VISIBLE before.</text:p>'
        end = '<text:h text:outline-level="1">What will we do next?</text:h><text:p>VISIBLE after.</text:p>'
        archive(HERE / "canaries" / f"{name}.odt", open_document(start + body + end, **more))
    save_open("comment--annotation", f"<text:p>VISIBLE<office:annotation><dc:creator>{CANARY}</dc:creator><text:p>{CANARY}</text:p></office:annotation></text:p>")
    save_open("tracked-deletion--region", f'<text:tracked-changes><text:changed-region><text:deletion><office:change-info><dc:creator>{CANARY}</dc:creator>'
              f"</office:change-info><text:p>{CANARY}</text:p></text:deletion></text:changed-region></text:tracked-changes><text:p>VISIBLE</text:p>")
    save_open("hidden-text--span", f'<text:p>VISIBLE<text:span text:style-name="H">{CANARY}</text:span></text:p>')
    save_open("hidden-text--section", f'<text:section text:display="none"><text:p>{CANARY}</text:p></text:section>')
    hidden = '<text:hidden-paragraph text:condition="ooow:1" text:is-hidden="true"/>'
    save_open("hidden-text--paragraph-by-field", f'<text:p>{CANARY}{hidden}{CANARY}'
              f'<text:author-name>{CANARY}</text:author-name></text:p><text:p>VISIBLE</text:p>')
    save_open("hidden-text--paragraph-by-field-after-author", f'<text:p><text:author-name>{CANARY}</text:author-name><text:span>'
              f'<text:hidden-paragraph/><text:placeholder>{CANARY}</text:placeholder></text:span>{CANARY}</text:p><text:p>VISIBLE</text:p>')
    save_open("hidden-text--field", f'<text:p>VISIBLE<text:hidden-text text:is-hidden="true">{CANARY}</text:hidden-text>'
              f'<text:variable-set text:display="none">{CANARY}</text:variable-set></text:p>')
    save_open("hidden-text--author-in-section", f'<text:section text:display="none"><text:p><text:author-name>{CANARY}</text:author-name>'
              f'<text:placeholder>{CANARY}</text:placeholder><text:note><text:note-body><text:p>{CANARY}</text:p></text:note-body></text:note></text:p>'
              f'<table:table><table:table-row><table:table-cell><text:p>{CANARY}</text:p></table:table-cell></table:table-row></table:table></text:section>')
    save_open("hidden-text--conditional-section", f'<text:section text:is-hidden="true"><text:p>{CANARY}</text:p></text:section>')
    save_open("hidden-text--link", f'<text:p>VISIBLE<text:a xlink:href="https://example.org" text:style-name="H">{CANARY}</text:a></text:p>')
    save_open("hidden-text--shape", f'<text:p>VISIBLE<draw:custom-shape draw:display="none"><text:p>{CANARY}</text:p></draw:custom-shape></text:p>')

    def rows(*cells):
        return "<table:table-row>" + "".join(cells) + "</table:table-row>"

    def cell(text, more=""):
        return f"<table:table-cell {more}><text:p>{text}</text:p></table:table-cell>"
    for how in ("collapse", "filter"):
        save_open(f"hidden-text--column-{how}", f'<table:table><table:table-column/><table:table-column table:visibility="{how}" '
                  'table:number-columns-repeated="2"/><table:table-column/>'
                  + rows(cell("VISIBLE"), cell(CANARY, 'table:number-columns-repeated="2"'), cell("VISIBLE"))
                  + rows(cell("VISIBLE", 'table:number-columns-spanned="2"'), "<table:covered-table-cell/>", cell(CANARY), cell("VISIBLE"))
                  + rows(cell("VISIBLE"), cell(CANARY, 'table:number-columns-spanned="2"'), "<table:covered-table-cell/>", cell("VISIBLE"))
                  + "</table:table>")
    save_open("hidden-text--column-group", '<table:table><table:table-column-group table:display="false"><table:table-column/>'
              "</table:table-column-group><table:table-column/>" + rows(cell(CANARY), cell("VISIBLE")) + "</table:table>")
    save_open("properties--creator", "", meta=f"<dc:creator>{CANARY}</dc:creator><meta:keyword>{CANARY}</meta:keyword>")
    save_open("header--page", "", shared=f'<office:master-styles><style:master-page><style:header><text:p>{CANARY}</text:p></style:header></style:master-page></office:master-styles>')
    save_open("embedded-object--sheet", '<text:p><draw:frame><draw:object xlink:href="./Object 1"/></draw:frame>VISIBLE</text:p>')
    text = HERE / "canaries"
    (text / "comment--word-clipboard.html").write_text(
        f"<p>VISIBLE<span class=MsoCommentReference><a style='mso-comment-reference:J_1'>{CANARY}</a></span></p>"
        f"<div style='mso-element:comment-list'><p class=MsoCommentText>{CANARY}</p></div>", encoding="utf-8")
    (text / "comment--word-anchor.html").write_text(
        f"<p>VISIBLE<a class=msocomanchor href='#_msocom_1'>[{CANARY}]</a></p><div id='_com_1' class=msocomtxt>{CANARY}</div>"
        f"<p><span style='mso-comment-author:\"{CANARY}\"'>{CANARY}</span></p>", encoding="utf-8")
    (text / "header--word.html").write_text(
        f"<p>VISIBLE</p><div style='mso-element:header'><p>{CANARY}</p></div>", encoding="utf-8")
    (text / "footer--word.html").write_text(
        f"<p>VISIBLE</p><div style='mso-element:footer'><p>{CANARY}</p></div>", encoding="utf-8")
    change = f'cite="mailto:{CANARY}" datetime="2025-06-01T10:00"'
    (text / "tracked-deletion--word.html").write_text(
        f"<p>VISIBLE <span class=msoDel><del {change}>{CANARY} </del></span>text</p>", encoding="utf-8")
    (text / "tracked-deletion--class-alone.html").write_text(
        f"<p>VISIBLE <span class='SpellE msoDel'>{CANARY}</span></p>", encoding="utf-8")
    (text / "tracked-deletion--blocks.html").write_text(
        f"<p>VISIBLE</p><del datetime='2025-06-01T10:00'><h2>{CANARY}</h2><ul><li>{CANARY}<br>{CANARY}</li></ul></del>", encoding="utf-8")
    (text / "tracked-deletion--inserted.html").write_text(
        f"<p>VISIBLE <span class=msoIns><ins {change}><span class=msoDel><del {change}><a href='https://{CANARY}.example'>{CANARY}</a>"
        "</del></span></ins></span></p>", encoding="utf-8")
    (text / "tracked-insertion--word.html").write_text(
        f"<p><span class=msoIns><ins {change}>VISIBLE</ins></span></p>", encoding="utf-8")
    (text / "tracked-deletion--email.eml").write_bytes((
        "From: jane@police.example\r\nSubject: Return\r\nMIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
        f"<p>VISIBLE <del {change}>{CANARY}</del></p>\r\n").encode("ascii"))
    sheet = "<style><!-- /* For mail */ .pre, td.x {display:none !important} #old{visibility:hidden} address{mso-hide:all} --></style>"
    page = (f"<html><head>{sheet}</head><body><p class='Pre'>{CANARY}</p><p>VISIBLE</p><div id=old>{CANARY}<b>{CANARY}</b></div>"
            f"<address>{CANARY}</address><table><tr><td class=x>{CANARY}<td>VISIBLE</table><input class=pre value={CANARY}></body></html>")
    (text / "hidden-text--style-sheet.html").write_text(page, encoding="utf-8")
    (text / "hidden-text--style-sheet.eml").write_bytes((
        "From: jane@police.example\r\nSubject: Return\r\nMIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
        f"{page}\r\n").encode("ascii"))
    (text / "page-code--script.html").write_text(
        f"<html><head><title>{CANARY}</title></head><p>VISIBLE<script>{CANARY}</script><style>{CANARY}</style><!-- {CANARY} --></p></html>", encoding="utf-8")


# --- Hostile and broken documents ---------------------------------------------------------------------------------


def hostile():
    folder = HERE / "hostile"

    def save(name, main=None, more=None):
        parts = word(para("text"), more=more)
        if main is not None:
            parts["word/document.xml"] = main
        archive(folder / name, parts)

    save("bomb.docx", f"<w:document {W}><w:body>{para('text')}" + " " * (70 << 20) + "</w:body></w:document>")
    save("deep.docx", f"<w:document {W}><w:body>" + "<w:sdt>" * 20_000 + "</w:sdt>" * 20_000 + "</w:body></w:document>")
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    save("entities.docx", f'<!DOCTYPE x [<!ENTITY l0 "lol">{laughs}]><w:document {W}><w:body><w:p><w:r><w:t>&l9;</w:t></w:r></w:p></w:body></w:document>')
    save("external-entity.docx", f'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hosts">]><w:document {W}><w:body><w:p><w:r><w:t>&e;</w:t></w:r></w:p></w:body></w:document>')
    save("not-closed.docx", f"<w:document {W}><w:body><w:p><w:r><w:t>text")
    save("no-text.docx", "")
    (folder / "not-an-archive.docx").write_bytes(b"This is no Word document.")
    (folder / "empty.docx").write_bytes(b"")
    whole = (HERE / "people/headings.docx").read_bytes()
    (folder / "cut-off.docx").write_bytes(whole[:len(whole) // 2])
    (folder / "encrypted.docx").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "EncryptedPackage".encode("utf-16-le") + bytes(1000))
    flagged = bytearray(whole)
    for found in re.finditer(b"PK\x01\x02|PK\x03\x04", whole):
        flagged[found.start() + (8 if whole[found.start() + 2] == 1 else 6)] |= 1
    (folder / "encrypted-parts.docx").write_bytes(bytes(flagged))
    (folder / "old.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504))
    (folder / "rich.rtf").write_bytes(b"{\\rtf1 text}")
    (folder / "rich-inside.docx").write_bytes(b"{\\rtf1 text}")
    (folder / "scan.pdf").write_bytes(b"%PDF-1.7 text")
    (folder / "mac.pages").write_bytes(b"PK\x03\x04")
    (folder / "message.msg").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504))
    archive(folder / "locked.odt", {**open_document("<text:p>x</text:p>"), "META-INF/manifest.xml": "<manifest><encryption-data/></manifest>"})
    archive(folder / "paths.docx", {**word(para("text")), "../../evil.txt": "x", "/etc/evil": "x", "C:\\evil": "x"})


if __name__ == "__main__":
    for folder in ("people", "canaries", "hostile", "example"):
        (HERE / folder).mkdir(exist_ok=True)
        for old in (HERE / folder).rglob("*"):
            if old.is_file() and old.suffix != ".expected":
                old.unlink()
    example()
    people()
    canaries()
    hostile()
