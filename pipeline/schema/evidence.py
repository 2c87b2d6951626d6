"""Tables of the evidence (lines, boxes, provenance) and of what is said about it."""

from __future__ import annotations

from pipeline.schema.columns import action_id, edition_id, key, line, page, project_id, row_key
from pipeline.schema.enumerations import CHANGE_KIND, ENTITY, ROLE, RULE, SEVERITY
from pipeline.schema.model import BOOL, INT32, POINT, STRING, Column, Table

LINES = Table(
    "lines",
    "Righe",
    "Lines",
    "Ogni riga della fonte, anche vuota, con il suo ruolo.",
    "Every line of the source, blank ones included, with its role.",
    (
        row_key(),
        edition_id(),
        page(),
        line(),
        Column(
            "text",
            STRING,
            "Testo",
            "La riga come letta; vuota se bianca.",
            "The line as read; null if blank.",
        ),
        Column(
            "role",
            STRING,
            "Ruolo",
            "Che cosa la riga è nel documento.",
            "What the line is in the document.",
            required=True,
            enum=ROLE,
        ),
        project_id(),
        action_id(),
    ),
)


def _edge(name: str, title_it: str, title_en: str) -> Column:
    return Column(
        name,
        POINT,
        title_it,
        f"{title_it}, in punti dall'angolo in alto a sinistra della pagina.",
        f"{title_en}, in points from the top left of the page as displayed.",
        unit="pt",
    )


LINE_BOXES = Table(
    "line_boxes",
    "Riquadri delle righe",
    "Boxes of lines",
    "Dove ogni riga sta sulla pagina; vuota se nessuna fonte ha geometria.",
    "Where each line stands on its page; empty when no source has geometry.",
    (
        Column(
            "id",
            STRING,
            "Chiave",
            "Chiave della riga in `lines`.",
            "Key of the line in `lines`.",
            required=True,
            references="lines.id",
        ),
        edition_id(),
        page(),
        line(),
        _edge("x0", "Lato sinistro", "Left edge"),
        _edge("top", "Lato superiore", "Upper edge"),
        _edge("x1", "Lato destro", "Right edge"),
        _edge("bottom", "Lato inferiore", "Lower edge"),
        Column(
            "font_size",
            POINT,
            "Corpo",
            "Corpo della maggior parte dei caratteri, in punti.",
            "Size of most of its characters, in points.",
            unit="pt",
        ),
        Column(
            "bold",
            BOOL,
            "Grassetto",
            "Se ogni carattere visibile è in grassetto.",
            "Whether every visible character is bold.",
        ),
    ),
)

PROVENANCE = Table(
    "provenance",
    "Provenienza",
    "Provenance",
    "Per ogni cella stampata o letta, i pezzi di riga da cui viene, in ordine.",
    "For each printed or parsed cell, the pieces of lines that it comes from, in order.",
    (
        row_key(),
        edition_id(),
        Column(
            "table_name",
            STRING,
            "Tabella",
            "Tabella della cella.",
            "Table of the cell.",
            required=True,
        ),
        Column(
            "row_id",
            STRING,
            "Chiave della cella",
            "Chiave della riga della cella nella sua tabella.",
            "Key of the cell's row in its table.",
            required=True,
        ),
        Column(
            "column_name",
            STRING,
            "Colonna",
            "Colonna della cella.",
            "Column of the cell.",
            required=True,
        ),
        Column(
            "segment",
            INT32,
            "Pezzo",
            "Numero d'ordine del pezzo, da 1.",
            "Running number of the piece, from 1.",
            required=True,
        ),
        line(),
        Column(
            "char_start",
            INT32,
            "Inizio",
            "Primo carattere in `lines.text`, da 0.",
            "First character in `lines.text`, from 0.",
            required=True,
        ),
        Column(
            "char_end",
            INT32,
            "Fine",
            "Carattere dopo l'ultimo.",
            "Character after the last.",
            required=True,
        ),
        Column(
            "text_printed",
            STRING,
            "Testo stampato",
            "I caratteri del pezzo.",
            "The characters of the piece.",
            required=True,
        ),
        _edge("x0", "Lato sinistro", "Left edge"),
        _edge("x1", "Lato destro", "Right edge"),
    ),
)

FINDINGS = Table(
    "findings",
    "Segnalazioni",
    "Findings",
    "Quel che una persona dovrebbe guardare, con la riga.",
    "What a person should look at, with its line.",
    (
        row_key(),
        edition_id(),
        Column(
            "rule",
            STRING,
            "Regola",
            "Regola che parla.",
            "Rule that spoke.",
            required=True,
            enum=RULE,
        ),
        Column(
            "severity",
            STRING,
            "Gravità",
            "Gravità della segnalazione.",
            "Severity of the finding.",
            required=True,
            enum=SEVERITY,
        ),
        Column(
            "message",
            STRING,
            "Messaggio",
            "Che cosa non va, con le cifre.",
            "What is wrong, with the figures.",
            required=True,
        ),
        action_id(),
        page(),
        line(),
        Column(
            "text",
            STRING,
            "Testo",
            "La riga o le parole in questione.",
            "The line or the words in question.",
            required=True,
        ),
    ),
)

CHANGES = Table(
    "changes",
    "Differenze",
    "Changes",
    "Quel che cambia da un'edizione alla precedente della stessa città e programma.",
    "What differs from the edition before, of the same city and programme.",
    (
        row_key(),
        edition_id(),
        Column(
            "previous_edition_id",
            STRING,
            "Edizione precedente",
            "Edizione con cui si confronta.",
            "Edition compared with.",
            required=True,
            references="editions.edition_id",
        ),
        Column(
            "entity",
            STRING,
            "Oggetto",
            "Che cosa è cambiato.",
            "What has changed.",
            required=True,
            enum=ENTITY,
        ),
        Column(
            "entity_code",
            STRING,
            "Codice dell'oggetto",
            "Codice dell'azione o titolo del progetto.",
            "Code of the action or title of the project.",
            required=True,
        ),
        Column(
            "field",
            STRING,
            "Campo",
            "Colonna o tabella che cambia, `funding.<fonte>` per gli importi; `record` per "
            "un'aggiunta o una rimozione.",
            "Column or table that changes, `funding.<source>` for amounts; `record` for what was "
            "added or removed whole.",
            required=True,
        ),
        Column(
            "kind",
            STRING,
            "Tipo",
            "Tipo di differenza.",
            "Kind of difference.",
            required=True,
            enum=CHANGE_KIND,
        ),
        Column(
            "before",
            STRING,
            "Prima",
            "Valore nell'edizione precedente.",
            "Value in the edition before.",
        ),
        Column("after", STRING, "Dopo", "Valore in questa edizione.", "Value in this edition."),
    ),
)

CODES = Table(
    "codes",
    "Codifiche",
    "Codes",
    "Ogni lista di valori, con le parole in italiano e in inglese; più città, assi e fondi.",
    "Every list of values, with words in Italian and English; cities, axes and funds too.",
    (
        key("id", "Chiave: lista e codice.", "Key: list and code."),
        Column("list", STRING, "Lista", "Nome della lista.", "Name of the list.", required=True),
        Column("code", STRING, "Codice", "Il valore.", "The value.", required=True),
        Column(
            "label_it",
            STRING,
            "Etichetta",
            "Parole in italiano.",
            "Words in Italian.",
            required=True,
        ),
        Column(
            "label_en",
            STRING,
            "Etichetta inglese",
            "Parole in inglese.",
            "Words in English.",
            required=True,
        ),
        Column(
            "description",
            STRING,
            "Descrizione",
            "Che cosa il valore vuol dire, dove serve dirlo.",
            "What the value means, where that needs saying.",
        ),
    ),
)
