"""Lines of text in a picture: where they stand, what they say and how sure each character is.

Two small models, which ``rapidocr`` carries in its wheel, find and read the lines; nothing is
fetched. Each line is read by itself and in one thread: it reads the same whatever stands around it.
Lengths are pixels of the picture that is given.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from parsers.errors import SourceError

# The height, in pixels, that the reading model was made for, and the pixels of one of its steps.
_HEIGHT = 48
_STEP = 8
# Shorter lines are filled up to this width, as the model learnt them.
_NARROWEST = 320
# Where a code has capitals, a city's or a Roman number's, these are drawn like others.
_CAPITALS = re.compile(
    r"(?<![^\W_])[A-Z]([lO01|])(?=[. ]?\d(?:\.\s?\d){2})"
    r"|(?<![^\W_])POC [A-Z]([A-Zl01|]) ([IVl1|]+)(?=\.\s?\d)"
)
_ALIKE = {"l": "I", "1": "I", "|": "I", "0": "O"}
_ALIKE_SURE = 0.5
# What Italian reports are printed in. A picture of it that looks like anything else is in doubt.
_LATIN = re.compile("[\t -~\u00a0-\u017f\u2010-\u2026\u20ac\u2022\u00b7\u25a0-\u25cf\u2122]")


@dataclass(slots=True)
class Seen:
    """A line as read.

    Attributes:
        text: without space at either end.
        middles: the middle of each character, in pixels from the picture's left.
        sure: 0 to 1 for each character.
    """

    text: str
    middles: list[float]
    sure: list[float]


class Engine:
    """The two models, loaded once a document.

    Raises:
        SourceError: what reads pictures cannot be loaded.
    """

    def __init__(self) -> None:
        try:
            import onnxruntime
            import rapidocr
        except ImportError as problem:
            raise SourceError(
                f"OCR is installed and cannot be loaded ({problem}): install the extra ocr again, "
                "or leave pictures unread with --no-ocr"
            ) from None
        one_thread = {
            "EngineConfig.onnxruntime.intra_op_num_threads": 1,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        }
        self._finder = rapidocr.RapidOCR(params={"Global.log_level": "critical", **one_thread})
        (model,) = Path(rapidocr.__file__).parent.glob("models/*_rec_*.onnx")
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 4
        options.enable_cpu_mem_arena = False
        self._reader = onnxruntime.InferenceSession(
            str(model), options, providers=["CPUExecutionProvider"]
        )
        self._input = self._reader.get_inputs()[0].name
        named = self._reader.get_modelmeta().custom_metadata_map["character"].splitlines()
        # As the model counts: nothing first, a space last.
        self._characters = ["", *named, " "]
        self._places = [
            place
            for place, char in enumerate(self._characters)
            if not char or (len(char) == 1 and _LATIN.fullmatch(char))
        ]

    def find(self, picture: Any) -> list[list[tuple[float, float]]]:
        """Give the four corners of each line, from its upper left clockwise.

        Args:
            picture: rows of pixels of three colours, as an array of bytes.
        """
        found = self._finder(picture, use_det=True, use_cls=False, use_rec=False)
        boxes = getattr(found, "boxes", None)
        if boxes is None:
            return []
        return [[(float(x), float(y)) for x, y in box] for box in boxes]

    def read(self, picture: Any) -> Seen:
        """Read a picture of one upright line."""
        import cv2
        import numpy

        height, width = picture.shape[:2]
        drawn = max(round(width * _HEIGHT / height), 1)
        small = cv2.resize(picture, (drawn, _HEIGHT), interpolation=cv2.INTER_AREA)
        pixels = numpy.zeros((1, 3, _HEIGHT, max(drawn, _NARROWEST)), numpy.float32)
        pixels[0, :, :, :drawn] = small.transpose(2, 0, 1) / 127.5 - 1
        steps = self._reader.run(None, {self._input: pixels})[0][0][:, self._places]
        best = steps.argmax(axis=1).tolist()
        sure = steps.max(axis=1).tolist()
        text, middles, confidences = "", [], []
        for place, run in groupby(range(len(best)), key=best.__getitem__):
            char = self._characters[self._places[place]]
            if not char or (char == " " and not text):
                continue
            at = list(run)
            text += char
            middles.append((at[0] + at[-1] + 1) / 2 * _STEP * height / _HEIGHT)
            confidences.append(round(max(sure[step] for step in at), 2))
        end = len(text.rstrip())
        return _settled(Seen(text[:end], middles[:end], confidences[:end]))


def _settled(seen: Seen) -> Seen:
    """Read in a code's capitals what is drawn as figures and small letters are, and doubt it.

    >>> _settled(Seen("Fl.3.1.2.f (M14.1.1.a, POC B0 ll.2.1.b)", [], [1.0] * 39)).text
    'FI.3.1.2.f (MI4.1.1.a, POC BO II.2.1.b)'
    """
    text = seen.text
    for found in _CAPITALS.finditer(text):
        for group in range(1, len(found.groups()) + 1):
            start, end = found.span(group)
            for at in range(start, end) if start >= 0 else ():
                capital = _ALIKE.get(text[at])
                if capital is not None:
                    text = text[:at] + capital + text[at + 1 :]
                    seen.sure[at] = min(seen.sure[at], _ALIKE_SURE)
    seen.text = text
    return seen


def doubted(first: Seen, second: Seen) -> list[float]:
    """Give how sure each character of a line is, once it is read a second time.

    What the two readings do not agree on is not sure at all, nor is its neighbourhood where the
    second reading has more.
    """
    from difflib import SequenceMatcher

    sure = first.sure[:]
    places = [at for at, char in enumerate(first.text) if char != " "]
    others = [at for at, char in enumerate(second.text) if char != " "]
    one = "".join(first.text[at] for at in places)
    other = "".join(second.text[at] for at in others)
    for kind, start, end, begin, stop in SequenceMatcher(None, one, other, False).get_opcodes():
        if kind == "equal":
            for at, twin in zip(range(start, end), range(begin, stop), strict=True):
                sure[places[at]] = min(sure[places[at]], second.sure[others[twin]])
        else:
            near = range(start, end) if kind != "insert" else range(start - 1, start + 1)
            for at in near:
                if 0 <= at < len(places):
                    sure[places[at]] = 0.0
    return sure
