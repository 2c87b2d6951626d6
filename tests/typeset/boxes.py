"""PDFs displayed turned, cropped, or with a corner that is not the origin; and where things are."""

from __future__ import annotations

import io
from dataclasses import dataclass


@dataclass(frozen=True)
class Display:
    """How the pages of a PDF are displayed; the same marks on paper, other boxes around them.

    Attributes:
        rotate: ``/Rotate``, in degrees clockwise.
        crop: what the crop box takes off the old page at its left, bottom, right and top.
        wider: what the media box adds at its left, bottom, right and top.
    """

    rotate: int = 0
    crop: tuple[float, float, float, float] = (0, 0, 0, 0)
    wider: tuple[float, float, float, float] = (0, 0, 0, 0)

    def of(self, pdf: bytes) -> bytes:
        """Give a PDF whose media boxes begin at the origin with its pages displayed so."""
        import pikepdf

        with pikepdf.open(io.BytesIO(pdf)) as document:
            for page in document.pages:
                x0, y0, x1, y1 = (float(edge) for edge in page.mediabox)
                left, bottom, right, top = self.wider
                page.obj.MediaBox = [x0 - left, y0 - bottom, x1 + right, y1 + top]
                left, bottom, right, top = self.crop
                page.obj.CropBox = [x0 + left, y0 + bottom, x1 - right, y1 - top]
                page.obj.Rotate = self.rotate
            buffer = io.BytesIO()
            document.save(buffer, deterministic_id=True)
        return buffer.getvalue()

    def place(self, x: float, y: float, size: tuple[float, float]) -> tuple[float, float]:
        """Where a point of the page as it was, from its top left, is displayed now.

        Args:
            x: from the left.
            y: from the top.
            size: width and height of the page as it was.
        """
        left, bottom, right, top = self.crop
        width, height = size[0] - left - right, size[1] - bottom - top
        x, y = x - left, y - top
        turned = {0: (x, y), 90: (height - y, x), 180: (width - x, height - y), 270: (y, width - x)}
        return turned[self.rotate]
