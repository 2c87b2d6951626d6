"""The numbers and bullets of lists, which Word prints and does not write."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.pipeline.readers.worded import p, part, texts


def _level(at: int, form: str, text: str, more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{text}"/>{more}</w:lvl>'
    )


def _numbering(
    *levels: str, lists: str = '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
) -> str:
    abstract = f'<w:abstractNum w:abstractNumId="0">{"".join(levels)}</w:abstractNum>'
    return part("numbering", abstract + lists)


def _item(text: str, level: int = 0, number: int = 1) -> str:
    own = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    return p(text, properties=own) if text else p(properties=own)


def _printed(tmp_path: Path, numbering: str, *items: str, styles: str = "") -> list[str]:
    parts = {"numbering": numbering, "styles": part("styles", styles)}
    return texts(tmp_path, *items, parts=parts)


@pytest.mark.parametrize(
    ("form", "text", "printed"),
    [
        ("decimal", "%1.", ["1. a", "2. a", "3. a"]),
        ("decimal", "Progetto %1 –", ["Progetto 1 – a", "Progetto 2 – a", "Progetto 3 – a"]),
        ("decimalZero", "%1)", ["01) a", "02) a", "03) a"]),
        ("upperRoman", "Asse %1:", ["Asse I: a", "Asse II: a", "Asse III: a"]),
        ("lowerLetter", "%1.", ["a. a", "b. a", "c. a"]),
        ("ordinal", "%1", ["1° a", "2° a", "3° a"]),
        ("bullet", "•", ["• a", "• a", "• a"]),
        ("bullet", "", ["a", "a", "a"]),
        ("none", "", ["a", "a", "a"]),
        ("chineseCounting", "%1.", ["1. a", "2. a", "3. a"]),
    ],
)
def test_forms(form: str, text: str, printed: list[str], tmp_path: Path) -> None:
    numbering = _numbering(_level(0, form, text))
    assert _printed(tmp_path, numbering, *[_item("a")] * 3) == printed


def test_letters_go_on_behind_z(tmp_path: Path) -> None:
    numbering = _numbering(_level(0, "upperLetter", "%1."))
    found = _printed(tmp_path, numbering, *[_item("a")] * 28)
    assert [found[at] for at in (25, 26, 27)] == ["Z. a", "AA. a", "BB. a"]


def test_levels_count_within_each_other(tmp_path: Path) -> None:
    numbering = _numbering(_level(0, "decimal", "%1."), _level(1, "upperRoman", "%1.%2"))
    items = [_item("a", level) for level in (0, 1, 1, 0, 1)]
    assert _printed(tmp_path, numbering, *items) == [
        *("1. a", "1.I a", "1.II a", "2. a", "2.I a"),
    ]
    legal = _numbering(_level(0, "upperRoman", "%1."), _level(1, "decimal", "%1.%2", "<w:isLgl/>"))
    assert _printed(tmp_path, legal, *items)[2] == "1.2 a"
    on = _level(1, "decimal", "%2)", '<w:lvlRestart w:val="0"/>')
    kept = _numbering(_level(0, "decimal", "%1."), on)
    assert _printed(tmp_path, kept, *items)[4] == "3) a"


def test_lists_of_one_kind_count_on_unless_they_start_anew(tmp_path: Path) -> None:
    anew = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
    lists = "".join(
        f'<w:num w:numId="{n}"><w:abstractNumId w:val="0"/>{own}</w:num>'
        for n, own in ((1, ""), (2, ""), (3, anew))
    )
    numbering = _numbering(_level(0, "decimal", "%1."), lists=lists)
    items = [_item("a", 0, number) for number in (1, 1, 2, 3, 3)]
    assert _printed(tmp_path, numbering, *items) == ["1. a", "2. a", "3. a", "5. a", "6. a"]


def test_a_style_numbers_its_paragraphs(tmp_path: Path) -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="H1"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr>'
        "</w:pPr></w:style>"
        '<w:style w:type="paragraph" w:styleId="H2"><w:basedOn w:val="H1"/></w:style>'
    )
    numbering = _numbering(
        _level(0, "decimal", "Progetto %1 –", '<w:pStyle w:val="H1"/>'),
        _level(1, "decimal", "%1.%2", '<w:pStyle w:val="H2"/>'),
    )
    of = [p("a", properties=f'<w:pStyle w:val="{style}"/>') for style in ("H1", "H2", "H1")]
    off = '<w:pStyle w:val="H1"/><w:numPr><w:numId w:val="0"/></w:numPr>'
    found = _printed(tmp_path, numbering, *of, p("a", properties=off), styles=styles)
    assert found == ["Progetto 1 – a", "1.1 a", "Progetto 2 – a", "a"]


def test_an_empty_item_counts_and_prints_no_mark_of_the_next_line(tmp_path: Path) -> None:
    numbering = _numbering(_level(0, "decimal", "%1."))
    assert _printed(tmp_path, numbering, _item("a"), _item(""), _item("b")) == ["1. a", "", "3. b"]


def test_letters_of_fonts_of_pictures_are_signs(tmp_path: Path) -> None:
    font = '<w:rPr><w:rFonts w:ascii="Wingdings"/></w:rPr>'
    numbering = _numbering(_level(0, "bullet", "v", font))
    assert _printed(tmp_path, numbering, _item("a")) == ["\uf076 a"]


@pytest.mark.parametrize("start", ["2147483647", "-5", "²", "x", "9" * 5000])
def test_absurd_numbers_do_no_harm(start: str, tmp_path: Path) -> None:
    for form in ("lowerLetter", "upperRoman", "decimal"):
        level = _level(0, form, "%1.").replace('w:val="1"', f'w:val="{start}"')
        (found,) = _printed(tmp_path, _numbering(level), _item("a"))
        assert len(found) < 20
