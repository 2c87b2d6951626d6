"""What befalls a PDF on its way: distilled again, repacked, locked, turned, cropped, scanned."""

from __future__ import annotations

import io
import re
import subprocess
import tempfile
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path

OWNER, USER = "padrona", "segreta"
"""Passwords of the locked files."""


def _through(command: list[str], pdf: bytes) -> bytes:
    """Run a command whose ``IN`` and ``OUT`` are files; give what it wrote."""
    with tempfile.TemporaryDirectory() as folder:
        source, made = Path(folder) / "in.pdf", Path(folder) / "out.pdf"
        source.write_bytes(pdf)
        names = {"IN": str(source), "OUT": str(made)}
        subprocess.run(
            [names.get(word, word) for word in command],
            check=True,
            capture_output=True,
            timeout=180,
        )
        return made.read_bytes()


def distilled(pdf: bytes) -> bytes:
    """Ghostscript writes it anew."""
    return _through(
        ["gs", "-q", "-dBATCH", "-dNOPAUSE", "-sDEVICE=pdfwrite", "-o", "OUT", "IN"], pdf
    )


def linearized(pdf: bytes) -> bytes:
    """Written for the web, first page first."""
    return _through(["qpdf", "--warning-exit-0", "--linearize", "IN", "OUT"], pdf)


def object_streams(pdf: bytes) -> bytes:
    """Objects packed into streams, as PDF 1.5 allows."""
    return _through(["qpdf", "--warning-exit-0", "--object-streams=generate", "IN", "OUT"], pdf)


def owner_locked(pdf: bytes) -> bytes:
    """Readable by all, printing forbidden: AES of 256 bits with an empty user password."""
    command = ["qpdf", "--warning-exit-0", "--encrypt", "", OWNER, "256", "--print=none", "--"]
    return _through([*command, "IN", "OUT"], pdf)


def user_locked(pdf: bytes) -> bytes:
    """Readable with :data:`USER` only."""
    command = ["qpdf", "--warning-exit-0", "--encrypt", USER, OWNER, "256", "--"]
    return _through([*command, "IN", "OUT"], pdf)


def rotated(pdf: bytes) -> bytes:
    """Every page shown turned by ``/Rotate 90``, as a wide scan of an upright sheet is."""
    return _through(["qpdf", "--warning-exit-0", "--rotate=+90:1-z", "IN", "OUT"], pdf)


def upright_by_rotation(pdf: bytes) -> bytes:
    """Pages whose content lies on its side and whose ``/Rotate`` sets it upright again."""
    import pypdfium2 as pdfium

    document = pdfium.PdfDocument(pdf)
    made = pdfium.PdfDocument.new()
    for index, page in enumerate(document):
        width, height = page.get_size()
        turned = made.new_page(height, width)
        sheet = document.page_as_xobject(index, made).as_pageobject()
        sheet.set_matrix(pdfium.PdfMatrix(0, 1, -1, 0, height, 0))
        turned.insert_obj(sheet)
        turned.gen_content()
        turned.set_rotation(90)
    return _saved(made)


def _saved(document) -> bytes:  # type: ignore[no-untyped-def]
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def cropped(pdf: bytes) -> bytes:
    """A crop box 12 points inside the media box."""
    import pypdfium2 as pdfium

    document = pdfium.PdfDocument(pdf)
    for page in document:
        left, bottom, right, top = page.get_mediabox()
        page.set_cropbox(left + 12, bottom + 12, right - 12, top - 12)
    return _saved(document)


def offset(pdf: bytes) -> bytes:
    """A media box whose corner is not the origin."""
    import pypdfium2 as pdfium

    document = pdfium.PdfDocument(pdf)
    for page in document:
        left, bottom, right, top = page.get_mediabox()
        page.set_mediabox(left - 40, bottom - 25, right + 10, top + 10)
    return _saved(document)


def two_a_sheet(pdf: bytes) -> bytes:
    """Two pages side by side on each sheet, smaller, as a print dialogue offers."""
    import pypdfium2 as pdfium
    import pypdfium2.raw as raw

    document = pdfium.PdfDocument(pdf)
    return _saved(pdfium.PdfDocument(raw.FPDF_ImportNPagesToOne(document.raw, 842, 595, 2, 1)))


def _mapped(pdf: bytes, change: Callable[[str], str]) -> bytes:
    """Change what the fonts' character maps say; a glyph mapped to "" loses its entry."""
    import pikepdf

    with pikepdf.open(io.BytesIO(pdf)) as document:
        for thing in document.objects:
            if isinstance(thing, pikepdf.Dictionary) and "/ToUnicode" in thing:
                entries = list(_entries(thing.ToUnicode.read_bytes().decode("latin-1")))
                thing.ToUnicode = document.make_stream(_cmap(entries, change))
        buffer = io.BytesIO()
        document.save(buffer, deterministic_id=True)
    return buffer.getvalue()


_BLOCK = re.compile(r"begin(bfchar|bfrange)(.*?)endbf", re.DOTALL)
_HEX = re.compile(r"<([0-9A-Fa-f]+)>")


def _entries(cmap: str) -> Iterator[tuple[str, str]]:
    """(code in hexadecimal, text) of each glyph that a character map names."""
    for kind, block in _BLOCK.findall(cmap):
        words = [str(word) for word in _HEX.findall(block)]
        if kind == "bfchar":
            for code, text in zip(words[::2], words[1::2], strict=True):
                yield code, bytes.fromhex(text).decode("utf-16-be")
            continue
        assert "[" not in block
        for low, high, text in zip(words[::3], words[1::3], words[2::3], strict=True):
            first = bytes.fromhex(text).decode("utf-16-be")
            for step in range(int(high, 16) - int(low, 16) + 1):
                code = f"{int(low, 16) + step:0{len(low)}X}"
                yield code, first[:-1] + chr(ord(first[-1]) + step)


def _cmap(entries: list[tuple[str, str]], change: Callable[[str], str]) -> bytes:
    wide = max((len(code) for code, _ in entries), default=4)
    rows = [
        f"<{code}> <{changed.encode('utf-16-be').hex()}>"
        for code, text in entries
        if (changed := change(text))
    ]
    blocks = [rows[at : at + 100] for at in range(0, len(rows), 100)]
    lines = ["/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
             "/CMapName /Changed def /CMapType 2 def 1 begincodespacerange",
             f"<{'0' * wide}> <{'F' * wide}>", "endcodespacerange"]  # fmt: skip
    for block in blocks:
        lines += [f"{len(block)} beginbfchar", *block, "endbfchar"]
    lines.append("endcmap CMapName currentdict /CMap defineresource pop end end")
    return "\n".join(lines).encode()


def decomposed(pdf: bytes) -> bytes:
    """Accented letters read as a letter and its accent, as files from macOS have them."""
    return _mapped(pdf, lambda text: unicodedata.normalize("NFD", text))


def unmapped_bullets(pdf: bytes) -> bytes:
    """The bullets' glyph is in no character map, as in fonts of symbols."""
    return _mapped(pdf, lambda text: "" if text in "•\uf0b7" else text)


def symbol_bullets(pdf: bytes) -> bytes:
    """Bullets read as characters for private use, as Word's font of symbols has them."""
    return _mapped(pdf, lambda text: "\uf0b7" if text == "•" else text)


def ligatured(pdf: bytes) -> bytes:
    """Pairs such as fi and ff, where they are one glyph, read as one ligature character."""
    pairs = {"ff": "\ufb00", "fi": "\ufb01", "fl": "\ufb02", "ffi": "\ufb03", "ffl": "\ufb04"}
    return _mapped(pdf, lambda text: pairs.get(text, text))


def scanned(pdf: bytes, *, pages: set[int] | None = None, dpi: int = 150) -> bytes:
    """Replace pages (1-based; all by default) by their pictures: no text is left on them."""
    import pypdfium2 as pdfium

    document = pdfium.PdfDocument(pdf)
    made = pdfium.PdfDocument.new()
    for number, page in enumerate(document, 1):
        if pages is not None and number not in pages:
            made.import_pages(document, [number - 1])
            continue
        width, height = page.get_size()
        shot = io.BytesIO()
        page.render(scale=dpi / 72).to_pil().convert("L").save(shot, "JPEG", quality=80)
        image = pdfium.PdfImage.new(made)
        image.load_jpeg(shot, inline=True)
        image.set_matrix(pdfium.PdfMatrix().scale(width, height))
        sheet = made.new_page(width, height)
        sheet.insert_obj(image)
        sheet.gen_content()
    return _saved(made)


REWORKS: dict[str, Callable[[bytes], bytes]] = {
    "distilled": distilled,
    "linearized": linearized,
    "object-streams": object_streams,
    "owner-locked": owner_locked,
    "rotated": rotated,
    "upright-by-rotation": upright_by_rotation,
    "cropped": cropped,
    "offset": offset,
    "two-a-sheet": two_a_sheet,
    "decomposed": decomposed,
    "unmapped-bullets": unmapped_bullets,
    "symbol-bullets": symbol_bullets,
    "ligatured": ligatured,
}
"""Those after which the same text is read; not in it: ``user_locked`` and ``scanned``."""
