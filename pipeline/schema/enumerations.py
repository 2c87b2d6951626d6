"""The closed lists of values, with their words in both languages (they feed ``codes``)."""

from __future__ import annotations

from pipeline.schema.model import Code, Enumeration, Severity


def _codes(*rows: tuple[str, str, str, str | None]) -> tuple[Code, ...]:
    return tuple(Code(*row) for row in rows)


PHASE = Enumeration(
    "phase",
    _codes(
        ("planned", "programmato", "planned", "Announced, nothing begun; also a future clause."),
        ("design", "in progettazione", "design", "Studies, design or approvals under way."),
        ("procurement", "in gara", "procurement", "Tender or selection open or in preparation."),
        ("contracting", "in affidamento", "contracting", "Selection concluded, award under way."),
        ("starting", "in avvio", "starting", "Awarded or signed; works or services begin."),
        ("in_progress", "in esecuzione", "in progress", "Works or services under way."),
        ("completed", "concluso", "completed", "All that the status speaks of is finished."),
        ("deferred", "rinviato", "deferred", "Put off; outside the order of phases."),
        ("transferred", "trasferito", "transferred", "Moved to another programme or fund."),
        ("not_stated", "non indicato", "not stated", "The source does not say."),
    ),
)

FUNDING_SOURCE = Enumeration(
    "source",
    _codes(
        ("pon_metro", "PON Metro", "PON Metro", "PON Città Metropolitane 2014-2020."),
        ("poc_metro", "POC Metro", "POC Metro", "Programma complementare, 2016POCCITMETRO."),
        ("react_eu", "REACT-EU", "REACT-EU", "REACT-EU axes of the PON, 6 to 8."),
        ("pn_metro_plus", "PN Metro Plus", "PN Metro Plus", "PN Metro Plus e città medie Sud."),
        ("other_public", "altre risorse pubbliche", "other public funds", None),
        ("private", "risorse private", "private funds", None),
        ("unknown", "fonte non riconosciuta", "unknown", "The label is in no vocabulary."),
    ),
)

AMOUNT_STATUS = Enumeration(
    "amount_status",
    _codes(
        ("printed", "stampato", "printed", "The sum is printed to the unit or the cent."),
        ("rounded", "arrotondato", "rounded", 'A scale word ("milioni") or "circa".'),
        ("worded", "a parole", "worded", "Words stand instead of a sum."),
        ("unreadable", "illeggibile", "unreadable", "A malformed sum: null, never guessed."),
    ),
)

FUND = Enumeration(
    "fund",
    _codes(
        ("FESR", "Fondo europeo di sviluppo regionale", "European Regional Development Fund", None),
        ("FSE", "Fondo sociale europeo", "European Social Fund", None),
        ("FSE+", "Fondo sociale europeo Plus", "European Social Fund Plus", None),
    ),
)

ROLE = Enumeration(
    "role",
    _codes(
        ("front_matter", "parti iniziali", "front matter", "Cover, contents, text before it all."),
        ("project_heading", "titolo di progetto", "project heading", None),
        ("section_heading", "titolo di sezione", "section heading", "A section without a number."),
        ("notice", "avviso di progetto", "notice", "A project's text with a phase."),
        ("action_heading", "titolo di azione", "action heading", None),
        ("body", "testo", "body", None),
        ("funding", "risorse", "funding", "A funding label and its amount."),
        ("total", "totale", "total", "The stated total of an action."),
        ("status", "stato di avanzamento", "status", None),
        ("furniture", "testatine e piè di pagina", "furniture", "Headers, footers, page numbers."),
        ("footnote", "nota a piè di pagina", "footnote", None),
        ("annotation", "annotazione", "annotation", "Link text printed again by the PDF."),
        ("blank", "riga vuota", "blank", None),
        ("unclassified", "non classificata", "unclassified", "Taken by no rule: an error."),
    ),
)

PARAGRAPH_KIND = Enumeration(
    "paragraph_kind",
    _codes(
        ("paragraph", "paragrafo", "paragraph", None),
        ("bullet", "voce di elenco", "bullet", "An item after a dash or bullet."),
        ("numbered", "voce numerata", "numbered item", "An item after a number or letter."),
        ("caption", "didascalia", "caption", "Places, or text beside a picture."),
    ),
)

PRECISION = Enumeration(
    "precision",
    _codes(
        ("day", "giorno", "day", None),
        ("month", "mese", "month", None),
        ("quarter", "trimestre", "quarter", None),
        ("half", "semestre", "half-year", None),
        ("season", "stagione", "season", "Meteorological: primavera is 1 March to 31 May."),
        ("year", "anno", "year", None),
        ("part_of_year", "parte dell'anno", "part of a year", "Inizio or fine: a quarter."),
        ("part_of_month", "parte del mese", "part of a month", "Inizio or fine: ten days."),
        ("range", "intervallo", "range", "From one date to another."),
    ),
)

MODALITY = Enumeration(
    "modality",
    _codes(
        ("actual", "effettiva", "actual", "Something that has taken place."),
        ("planned", "prevista", "planned", "Something that is to take place."),
    ),
)

CONTEXT = Enumeration(
    "context",
    _codes(
        ("status", "stato di avanzamento", "status", None),
        ("notice", "avviso di progetto", "notice", None),
        ("description", "descrizione", "description", None),
    ),
)

ENTITY = Enumeration(
    "entity",
    _codes(
        ("action", "azione", "action", "With its funding, places, dates and links."),
        ("project", "progetto", "project", "With its notice and the dates in it."),
    ),
)

CHANGE_KIND = Enumeration(
    "change_kind",
    _codes(
        ("added", "aggiunto", "added", None),
        ("removed", "tolto", "removed", None),
        ("changed", "modificato", "changed", None),
        ("renamed", "rinominato", "renamed", "Another code, the same title and amounts."),
    ),
)

SEVERITY = Enumeration(
    "severity",
    _codes(
        ("error", "errore", "error", "A published value cannot be relied on."),
        ("warning", "avvertenza", "warning", "To be looked at by a person."),
        ("info", "nota", "info", "Worth knowing."),
    ),
)


def _rule(code: str, severity: Severity, label_it: str, label_en: str, description: str) -> Code:
    return Code(code, label_it, label_en, description, severity)


RULE = Enumeration(
    "rule",
    (
        _rule(
            "total_mismatch",
            "error",
            "totale diverso dalla somma",
            "total mismatch",
            "The sources do not add up to the stated total.",
        ),
        _rule(
            "amount_unreadable",
            "error",
            "importo illeggibile",
            "unreadable amount",
            "A sum is malformed; its cell is null.",
        ),
        _rule(
            "duplicate_code",
            "error",
            "codice ripetuto",
            "duplicate code",
            "Two actions carry one code.",
        ),
        _rule(
            "duplicate_project",
            "error",
            "progetto ripetuto",
            "duplicate project",
            "Two projects carry one number or name.",
        ),
        _rule(
            "unclassified_line",
            "error",
            "riga non classificata",
            "unclassified line",
            "A line was taken by no rule.",
        ),
        _rule(
            "no_projects",
            "error",
            "nessun progetto",
            "no projects",
            "The source has no project heading.",
        ),
        _rule(
            "reader_disagreement",
            "error",
            "lettori discordi",
            "reader disagreement",
            "Two readers of one PDF give different records.",
        ),
        _rule(
            "not_cross_checked",
            "warning",
            "lettura non confrontata",
            "not cross-checked",
            "The second reader gives nothing that a cross-check could compare.",
        ),
        _rule(
            "unknown_label",
            "warning",
            "etichetta sconosciuta",
            "unknown label",
            "A label is in no vocabulary; its row is kept.",
        ),
        _rule(
            "missing_status",
            "warning",
            "stato mancante",
            "missing status",
            "An action prints no status.",
        ),
        _rule(
            "missing_funding",
            "warning",
            "risorse mancanti",
            "missing funding",
            "An action prints no funding.",
        ),
        _rule(
            "dangling_reference",
            "warning",
            "rinvio senza azione",
            "dangling reference",
            "A code is mentioned that no action of the edition carries.",
        ),
        _rule(
            "unknown_city",
            "warning",
            "città sconosciuta",
            "unknown city",
            "No vocabulary knows the city of a code, or the code names none.",
        ),
        _rule(
            "page_unread",
            "warning",
            "pagina non letta",
            "page not read",
            "A page or a part of it was not read: a picture of text, fields of a form, damage.",
        ),
        _rule(
            "page_ocr",
            "info",
            "pagina letta otticamente",
            "page read by OCR",
            "A page is a picture of text; its lines, and the rows from them, were read by OCR.",
        ),
        _rule(
            "unsafe_text",
            "warning",
            "testo non sicuro",
            "unsafe text",
            "Control or direction characters were taken out, or a cell begins like a formula.",
        ),
        _rule(
            "low_ocr_confidence",
            "warning",
            "lettura ottica incerta",
            "low OCR confidence",
            "An amount or a code was read by OCR below the confidence asked for.",
        ),
        _rule(
            "date_ambiguous",
            "warning",
            "data ambigua",
            "ambiguous date",
            "A date has no year, or more than one reading; both ends are null.",
        ),
        _rule(
            "title_end_uncertain",
            "warning",
            "fine del titolo incerta",
            "uncertain end of title",
            "The signs do not decide where a wrapped title ends.",
        ),
        _rule(
            "same_edition_twice",
            "warning",
            "edizione ripetuta",
            "same edition twice",
            "Two sources hold one edition.",
        ),
        _rule(
            "action_vanished",
            "warning",
            "azione scomparsa",
            "vanished action",
            "The edition before printed an action that this one does not.",
        ),
        _rule(
            "status_backwards",
            "warning",
            "stato che torna indietro",
            "status going backwards",
            "The phase of an action is before the one that the edition before gave.",
        ),
        _rule(
            "sum_jump",
            "warning",
            "somma molto diversa",
            "jump of a sum",
            "The sources of a project or an axis sum to over 10 % more or less than before.",
        ),
        _rule(
            "spaces_lost",
            "warning",
            "spazi perduti",
            "spaces lost",
            "A line of text has lost the spaces between its words.",
        ),
        _rule(
            "text_garbled",
            "warning",
            "caratteri guasti",
            "garbled characters",
            "A line holds characters as a scan or a wrong encoding leaves them.",
        ),
        _rule(
            "repeated_line",
            "warning",
            "riga ripetuta",
            "repeated line",
            "A line is printed twice running; both are published.",
        ),
        _rule(
            "text_broken",
            "warning",
            "testo interrotto",
            "broken text",
            "A sentence lacks its beginning or its end; lines may be lost or out of order.",
        ),
        _rule(
            "heading_suspect",
            "warning",
            "titolo sospetto",
            "suspect heading",
            "A line of running text looks like a heading that is damaged or unknown.",
        ),
        _rule(
            "project_gap",
            "warning",
            "numero di progetto mancante",
            "gap in the projects",
            "The projects' numbers do not run on.",
        ),
        _rule(
            "page_gap",
            "warning",
            "pagina mancante",
            "gap in the pages",
            "The printed page numbers do not run on.",
        ),
        _rule(
            "tracked_change",
            "warning",
            "revisione non accettata",
            "tracked change",
            "A line of a Word file holds a change that nobody has accepted; it is read as made.",
        ),
        _rule(
            "text_struck",
            "warning",
            "testo barrato",
            "struck text",
            "A line is drawn through text of a PDF; it is read as the rest is.",
        ),
        _rule(
            "object_unread",
            "warning",
            "oggetto non letto",
            "object not read",
            "A Word file holds a chart, a diagram or an embedded object; its text is not read.",
        ),
        _rule(
            "phase_unread",
            "warning",
            "fase non riconosciuta",
            "unread phase",
            "No wording of the vocabulary tells the phase of a status.",
        ),
        _rule(
            "stray_text",
            "warning",
            "testo fuori posto",
            "stray text",
            "Running text stands between the sums and the next label.",
        ),
        _rule(
            "correction_stale",
            "error",
            "correzione superata",
            "stale correction",
            "A correction names a cell that is not there, or that holds another value.",
        ),
        _rule(
            "unknown_axis",
            "warning",
            "asse o obiettivo sconosciuto",
            "unknown axis or objective",
            "The programme's vocabulary has no such axis or specific objective.",
        ),
        _rule(
            "axis_mismatch",
            "warning",
            "asse diverso dalla sezione",
            "axis unlike its section",
            "An action stands under the heading of another axis than its code says.",
        ),
        _rule(
            "date_before_programme",
            "warning",
            "data anteriore al programma",
            "date before the programme",
            "A status dates something before the programme began.",
        ),
        _rule(
            "funding_twice",
            "warning",
            "risorsa ripetuta",
            "funding printed twice",
            "One action prints the same label with the same sum twice; both count.",
        ),
        _rule(
            "source_mismatch",
            "warning",
            "risorsa di un altro programma",
            "another programme's source",
            "One sum alone stands under the label of another programme than its code's.",
        ),
        _rule(
            "total_below_source",
            "warning",
            "totale minore di una risorsa",
            "total below a source",
            "The stated total is smaller than one of the sources.",
        ),
        _rule(
            "amount_implausible",
            "warning",
            "importo inverosimile",
            "implausible amount",
            "A sum is greater than the budget that it would be paid from.",
        ),
        _rule(
            "corrected",
            "info",
            "cella corretta",
            "corrected cell",
            "A correction by hand replaces what is printed.",
        ),
        _rule(
            "text_outside",
            "info",
            "testo fuori pagina",
            "text outside the page",
            "A page holds text outside of what it shows.",
        ),
        _rule(
            "hidden_text",
            "info",
            "testo nascosto",
            "hidden text",
            "A Word file holds text that is formatted as hidden; it is in no table.",
        ),
        _rule(
            "link_not_printed",
            "info",
            "collegamento non stampato",
            "link not printed",
            "A link of the source shows no address in the text.",
        ),
    ),
)

ENUMERATIONS: tuple[Enumeration, ...] = (
    PHASE,
    FUNDING_SOURCE,
    AMOUNT_STATUS,
    FUND,
    ROLE,
    PARAGRAPH_KIND,
    PRECISION,
    MODALITY,
    CONTEXT,
    ENTITY,
    CHANGE_KIND,
    SEVERITY,
    RULE,
)


def severity_of(rule: str) -> Severity:
    """Severity of a finding's rule.

    Raises:
        KeyError: the rule is not declared.
    """
    for code in RULE.codes:
        if code.code == rule and code.severity is not None:
            return code.severity
    raise KeyError(rule)
