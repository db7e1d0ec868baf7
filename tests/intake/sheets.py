"""Makes the spreadsheets of tests/intake/sheets/ from the tables of the worked example, and lists as partnerships keep them.

    pip install openpyxl==3.1.5 odfpy==1.4.1
    python tests/intake/sheets.py

The files are in the repository, so that the tests need neither Python nor these packages.
"""

import csv
import datetime
import pathlib
import re

import openpyxl
from odf import style, table, text
from odf.number import DateStyle, Month, Text, Year
from odf.office import Annotation
from odf.opendocument import OpenDocumentSpreadsheet
from openpyxl.comments import Comment
from openpyxl.styles import Font

HERE = pathlib.Path(__file__).parent
TABLES = ["attendance", "contributions", "budget"]


def rows(name):
    with open(HERE.parent.parent / f"content/2019-20/data/{name}.csv", encoding="utf-8") as file:
        return list(csv.reader(file))


def value(cell):
    """A month as a date, an amount as a number, anything else as text."""
    if re.fullmatch(r"\d{4}-\d{2}", cell):
        return datetime.date(int(cell[:4]), int(cell[5:]), 1)
    if re.fullmatch(r"-?\d+(\.\d+)?", cell):
        return float(cell)
    return cell


def example_xlsx():
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name in TABLES:
        sheet = book.create_sheet(name.title())
        first = 1
        if name == "budget":
            sheet["A1"] = "Partnership budget 2019-20"
            first = 4
        for number, row in enumerate(rows(name), first):
            for column, cell in enumerate(row, 1):
                if cell == "":
                    continue
                made = sheet.cell(number, column, value(cell))
                if isinstance(made.value, datetime.date):
                    made.number_format = "mmm yyyy"
                elif isinstance(made.value, float):
                    made.number_format = '"£"#,##0.00'
        if name == "budget":
            # Income and expenditure are merged, as people lay a budget out.
            kinds = [row[0] for row in rows(name)]
            for kind in ["income", "expenditure"]:
                begin, end = first + kinds.index(kind), first + len(kinds) - 1 - kinds[::-1].index(kind)
                sheet.merge_cells(start_row=begin, end_row=end, start_column=1, end_column=1)
    secret = book.create_sheet("Workings")
    secret["A1"] = "CANARY-SHEET"
    secret.sheet_state = "hidden"
    book.save(HERE / "sheets/example.xlsx")


def example_ods():
    document = OpenDocumentSpreadsheet()
    month = DateStyle(name="N1")
    month.addElement(Month(textual="true"))
    month.addElement(Text(text=" "))
    month.addElement(Year(style="long"))
    document.automaticstyles.addElement(month)
    document.automaticstyles.addElement(style.Style(name="ce1", family="table-cell", datastylename="N1"))
    for name in TABLES:
        sheet = table.Table(name=name.title())
        sheet.addElement(table.TableColumn(numbercolumnsrepeated=16384))
        above = None
        for row in rows(name):
            line = table.TableRow()
            for column, cell in enumerate(row):
                shown = cell
                # A blank first column repeats the one above, except for the balance.
                if name == "budget" and column == 0 and cell == above and cell != "balance":
                    shown = ""
                what = value(shown)
                if isinstance(what, datetime.date):
                    made = table.TableCell(valuetype="date", datevalue=what.isoformat(), stylename="ce1")
                    made.addElement(text.P(text=what.strftime("%b %Y")))
                elif isinstance(what, float):
                    made = table.TableCell(valuetype="currency", currency="GBP", value=shown)
                    made.addElement(text.P(text=f"£{what:,.2f}"))
                elif shown:
                    made = table.TableCell(valuetype="string")
                    made.addElement(text.P(text=shown))
                else:
                    made = table.TableCell()
                line.addElement(made)
            above = row[0]
            line.addElement(table.TableCell(numbercolumnsrepeated=16384 - len(row)))
            sheet.addElement(line)
        empty = table.TableRow(numberrowsrepeated=1048000)
        empty.addElement(table.TableCell(numbercolumnsrepeated=16384))
        sheet.addElement(empty)
        document.spreadsheet.addElement(sheet)
    document.save(HERE / "sheets/example.ods")


def traps_xlsx():
    """What is hidden, commented or not worked out, and ticks of every kind."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Register"
    sheet.append(["Board attendance"])
    sheet.append([])
    sheet.append(["Member", "Organisation", datetime.date(2019, 6, 12), "Notes", datetime.date(2019, 9, 11)])
    sheet.append(["Chair", "", True, "CANARY-COLUMN", "ü"])
    sheet.append(["CANARY-ROW", "", True, "", "ü"])
    sheet.append(["Chief Nurse", "Clinical Commissioning Group", "P", "", "û"])
    sheet.append(["Director", "Council", "=1+1", "", "maybe"])
    for cell in ["E4", "E5", "E6"]:
        sheet[cell].font = Font(name="Wingdings")
    sheet["C6"].font = Font(name="Wingdings 2")
    sheet["C4"].comment = Comment("CANARY-COMMENT", "CANARY-AUTHOR")
    sheet.row_dimensions[5].hidden = True
    sheet.column_dimensions["D"].hidden = True
    book.save(HERE / "sheets/traps.xlsx")


def traps_ods():
    document = OpenDocumentSpreadsheet()
    hidden = style.Style(name="ta2", family="table")
    hidden.addElement(style.TableProperties(display="false"))
    document.automaticstyles.addElement(hidden)
    sheet = table.Table(name="Money")
    sheet.addElement(table.TableColumn(numbercolumnsrepeated=3))
    sheet.addElement(table.TableColumn(visibility="collapse"))
    for cells, visibility in [
        (["kind", "line", "amount", "CANARY-COLUMN"], "visible"),
        (["income", "Grant", 1000.5, ""], "visible"),
        (["CANARY-ROW", "x", 5.0, ""], "filter"),
        (["", "Fees", "formula", ""], "visible"),
    ]:
        line = table.TableRow(visibility=visibility)
        for cell in cells:
            if cell == "formula":
                made = table.TableCell(formula="of:=1+1")
            elif isinstance(cell, float):
                made = table.TableCell(valuetype="float", value=str(cell))
                made.addElement(text.P(text="one thousand"))
            else:
                made = table.TableCell(valuetype="string")
                made.addElement(text.P(text=cell))
            if cell == "Grant":
                note = Annotation()
                note.addElement(text.P(text="CANARY-COMMENT"))
                made.addElement(note)
            line.addElement(made)
        sheet.addElement(line)
    document.spreadsheet.addElement(sheet)
    secret = table.Table(name="Secret", stylename="ta2")
    line = table.TableRow()
    made = table.TableCell(valuetype="string")
    made.addElement(text.P(text="CANARY-SHEET"))
    line.addElement(made)
    secret.addElement(line)
    document.spreadsheet.addElement(secret)
    document.save(HERE / "sheets/traps.ods")


def indicators():
    """The rows of indicators.xlsx and indicators.ods: counts with separators, suppressed values, and what is not understood."""
    april = datetime.date(2019, 4, 1)
    return [
        ["Indicator", "Period", "Breakdown", "Value", "Note"],
        ["concerns", "2018-19", "", 1905.0, ""],
        ["", "2019-20", "", "1,985", "Late returns were added"],
        ["", "2019-20", "age: 18 to 64", "[c]", ""],
        ["", "2019-20", "age: 65 and over", "c", ""],
        ["", "2019-20", "age: not known", 0.0, ""],
        ["conversion", "2019-20", "", Share(0.402), ""],
        ["waiting", april, "", 4.5, ""],
        ["waiting", "2019/20", "", "about 5", ""],
    ]


class Share(float):
    """A number that is shown as a percentage."""


def indicators_xlsx():
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Performance"
    sheet.append(["Performance data 2019-20"])
    for row in indicators():
        sheet.append([cell if cell != "" else None for cell in row])
        for made in sheet[sheet.max_row]:
            if isinstance(made.value, datetime.date):
                made.number_format = "dd/mm/yyyy"
            elif isinstance(made.value, Share):
                made.number_format = "0.0%"
            elif isinstance(made.value, float):
                made.number_format = "#,##0.##"
    book.save(HERE / "sheets/indicators.xlsx")


def indicators_ods():
    document = OpenDocumentSpreadsheet()
    sheet = table.Table(name="Performance")
    for row in indicators():
        line = table.TableRow()
        for cell in row:
            if isinstance(cell, datetime.date):
                made = table.TableCell(valuetype="date", datevalue=cell.isoformat())
                made.addElement(text.P(text=cell.strftime("%d/%m/%Y")))
            elif isinstance(cell, Share):
                made = table.TableCell(valuetype="percentage", value=str(float(cell)))
                made.addElement(text.P(text=f"{cell:.1%}"))
            elif isinstance(cell, float):
                made = table.TableCell(valuetype="float", value=f"{cell:g}")
                made.addElement(text.P(text=f"{cell:,.0f}"))
            elif cell:
                made = table.TableCell(valuetype="string")
                made.addElement(text.P(text=cell))
            else:
                made = table.TableCell()
            line.addElement(made)
        sheet.addElement(line)
    document.spreadsheet.addElement(sheet)
    document.save(HERE / "sheets/indicators.ods")


ACTIONS = [
    # Grouped by meeting, as minutes are: the meeting stands in the first row alone.
    [datetime.date(2019, 6, 12), "TB/1", "Agree the terms of reference.", "Chair", None, "Done", ""],
    ["", "TB/2", "Ask the *rehabilitation company* for its figures.", "Head of Community Safety", datetime.date(2019, 9, 30), "Open", "Asked twice."],
    ["", "TB/3", "Publish the survey:\n• on the council's site\n• at libraries", "", None, "closed", ""],
    [datetime.date(2019, 9, 11), "TB/4", "Look at the plan again.", "Business Manager", datetime.date(2020, 1, 1), "Perhaps", ""],
]
AUDITS = [
    ["Audits and scrutiny 2019-20", "", "", "", "", ""],
    ["id", "kind", "status", "finding", "action", "declined"],
    ["section-11", "Audit", "Concluded", "Two agencies had no named lead.", "Both have named one.", ""],
    ["section-11", "Audit", "Concluded", "Records were kept late.", "", "It is the law's own time limit."],
    ["scrutiny-2019", "scrutiny", "ongoing", "Thresholds are read in different ways.", "A new guide.", ""],
    ["", "", "", "Children are not asked often enough.", "A panel of young people.", ""],
]
AGREEMENTS = [
    ["id", "name", "between", "version", "state", "agreed", "review_due", "approved by", "Filed under"],
    ["protocol", "Joint protocol of the boards", "police; council", "V0.5", "Agreed", datetime.date(2019, 5, 1), datetime.date(2019, 11, 1), "Chief executives", "G:/drive"],
]


def lists_xlsx():
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Action log"
    sheet.append(["Meeting", "Ref", "Decision", "Owner", "Due", "State", "Note"])
    for row in ACTIONS:
        sheet.append([cell or None for cell in row])
    audits = book.create_sheet("Audits")
    for row in AUDITS:
        audits.append([cell or None for cell in row])
    # People merge what belongs together.
    audits.merge_cells("A3:A4")
    agreements = book.create_sheet("Agreements")
    for row in AGREEMENTS:
        agreements.append(row)
    book.save(HERE / "sheets/lists.xlsx")


def lists_ods():
    document = OpenDocumentSpreadsheet()
    for name, rows in [("Audits", AUDITS[1:]), ("Agreements", AGREEMENTS)]:
        sheet = table.Table(name=name)
        for row in rows:
            line = table.TableRow()
            for cell in row:
                if isinstance(cell, datetime.date):
                    made = table.TableCell(valuetype="date", datevalue=cell.isoformat())
                    made.addElement(text.P(text=cell.strftime("%d/%m/%Y")))
                elif cell:
                    made = table.TableCell(valuetype="string")
                    made.addElement(text.P(text=cell))
                else:
                    made = table.TableCell()
                line.addElement(made)
            sheet.addElement(line)
        document.spreadsheet.addElement(sheet)
    document.save(HERE / "sheets/lists.ods")


def training_xlsx():
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Courses"
    sheet.append(["Course", "Date", "Agency", "Places", "Attended", "Evaluated"])
    sheet.append(["Working with families", datetime.date(2019, 10, 3), None, 20, 18, 0.5])
    sheet["F2"].number_format = "0%"
    sheet.append(["Working with families", datetime.date(2019, 10, 3), "police", None, 7, None])
    sheet.append(["Domestic abuse awareness", datetime.date(2019, 7, 18), None, 30, 26, None])
    book.save(HERE / "sheets/training.xlsx")


if __name__ == "__main__":
    (HERE / "sheets").mkdir(exist_ok=True)
    example_xlsx()
    example_ods()
    traps_xlsx()
    traps_ods()
    indicators_xlsx()
    indicators_ods()
    lists_xlsx()
    lists_ods()
    training_xlsx()
