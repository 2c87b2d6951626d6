"""What a page shows in the fields of a form, in typed notes and in stamps: made part of the page.

PDFium reads no annotation as text, and a sheet filled in as a form has its values nowhere else.
"""

from __future__ import annotations

import ctypes

import pypdfium2_raw as raw

_FIELD = raw.FPDF_ANNOT_WIDGET
_SHOW_TEXT = (_FIELD, raw.FPDF_ANNOT_FREETEXT, raw.FPDF_ANNOT_STAMP)
_INTERFACE = 2
# An appearance that is not there is one empty character of UTF-16.
_NO_APPEARANCE = 2


def flattened(document: ctypes.c_void_p, page: ctypes.c_void_p) -> bool:
    """Draw fields, notes and stamps onto their page; whether there were any.

    The page is to be loaded again then; its annotations, links among them, are gone.
    """
    found = [_kind(page, at) for at in range(raw.FPDFPage_GetAnnotCount(page))]
    if not any(kind in _SHOW_TEXT for kind, _ in found):
        return False
    if any(kind == _FIELD and not drawn for kind, drawn in found):
        _draw_fields(document, page)
    raw.FPDFPage_Flatten(page, raw.FLAT_NORMALDISPLAY)
    return True


def _kind(page: ctypes.c_void_p, at: int) -> tuple[int, bool]:
    """An annotation's kind, and whether it says how it is drawn."""
    annotation = raw.FPDFPage_GetAnnot(page, at)
    if not annotation:
        return -1, True
    kind = raw.FPDFAnnot_GetSubtype(annotation)
    mode = raw.FPDF_ANNOT_APPEARANCEMODE_NORMAL
    length = raw.FPDFAnnot_GetAP(annotation, mode, None, 0) if kind == _FIELD else 0
    raw.FPDFPage_CloseAnnot(annotation)
    return kind, length > _NO_APPEARANCE


def _draw_fields(document: ctypes.c_void_p, page: ctypes.c_void_p) -> None:
    """Have PDFium draw the fields that hold a value only, as viewers do."""
    info = raw.FPDF_FORMFILLINFO()
    info.version = _INTERFACE
    form = raw.FPDFDOC_InitFormFillEnvironment(document, info)
    if form:
        raw.FORM_OnAfterLoadPage(page, form)
        raw.FORM_OnBeforeClosePage(page, form)
        raw.FPDFDOC_ExitFormFillEnvironment(form)
