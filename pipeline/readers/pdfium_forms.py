"""What a page shows in the fields of a form and in typed notes, made part of the page.

PDFium reads no annotation as text, and a sheet filled in as a form has its values nowhere else.
Signatures and stamps are put on a report; they are no part of its text and are left out.
"""

from __future__ import annotations

import ctypes

import pypdfium2_raw as raw

_INTERFACE = 2
# An appearance that is not there is one empty character of UTF-16.
_NO_APPEARANCE = 2


def flattened(document: ctypes.c_void_p, page: ctypes.c_void_p) -> bool:
    """Draw fields and notes onto their page; whether there were any.

    The page is to be loaded again then; its annotations, links among them, are gone.
    """
    kinds = set()
    for at in range(raw.FPDFPage_GetAnnotCount(page)):
        annotation = raw.FPDFPage_GetAnnot(page, at)
        kinds.add(raw.FPDFAnnot_GetSubtype(annotation))
        raw.FPDFPage_CloseAnnot(annotation)
    if not kinds & {raw.FPDF_ANNOT_WIDGET, raw.FPDF_ANNOT_FREETEXT}:
        return False
    info = raw.FPDF_FORMFILLINFO()
    info.version = _INTERFACE
    form = raw.FPDFDOC_InitFormFillEnvironment(document, info)
    if _only_text(page, form):
        # Some programs that fill in a form leave it to viewers to draw what they put there.
        raw.FORM_OnAfterLoadPage(page, form)
        raw.FORM_OnBeforeClosePage(page, form)
    raw.FPDFPage_Flatten(page, raw.FLAT_NORMALDISPLAY)
    raw.FPDFDOC_ExitFormFillEnvironment(form)
    return True


def _only_text(page: ctypes.c_void_p, form: ctypes.c_void_p) -> bool:
    """Take away all but fields and notes; whether a field does not say how it is drawn."""
    undrawn = False
    mode = raw.FPDF_ANNOT_APPEARANCEMODE_NORMAL
    for at in reversed(range(raw.FPDFPage_GetAnnotCount(page))):
        annotation = raw.FPDFPage_GetAnnot(page, at)
        kind = raw.FPDFAnnot_GetSubtype(annotation)
        keeps = kind == raw.FPDF_ANNOT_FREETEXT
        if kind == raw.FPDF_ANNOT_WIDGET:
            of = raw.FPDFAnnot_GetFormFieldType(form, annotation)
            keeps = of != raw.FPDF_FORMFIELD_SIGNATURE
            undrawn |= raw.FPDFAnnot_GetAP(annotation, mode, None, 0) <= _NO_APPEARANCE
        raw.FPDFPage_CloseAnnot(annotation)
        if not keeps:
            raw.FPDFPage_RemoveAnnot(page, at)
    return undrawn
