"""Columns that many tables share."""

from __future__ import annotations

from pipeline.schema.model import INT32, STRING, Column


def key(name: str, description_it: str, description_en: str) -> Column:
    """The key column of a table: text, unique over all editions, stable between runs."""
    return Column(name, STRING, "Chiave", description_it, description_en, required=True)


def row_key() -> Column:
    """The key of a table without an id of its own."""
    return key(
        "id",
        "Chiave della riga: azione o edizione, tabella e numero d'ordine.",
        "Key of the row: action or edition, table and running number.",
    )


def edition_id() -> Column:
    """The edition that a row belongs to."""
    return Column(
        "edition_id",
        STRING,
        "Edizione",
        "Edizione da cui viene la riga.",
        "Edition that the row comes from.",
        required=True,
        references="editions.edition_id",
    )


def project_id() -> Column:
    """The project that a row belongs to, null where there is none."""
    return Column(
        "project_id",
        STRING,
        "Progetto",
        "Progetto a cui la riga appartiene, se ne ha uno.",
        "Project that the row belongs to, if any.",
        references="projects.project_id",
    )


def action_id(*, required: bool = False) -> Column:
    """The action that a row belongs to."""
    return Column(
        "action_id",
        STRING,
        "Azione",
        "Azione a cui la riga appartiene.",
        "Action that the row belongs to.",
        required=required,
        references="actions.action_id",
    )


def page() -> Column:
    """The page that a row starts on."""
    return Column(
        "page",
        INT32,
        "Pagina",
        "Pagina della prima riga, da 1; vuota dove la fonte non ha pagine.",
        "Page of its first line, from 1; null where the source has no pages.",
    )


def line() -> Column:
    """The line that a row starts on."""
    return Column(
        "line",
        INT32,
        "Riga",
        "Prima riga nell'edizione, da 1, come in `lines`.",
        "Its first line over the edition, from 1, as in `lines`.",
        required=True,
    )


def position() -> Column:
    """The place of a row in reading order."""
    return Column(
        "position",
        INT32,
        "Ordine",
        "Posto nell'edizione in ordine di lettura, da 1.",
        "Place in the edition in reading order, from 1.",
        required=True,
    )
