"""Typed errors, each with its place and what to do next."""

from __future__ import annotations


class ReportError(ValueError):
    """Root of what can go wrong with a source.

    Args:
        message: what is wrong and what to do next.
        source: the file as the user named it.
        page: 1-based page, if known.
        line: 1-based line over the edition, if known.
        rule: the rule that spoke, a word of the ``findings`` vocabulary where it has one.
    """

    def __init__(
        self,
        message: str,
        *,
        source: str | None = None,
        page: int | None = None,
        line: int | None = None,
        rule: str | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.source = source
        self.page = page
        self.line = line
        self.rule = rule

    def __str__(self) -> str:
        place = self.source or ""
        if self.page is not None:
            place += f", page {self.page}"
        if self.line is not None:
            place += f", line {self.line}"
        rule = f" [{self.rule}]" if self.rule else ""
        return f"{place}: {self.message}{rule}" if place else f"{self.message}{rule}"

    def __reduce__(self) -> tuple[object, ...]:
        state = (self.message, self.source, self.page, self.line, self.rule)
        return (_rebuild, (type(self), *state))


def _rebuild(
    kind: type[ReportError],
    message: str,
    source: str | None,
    page: int | None,
    line: int | None,
    rule: str | None,
) -> ReportError:
    return kind(message, source=source, page=page, line=line, rule=rule)


class SourceError(ReportError):
    """The file itself: missing, empty, of no known kind, locked, too large, crashed its reader."""


class SidecarError(ReportError):
    """The TOML beside a source says something that cannot be."""


class GrammarError(ReportError):
    """The text was read but is no report of project sheets."""
