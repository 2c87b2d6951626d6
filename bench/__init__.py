"""Measurements against pdfplumber and pdftotext: ``make bench``."""
