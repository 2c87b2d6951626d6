"""One run: find the sources, read what changed, publish all editions, leave a record."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from parsers.errors import SidecarError, SourceError
from parsers.lines import Document
from parsers.vocabulary import Vocabulary
from pipeline.changes import compared, refused
from pipeline.documents import begin, words
from pipeline.fingerprint import ReadOptions, fingerprint, program_digest, vocabulary_digest
from pipeline.fragments import Fragment, read_fragment, write_fragment
from pipeline.outcome import Clock, RunResult, record
from pipeline.sources import VOCABULARY_FILE, Discovery, Problem, Source, digest_of, discover
from pipeline.store import Store
from pipeline.talk import Talk
from pipeline.workers import in_children


class Job(NamedTuple):
    """A source that is to be read, and where its rows go."""

    source: Source
    fingerprint: str


def run(
    places: Iterable[Path],
    *,
    output: Path,
    raw: Path = Path("raw"),
    workers: int = 1,
    options: ReadOptions | None = None,
    talk: Talk | None = None,
    accept: Container[str] = (),
) -> RunResult:
    """Publish the editions of some files and folders, or of ``raw``, into ``output``.

    What is published afterwards is exactly these editions; an edition that cannot be read now
    keeps the rows it had. Nothing is published if no edition at all can be.

    Args:
        places: files and folders; empty for the folder ``raw``.
        output: see :mod:`pipeline.store`.
        raw: its ``vocabulary.toml`` is laid over the packaged words.
        workers: sources read at one time.
        options: how they are read.
        talk: where messages go.
        accept: ids of the editions that may replace what is published of them even where they
            hold far less; ``all`` for each of them.

    Raises:
        StoreError: ``output`` cannot be used.
    """
    talk = talk or Talk()
    clock = Clock()
    options = with_vocabulary(options or ReadOptions(), raw)
    wanted = list(places) or [raw]

    def waiting() -> None:
        talk.info(f"another run is writing to {output}; waiting for it to end", output=str(output))

    with Store(output, waiting) as store:
        found = discover(wanted)
        for path in found.ignored:
            beside = path.suffix == ".toml"
            why = "no edition of this name is beside it" if beside else "not an edition"
            talk.warning(f"{path.name}: {why}, passed over", file=path.name)
        result = RunResult(failed=found.problems)
        before = store.state()
        editions_before: dict[str, str] = before.get("editions", {})
        program = program_digest()
        vocabulary = vocabulary_digest(options)
        marks = {
            source.edition_id: fingerprint(source, options, program, vocabulary)
            for source in found.sources
        }
        clock.stage("find")
        _read(found, marks, store, workers, options, talk, clock, result)
        clock.stage("read")
        _guard(found, editions_before, marks, store, accept, result)
        whole = _keep(editions_before, marks, store, talk, result)
        mark = program + vocabulary
        result.fragments = compared(result.fragments, marks, mark, store.cache)
        result.left = sorted(set(editions_before) - set(result.fragments))
        editions = {edition_id: marks[edition_id] for edition_id in sorted(result.fragments)}
        state = {"program": mark, "editions": editions}
        if not result.fragments or not whole:
            _say_nothing_published(talk, found, before)
            return result
        if before == {**state, "whole": True}:
            clock.stage("publish")
            store.replace("run.json", record(result, found, clock, workers))
            return result
        try:
            in_force = words(options)
        except SidecarError:  # no edition could be read with these words, and each has said so
            _say_nothing_published(talk, found, before)
            return result
        _publish(store, state, result, found, clock, workers, in_force)
        store.forget(set(editions.values()))
    return result


def with_vocabulary(options: ReadOptions, raw: Path) -> ReadOptions:
    """The options with the folder's own words, if it has any and no others were asked for."""
    path = raw / VOCABULARY_FILE
    if options.vocabulary is None and path.is_file():
        return options._replace(vocabulary=path)
    return options


def _read(
    found: Discovery,
    marks: dict[str, str],
    store: Store,
    workers: int,
    options: ReadOptions,
    talk: Talk,
    clock: Clock,
    result: RunResult,
) -> None:
    jobs = []
    for source in found.sources:
        fragment = read_fragment(store.cache, marks[source.edition_id])
        if fragment is None:
            jobs.append(Job(source, marks[source.edition_id]))
        else:
            result.fragments[source.edition_id] = fragment
            result.reused.append(source.edition_id)
    if not jobs:
        return
    if len(jobs) > 1:
        import pipeline.edition  # once here, rather than once in each child  # noqa: F401

    outcomes = in_children(
        jobs,
        partial(_built, options=options, cache=store.cache),
        workers,
        on_fork=store.release,
        meanwhile=_load_arrow,
    )
    for done, outcome in enumerate(outcomes, start=1):
        source = outcome.job.source
        clock.sources[source.edition_id] = {
            "seconds": round(outcome.seconds, 4),
            "peak_memory_bytes": outcome.peak_bytes,
        }
        talk.progress(f"{done}/{len(jobs)} {source.name}")
        if outcome.trace:
            talk.error(outcome.trace, source=source.name)
        if outcome.value is not None:
            result.fragments[source.edition_id] = outcome.value
            result.read.append(source.edition_id)
        else:
            error = outcome.error or SourceError("gave nothing", source=source.name)
            error.source = error.source or source.name
            result.failed.append(Problem(source.path, source.edition_id, error))
    result.read.sort()
    result.failed.sort(key=lambda problem: problem.path.name)


def _built(job: Job, alone: Callable[[], None], options: ReadOptions, cache: Path) -> Fragment:
    """Read one source and keep its rows; in a process of its own."""
    source = job.source
    vocabulary = words(options)
    wait = begin(source, options, vocabulary)

    def reading() -> Document:
        document = wait()
        alone()
        return document

    # While the file is read, the grammar and the checks get ready.
    from pipeline.edition import build
    from pipeline.rehearsal import rehearse

    rehearse(vocabulary)
    built = build(source, options, vocabulary, reading)
    if digest_of(source.path) != source.sha256:
        raise SourceError("changed while it was read; run again", source=source.name)
    return write_fragment(
        built, cache, job.fingerprint, source.edition_id, source.name, source.sha256
    )


def _guard(
    found: Discovery,
    before: dict[str, str],
    marks: dict[str, str],
    store: Store,
    accept: Container[str],
    result: RunResult,
) -> None:
    """Have an edition fail that holds far less than what is published of it, unless accepted."""
    reasons = refused(result.fragments, before, marks, store.cache, accept)
    for source in found.sources:
        if source.edition_id in reasons:
            del result.fragments[source.edition_id]
            done = result.read if source.edition_id in result.read else result.reused
            done.remove(source.edition_id)
            message = (
                f"{reasons[source.edition_id]}; `ponmetro diff {source.edition_id} {source.path}` "
                "tells what is gone; if the new one is right publish it with "
                f"--accept={source.edition_id}"
            )
            error = SourceError(message, source=source.name)
            result.failed.append(Problem(source.path, source.edition_id, error))
    result.failed.sort(key=lambda problem: problem.path.name)


def _load_arrow() -> None:
    """Load Arrow in the parent while a child parses: a cold start is that much shorter."""
    from pipeline.parquet import warm_up

    warm_up()


def _keep(
    before: dict[str, str],
    marks: dict[str, str],
    store: Store,
    talk: Talk,
    result: RunResult,
) -> bool:
    """Keep the published rows of editions that failed; False if some cannot be kept."""
    whole = True
    for problem in result.failed:
        talk.error(str(problem.error), file=problem.path.name, edition_id=problem.edition_id)
        for edition_id in _published_as(problem, before, store):
            if edition_id in result.fragments:
                continue
            fragment = read_fragment(store.cache, before[edition_id])
            if fragment is None:
                talk.error(f"{edition_id}: this version cannot carry its published rows over")
                whole = False
                continue
            marks[edition_id] = before[edition_id]
            result.fragments[edition_id] = fragment
            result.kept.append(edition_id)
            talk.warning(
                f"{edition_id}: the rows published before stay; they are of "
                f"{fragment.source_file} with SHA-256 {fragment.sha256[:12]}...",
                edition_id=edition_id,
            )
    return whole


def _published_as(problem: Problem, before: dict[str, str], store: Store) -> Iterator[str]:
    """The published editions of a file that failed: by its id and by its name.

    The name tells where the sidecar that gave the id cannot be read any more, or gives another.
    """
    for edition_id, mark in before.items():
        fragment = read_fragment(store.cache, mark)
        named = fragment is not None and fragment.source_file == problem.path.name
        if edition_id == problem.edition_id or named:
            yield edition_id


def _say_nothing_published(talk: Talk, found: Discovery, before: dict[str, Any]) -> None:
    stays = "; what was published before stays" if before else ""
    if not found.sources and not found.problems:
        talk.error(f"no edition was found: put a .pdf, .docx or .txt into the folder{stays}")
    else:
        talk.error(f"nothing is published{stays}")


def _publish(
    store: Store,
    state: dict[str, Any],
    result: RunResult,
    found: Discovery,
    clock: Clock,
    workers: int,
    vocabulary: Vocabulary,
) -> None:
    from pipeline.publish import publish

    with store.publication(state) as folder:
        publish(folder, result.fragments.values(), vocabulary)
        clock.stage("publish")
        (folder / "run.json").write_bytes(record(result, found, clock, workers))
    result.published = True
