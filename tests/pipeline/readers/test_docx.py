"""What is printed of a Word file, construct by construct; the XML is made by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.pipeline.readers.worded import document, field, p, part, r, relations, table, texts, word

_BREAK = r("<w:br/>")
_PAGE = r('<w:br w:type="page"/>')
_LINES = '<w:tblBorders><w:top w:val="single"/></w:tblBorders>'


def test_a_paragraph_is_a_line_without_page_and_box(tmp_path: Path) -> None:
    found = document(tmp_path, word(p("Costo ", "totale"), p(), p("in corso")))
    assert [line.text for line in found.lines] == ["Costo totale", "", "in corso"]
    assert [line.number for line in found.lines] == [1, 2, 3]
    assert {(line.page, line.box, line.begins) for line in found.lines} == {(None, None, True)}
    assert (found.pages, found.reader) == (None, "docx")
    assert found.media_type.endswith("wordprocessingml.document")
    assert found.notes == []


def test_line_breaks_part_lines_and_do_not_begin_paragraphs(tmp_path: Path) -> None:
    found = document(tmp_path, word(p("uno", _BREAK, "due", _PAGE, "tre"), p(_PAGE, "quattro")))
    assert [(line.text, line.begins) for line in found.lines] == [
        ("uno", True),
        ("due", False),
        ("tre", True),
        ("quattro", True),
    ]


@pytest.mark.parametrize(
    ("run", "text"),
    [
        (r("<w:tab/>"), "a b"),
        (r("<w:noBreakHyphen/>"), "a\u2011b"),
        (r("<w:softHyphen/>"), "a\u00adb"),
        (r('<w:sym w:font="Wingdings" w:char="F0E0"/>'), "a\uf0e0b"),
        (r('<w:sym w:font="Wingdings" w:char="E0"/>'), "a\uf0e0b"),
        (r('<w:sym w:font="Symbol" w:char="F0A0"/>'), "a€b"),
        (r('<w:sym w:font="Symbol" w:char="rubbish"/>'), "a\ufffdb"),
        ("<w:r><w:t> x </w:t></w:r>", "axb"),
        ('<w:hyperlink w:anchor="x">' + r("x") + "</w:hyperlink>", "axb"),
        ("<w:sdt><w:sdtPr/><w:sdtContent>" + r("x") + "</w:sdtContent></w:sdt>", "axb"),
        ("<w:ins>" + r("x") + "</w:ins>", "axb"),
        ("<w:del><w:r><w:delText>x</w:delText></w:r></w:del>", "ab"),
        ("<w:moveFrom>" + r("x") + "</w:moveFrom>", "ab"),
        (r("x", "<w:vanish/>"), "ab"),
        (r("x", '<w:vanish w:val="0"/>'), "axb"),
        (field(" PAGEREF _Toc1 ", r("x")), "axb"),
        (field(" IF ", field(" REF y ", r("x"))), "axb"),
        ('<w:fldSimple w:instr="PAGE">' + r("x") + "</w:fldSimple>", "axb"),
        ("<w:r><w:commentReference/></w:r>", "ab"),
        ("<w:r><w:lastRenderedPageBreak/></w:r>", "ab"),
    ],
)
def test_what_runs_print(run: str, text: str, tmp_path: Path) -> None:
    assert texts(tmp_path, p("a", run, "b")) == [text]


def test_a_field_that_never_ends_takes_nothing_with_it(tmp_path: Path) -> None:
    begun = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC</w:instrText></w:r>'
    assert texts(tmp_path, p("a", begun), p("b")) == ["a", "b"]
    endless = p(field("TOC", r("Progetto 1"), ends=False))
    found = document(tmp_path, word(endless, p("Progetto 2")))
    assert [line.role for line in found.lines] == [None, None]


def test_the_entries_of_a_contents_field_are_front_matter(tmp_path: Path) -> None:
    begin, end = field("TOC", "", ends=False), '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    found = document(
        tmp_path, word(p(begin, "Casa", r("<w:tab/>"), "3"), p("Parco", end), p(end, "Casa"))
    )
    assert [line.role for line in found.lines] == ["front_matter", "front_matter", None]


def test_old_forms_show_what_was_chosen(tmp_path: Path) -> None:
    def form(data: str) -> str:
        return (
            f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData>{data}</w:ffData></w:fldChar></w:r>'
            '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        )

    entries = '<w:listEntry w:val="in corso"/><w:listEntry w:val="completato"/>'
    chosen = form(f'<w:ddList><w:result w:val="1"/>{entries}</w:ddList>')
    assert texts(tmp_path, p("Stato: ", chosen)) == ["Stato: completato"]
    assert texts(tmp_path, p(form("<w:checkBox><w:checked/></w:checkBox>"), " sì")) == ["☒ sì"]


# -- tracked changes and what is not shown ------------------------------------------------------


def test_struck_out_text_is_not_read_and_said(tmp_path: Path) -> None:
    struck = "<w:del><w:r><w:delText>9.999,00</w:delText></w:r></w:del>"
    found = document(
        tmp_path, word(p("prima"), p("€ ", struck, "<w:ins>" + r("1,00") + "</w:ins>"))
    )
    assert [line.text for line in found.lines] == ["prima", "€ 1,00"]
    assert [(note.rule, note.line, note.text) for note in found.notes] == [
        ("tracked_change", 2, "€ 1,00")
    ]


@pytest.mark.parametrize("mark", ["<w:del/>", "<w:moveFrom/>", "<w:vanish/>"])
def test_a_paragraph_whose_mark_is_gone_runs_on(mark: str, tmp_path: Path) -> None:
    gone = p("Casa ", properties=f"<w:rPr>{mark}</w:rPr>")
    assert texts(tmp_path, gone, p("e comunità"), p("b")) == ["Casa e comunità", "b"]
    assert texts(tmp_path, gone) == ["Casa "]


def test_a_struck_row_of_a_table_is_not_read(tmp_path: Path) -> None:
    row = f"<w:tr><w:trPr><w:del/></w:trPr><w:tc>{p('via')}</w:tc></w:tr>"
    rows = table(["a", "b"]).replace("</w:tbl>", f"{row}</w:tbl>")
    found = document(tmp_path, word(rows))
    assert [line.text for line in found.lines] == ["a", "b"]
    assert [note.rule for note in found.notes] == ["tracked_change"]


def test_hidden_text_is_said(tmp_path: Path) -> None:
    style = '<w:style w:type="character" w:styleId="h"><w:rPr><w:vanish/></w:rPr></w:style>'
    found = document(
        tmp_path,
        word(p("a", r("nota", '<w:rStyle w:val="h"/>')), parts={"styles": part("styles", style)}),
    )
    assert [line.text for line in found.lines] == ["a"]
    assert [(note.rule, note.line, note.text) for note in found.notes] == [
        ("hidden_text", 1, "nota")
    ]


def test_objects_whose_text_is_not_read_are_said(tmp_path: Path) -> None:
    sheet = r('<w:object><o:OLEObject ProgID="Excel.Sheet.12"/></w:object>')
    chart = r(
        "<w:drawing><wp:inline><a:graphic><a:graphicData><c:chart/></a:graphicData></a:graphic>"
        "</wp:inline></w:drawing>"
    )
    found = document(tmp_path, word(p("a"), p(sheet), p("b", chart)))
    assert [(note.rule, note.line) for note in found.notes] == [
        ("object_unread", 2),
        ("object_unread", 3),
    ]
    assert "Excel.Sheet.12" in found.notes[0].message


# -- links ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("printed", ["qui", "https://www.example.it/a"])
@pytest.mark.parametrize("way", ["relation", "field"])
def test_a_link_that_is_not_printed_is_said(way: str, printed: str, tmp_path: Path) -> None:
    address = "https://www.example.it/a/"
    link = (
        f'<w:hyperlink r:id="r9">{r(printed)}</w:hyperlink>'
        if way == "relation"
        else field(f' HYPERLINK "{address}" \\o "x" ', r(printed))
    )
    data = word(p("vedi ", link), related=relations(("r9", "hyperlink", address)))
    found = document(tmp_path, data)
    assert [line.text for line in found.lines] == [f"vedi {printed}"]
    said = [(note.rule, note.text) for note in found.notes]
    assert said == ([("link_not_printed", address)] if printed == "qui" else [])


# -- styles --------------------------------------------------------------------------------------

_STYLES = part(
    "styles",
    '<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="22"/></w:rPr></w:rPrDefault></w:docDefaults>'
    '<w:style w:type="paragraph" w:default="1" w:styleId="N"/>'
    '<w:style w:type="paragraph" w:styleId="T"><w:basedOn w:val="N"/>'
    '<w:rPr><w:b/><w:sz w:val="36"/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="T2"><w:basedOn w:val="T"/></w:style>'
    '<w:style w:type="character" w:styleId="F"><w:rPr><w:b/></w:rPr></w:style>',
)


def test_size_and_weight_follow_the_styles(tmp_path: Path) -> None:
    def line(*runs: str, style: str = "") -> tuple[float | None, bool | None, int]:
        named = f'<w:pStyle w:val="{style}"/>' if style else ""
        data = word(p(*runs, properties=named), parts={"styles": _STYLES})
        (only,) = document(tmp_path, data).lines
        return only.size, only.bold, only.bold_lead

    assert line("testo") == (11.0, False, 0)
    assert line("Progetto 1", style="T2") == (18.0, True, 10)
    assert line(r("Costo", "<w:b/>"), " € 1") == (11.0, False, 5)
    assert line(r("Costo", '<w:rStyle w:val="F"/>'), " € 1") == (11.0, False, 5)
    # Bold twice over is not bold; said at the run itself it is.
    assert line(r("Casa", '<w:rStyle w:val="F"/>'), style="T")[1] is False
    assert line(r("Casa", '<w:rStyle w:val="F"/><w:b/>'), style="T")[1] is True
    assert line(r("Casa", '<w:b w:val="false"/><w:sz w:val="20"/>'), style="T") == (10.0, False, 0)


def test_without_styles_the_defaults_of_the_format_hold(tmp_path: Path) -> None:
    (line,) = document(tmp_path, word(p("a"))).lines
    assert (line.size, line.bold) == (10.0, False)


def test_styles_based_on_each_other_in_a_circle_end(tmp_path: Path) -> None:
    circle = "".join(
        f'<w:style w:type="paragraph" w:styleId="{a}"><w:basedOn w:val="{b}"/></w:style>'
        for a, b in ("xy", "yx")
    )
    parts = {"styles": part("styles", circle)}
    assert texts(tmp_path, p("a", properties='<w:pStyle w:val="x"/>'), parts=parts) == ["a"]


def test_raised_digits_are_marks(tmp_path: Path) -> None:
    raised = r("2", '<w:vertAlign w:val="superscript"/>')
    (line,) = document(tmp_path, word(p("Titolo", raised))).lines
    assert (line.text, line.superscripts) == ("Titolo2", ((6, 7),))


def test_dots_lead_over_a_lines_last_tab(tmp_path: Path) -> None:
    stop = '<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="9000"/></w:tabs>'
    found = texts(tmp_path, p("1", r("<w:tab/>"), "Costo", r("<w:tab/>"), "€ 1", properties=stop))
    assert found == ["1 Costo ..... € 1"]


def test_the_places_of_tabs_are_known(tmp_path: Path) -> None:
    (line,) = document(tmp_path, word(p("Costo", r("<w:tab/>"), "€ 1", r("<w:tab/>"), "x"))).lines
    assert (line.text, line.tabs) == ("Costo € 1 x", (5, 9))


# -- tables --------------------------------------------------------------------------------------


def _cells(tmp_path: Path, *blocks: str) -> list[tuple[str, tuple[int, int, int] | None]]:
    return [(line.text, line.cell) for line in document(tmp_path, word(*blocks)).lines]


def test_labels_and_values_are_read_row_by_row(tmp_path: Path) -> None:
    rows = table(["Risorse PON METRO", "€ 1"], ["Stato di attuazione", p("in") + p("corso")])
    assert _cells(tmp_path, rows) == [
        ("Risorse PON METRO", (1, 0, 0)),
        ("€ 1", (1, 0, 1)),
        ("Stato di attuazione", (1, 1, 0)),
        ("in", (1, 1, 1)),
        ("corso", (1, 1, 1)),
    ]


def test_a_list_in_columns_is_read_column_by_column(tmp_path: Path) -> None:
    rows = [["via A 1", "via C 3"], ["via B 2", "via D 4"]]
    by_column = ["via A 1", "via B 2", "via C 3", "via D 4"]
    assert [text for text, _ in _cells(tmp_path, table(*rows))] == by_column
    ruled = [text for text, _ in _cells(tmp_path, table(*rows, properties=_LINES))]
    assert ruled == ["via A 1", "via C 3", "via B 2", "via D 4"]


def test_a_frame_is_no_table(tmp_path: Path) -> None:
    frame = table([p("a") + p("b"), p()], properties=_LINES)
    assert _cells(tmp_path, frame, p("c")) == [("a", None), ("b", None), ("c", None)]


def test_merged_cells_keep_their_columns(tmp_path: Path) -> None:
    wide = "<w:tcPr><w:gridSpan w:val='2'/></w:tcPr>"
    start = '<w:tcPr><w:vMerge w:val="restart"/></w:tcPr>'
    more = "<w:tcPr><w:vMerge/></w:tcPr>"
    found = document(
        tmp_path,
        word(
            table(
                [wide + p("a"), "b"],
                [start + p("c"), "d", "e"],
                [more + p("coperto"), "f", "g"],
                properties=_LINES,
            )
        ),
    )
    assert [(line.text, line.cell) for line in found.lines] == [
        ("a", (1, 0, 0)),
        ("b", (1, 0, 2)),
        ("c", (1, 1, 0)),
        ("d", (1, 1, 1)),
        ("e", (1, 1, 2)),
        ("f", (1, 2, 1)),
        ("g", (1, 2, 2)),
    ]
    assert [(note.rule, note.text) for note in found.notes] == [("hidden_text", "coperto")]


def test_labels_over_their_sums_are_read_each_with_its_own(tmp_path: Path) -> None:
    heads, sums = ["Risorse PON METRO", "Costo totale"], ["€ 1.000,00", "€ 1.200,00"]
    found = texts(tmp_path, table(["", "Quadro"], ["", *heads], ["", *sums]))
    assert [text for text in found if text.strip()] == [
        *["Quadro", "Risorse PON METRO", "€ 1.000,00", "Costo totale", "€ 1.200,00"]
    ]
    # Two rows of sums: no label says which.
    found = texts(tmp_path, table(heads, sums, sums))
    assert found[:2] == heads


def test_a_table_in_a_cell_has_cells_of_its_own(tmp_path: Path) -> None:
    inner = table(["Risorse private", "€ 2"])
    found = _cells(tmp_path, table(["Risorse", inner + p()], properties=_LINES))
    assert found == [
        ("Risorse", (1, 0, 0)),
        ("Risorse private", (2, 0, 0)),
        ("€ 2", (2, 0, 1)),
    ]


# -- text boxes and pictures ---------------------------------------------------------------------


def _box(*paragraphs: str) -> str:
    content = f"<w:txbxContent>{''.join(paragraphs)}</w:txbxContent>"
    return (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor>'
        f"<a:graphic><a:graphicData><wps:wsp><wps:txbx>{content}</wps:txbx></wps:wsp>"
        "</a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict>"
        f"<v:shape><v:textbox>{content}</v:textbox></v:shape></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )


def test_a_text_box_is_read_once_behind_its_paragraph(tmp_path: Path) -> None:
    box = _box(p("nel riquadro"), p("due"))
    assert texts(tmp_path, p("pri", box, "ma"), p("poi")) == ["prima", "nel riquadro", "due", "poi"]


def test_a_code_in_a_box_stands_before_its_title(tmp_path: Path) -> None:
    assert _cells(tmp_path, p(_box(p("MI4.1.1.a")), "Casa")) == [
        ("MI4.1.1.a", (1, 0, 0)),
        ("Casa", (1, 0, 1)),
    ]


@pytest.mark.parametrize(("size", "sign"), [(10, True), (80, False)])
def test_a_small_picture_stands_beside_its_line(size: int, sign: bool, tmp_path: Path) -> None:
    drawn = r(
        f'<w:drawing><wp:inline><wp:extent cx="{size * 12700}" cy="{size * 12700}"/>'
        "<a:graphic><a:graphicData><pic:pic/></a:graphicData></a:graphic></wp:inline></w:drawing>"
    )
    old = r(
        f'<w:pict><v:shape style="width:{size}pt;height:{size}pt"><v:imagedata/></v:shape></w:pict>'
    )
    for picture in (drawn, old):
        (line,) = document(tmp_path, word(p(picture, "via Dante 1"))).lines
        assert line.picture is sign


# -- headers, footers, notes ---------------------------------------------------------------------


def _section(*shown: tuple[str, str, str], more: str = "") -> str:
    inner = "".join(f'<w:{k}Reference w:type="{t}" r:id="{key}"/>' for k, t, key in shown)
    return f"<w:sectPr>{inner}{more}</w:sectPr>"


@pytest.mark.parametrize("first", [True, False])
def test_running_lines_are_furniture_and_notes_footnotes(first: bool, tmp_path: Path) -> None:
    parts = {
        "header1": part("hdr", p("PON Metro")),
        "header2": part("hdr", p("Copertina")),
        "footer1": part("ftr", p("pagina ", field("PAGE", r("1")))),
        "footnotes": part(
            "footnotes",
            f'<w:footnote w:id="1">{p("mai citata")}</w:footnote>'
            f'<w:footnote w:id="2">{p("al netto")}</w:footnote>',
        ),
    }
    section = _section(
        ("header", "default", "r0"),
        ("header", "first", "r1"),
        ("footer", "default", "r2"),
        more="<w:titlePg/>" if first else "",
    )
    cited = r('<w:footnoteReference w:id="2"/>')
    found = document(tmp_path, word(p("testo", cited), section, parts=parts))
    assert [(line.text, line.role) for line in found.lines] == [
        ("PON Metro", "furniture"),
        *([("Copertina", "furniture")] if first else []),
        ("testo", None),
        ("al netto", "footnote"),
        ("pagina 1", "furniture"),
    ]


def test_the_same_header_of_each_section_is_one(tmp_path: Path) -> None:
    parts = {f"header{n}": part("hdr", p("PON Metro")) for n in (1, 2)}
    sections = [_section(("header", "default", f"r{n}")) for n in (0, 1)]
    blocks = [p("a", properties=sections[0]), p("b"), sections[1]]
    assert texts(tmp_path, *blocks, parts=parts) == ["PON Metro", "a", "b"]
