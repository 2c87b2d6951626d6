"""Set the abridged edition as the PDF that lies in ``raw/``: ``python examples/build.py [OUTPUT]``.

The same sources and the same typesetter give the same bytes: the document carries no date, the
fonts are those inside ReportLab's package, and the pictures are drawn here.
"""

from __future__ import annotations

import importlib.util
import io
import random
import sys
import tempfile
import tomllib
from pathlib import Path

from PIL import Image, ImageDraw

EXAMPLES = Path(__file__).resolve().parent
EDITION = EXAMPLES / "milano-2022-abridged.toml"
OUTPUT = EXAMPLES.parent / "raw" / "milano-2022-abridged.pdf"

_SKY, _GRASS, _GLASS = (126, 163, 212), (104, 118, 84), (58, 66, 92)
_WALLS = [(201, 132, 83), (171, 84, 70), (214, 168, 98), (134, 142, 86), (188, 108, 76)]


def _png(image: Image.Image) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, "PNG")
    return buffer.getvalue()


def row_of_houses(seed: int) -> bytes:
    """Draw a street front, another for each ``seed``; a PNG of 480 by 300 pixels."""
    chance = random.Random(seed)
    image = Image.new("RGB", (480, 300), _SKY)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 250, 480, 300), fill=_GRASS)
    for house in range(7):
        left, top = 24 + house * 62, chance.randint(50, 110)
        draw.rectangle((left, top, left + 56, 262), fill=chance.choice(_WALLS))
        draw.polygon([(left, top), (left + 28, top - 20), (left + 56, top)], fill=(120, 60, 50))
        for row in range(top + 16, 230, 34):
            for column in (left + 8, left + 34):
                draw.rectangle((column, row, column + 13, row + 19), fill=_GLASS)
    return _png(image)


def map_pin() -> bytes:
    """Draw the small red pin that stands left of a caption; a PNG of 40 by 60 pixels."""
    image = Image.new("RGBA", (40, 60), (255, 255, 255, 0))
    draw = ImageDraw.Draw(image)
    draw.polygon([(4, 28), (36, 28), (20, 58)], fill=(196, 30, 42))
    draw.ellipse((2, 2, 38, 38), fill=(196, 30, 42))
    draw.ellipse((13, 13, 27, 27), fill=(255, 255, 255))
    return _png(image)


def logo() -> bytes:
    """Draw the white house on blue of the running header; a PNG of 90 by 60 pixels."""
    image = Image.new("RGB", (90, 60), (31, 56, 100))
    draw = ImageDraw.Draw(image)
    draw.polygon([(25, 30), (45, 12), (65, 30)], fill=(255, 255, 255))
    draw.rectangle((31, 30, 59, 50), fill=(255, 255, 255))
    draw.rectangle((41, 36, 49, 50), fill=(31, 56, 100))
    return _png(image)


def pictures(edition: dict[str, object]) -> dict[str, bytes]:
    """Give each picture that an edition names (``row-1``, ``row-2``, ...), the pin and the logo."""
    drawn = {"pin.png": map_pin(), "logo.png": logo()}
    for project in edition["projects"]:  # type: ignore[attr-defined]
        for action in project["actions"]:
            for kind, *texts in action["body"]:
                if kind == "picture":
                    drawn[f"{texts[0]}.png"] = row_of_houses(int(texts[0].removeprefix("row-")))
    return drawn


def _fonts() -> Path:
    package = importlib.util.find_spec("reportlab")
    if package is None or not package.submodule_search_locations:
        raise SystemExit("reportlab, whose fonts are used, is missing: run `make setup`")
    return Path(package.submodule_search_locations[0]) / "fonts"


def build(source: Path = EDITION) -> bytes:
    """Typeset an edition in the form of ``milano-2022-abridged.toml``; give the PDF's bytes."""
    import typst  # here, so that tests may draw the pictures without it

    files = {
        "report.typ": (EXAMPLES / "report.typ").read_bytes(),
        "edition.toml": source.read_bytes(),
        **pictures(tomllib.loads(source.read_text("utf-8"))),
    }
    with tempfile.TemporaryDirectory() as folder:
        for name, content in files.items():
            (Path(folder) / name).write_bytes(content)
        main = Path(folder) / "report.typ"
        pdf = typst.compile(main, format="pdf", font_paths=[_fonts()], ignore_system_fonts=True)
    assert isinstance(pdf, bytes)
    return pdf


if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else OUTPUT
    target.write_bytes(build())
    print(f"{target}: {target.stat().st_size} bytes", file=sys.stderr)
