"""Pages for people: the review of each edition and the overview of all, from what is published."""

from __future__ import annotations

import os
from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path

from parsers.errors import ReportError
from pipeline.pages.digest import digest
from pipeline.pages.overview import overview_page, review_path
from pipeline.pages.pictures import PagePicture, page_pictures
from pipeline.pages.published import Publication, PublishedEdition
from pipeline.pages.review import review_page
from pipeline.sources import Source
from pipeline.store import Store, StoreError
from pipeline.talk import Talk

PAGES = ("index.html", "review")


def missing_modules() -> list[str]:
    """What draws charts and pictures and is not installed; the extra ``pages`` installs it all."""
    return [name for name in ("vl_convert", "PIL") if find_spec(name) is None]


def report(
    output: Path,
    sources: Iterable[Source],
    *,
    password: str | None = None,
    talk: Talk | None = None,
    missing_only: bool = False,
) -> bool:
    """Add the pages to what is published in a folder, as a new state of it.

    The tables stay as they are, and stay published while the pages are made.

    Args:
        output: the folder that a run has published into.
        sources: files whose pages may be shown; a file counts by its content, not by its name.
        password: of locked PDFs.
        talk: where messages go.
        missing_only: leave pages that are there as they are.

    Returns:
        whether pages were made.

    Raises:
        StoreError: nothing is published there, or it is not what was published.
    """
    talk = talk or Talk()

    def waiting() -> None:
        talk.info(f"another run is writing to {output}; waiting for it to end", output=str(output))

    if not output.is_dir():
        raise StoreError("nothing is published there; run ponmetro run", source=str(output))
    with Store(output, waiting) as store:
        state = store.state()
        current = store.current
        if current is None or not state:
            raise StoreError("nothing is published there; run ponmetro run", source=str(output))
        if not state.pop("whole"):
            raise StoreError(
                "its files are not those that were published; run ponmetro run first",
                source=str(output),
            )
        if missing_only and all((current / name).exists() for name in PAGES):
            return False
        with store.publication(state) as folder:
            _carry_over(current, folder)
            write_pages(folder, sources, password=password, talk=talk)
    return True


def write_pages(
    folder: Path, sources: Iterable[Source], *, password: str | None = None, talk: Talk
) -> None:
    """Write ``index.html`` and ``review/`` into a folder that holds the tables.

    Args:
        folder: one published state.
        sources: see :func:`report`.
        password: of locked PDFs.
        talk: is told of editions whose pages cannot be pictured.
    """
    by_digest = {source.sha256: source for source in sources}
    publication = Publication(folder)
    digests = []
    (folder / "review").mkdir()
    for edition in publication.editions():
        talk.progress(f"pages of {edition.edition_id}")
        source = by_digest.get(edition.facts["source_sha256"])
        pictures = _pictures(edition, source, password, talk)
        page = review_page(edition, publication.labels, pictures)
        (folder / review_path(edition.edition_id)).write_text(page, encoding="utf-8")
        digests.append(digest(edition))
    (folder / "index.html").write_text(overview_page(publication, digests), encoding="utf-8")


def _pictures(
    edition: PublishedEdition, source: Source | None, password: str | None, talk: Talk
) -> list[PagePicture]:
    if edition.facts["media_type"] != "application/pdf":
        return []
    if source is None:
        talk.warning(
            f"{edition.edition_id}: {edition.facts['source_file']} is not at hand, or is another "
            "than was read; its pages are drawn from the lines instead",
            edition_id=edition.edition_id,
        )
        return []
    try:
        return page_pictures(source.path, password)
    except ReportError as error:
        talk.warning(
            f"{edition.edition_id}: its pages are drawn from the lines instead: {error}",
            edition_id=edition.edition_id,
        )
        return []


def _carry_over(current: Path, folder: Path) -> None:
    """Hold the published files in a new folder too: the same files, not copies."""
    for path in sorted(current.rglob("*")):
        name = path.relative_to(current)
        if name.parts[0] in PAGES or name.parts[0].startswith("."):
            continue
        if path.is_dir():
            (folder / name).mkdir()
        else:
            os.link(path, folder / name)
