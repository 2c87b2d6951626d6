"""``ponmetro serve``: what is published, in the browser of this machine."""

from __future__ import annotations

from pathlib import Path

import click

EXIT_OUTPUT = 4

_EXIT_CODES = """
\b
Exit codes:
  0  stopped by Ctrl-C
  2  wrong usage
  4  nothing is published there, or the port is taken
"""


@click.command(short_help="Open the overview in the browser.", epilog=_EXIT_CODES)
@click.option(
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    default="output",
    show_default=True,
    help="Folder that is published in.",
)
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=0,
    help="Port on the loopback address.  [default: one that is free]",
)
@click.option("--no-browser", is_flag=True, help="Only say the address; open nothing.")
def command(output: Path, port: int, no_browser: bool) -> None:
    """Open the overview in the browser, with links that work, until Ctrl-C.

    Only this machine can reach it, and it only reads files of OUTPUT.
    """
    import webbrowser

    from pipeline.pages.server import LOOPBACK, server
    from pipeline.talk import Talk

    talk = Talk()
    if not (output / "index.html").is_file():
        talk.error(f"{output}: there are no pages; run ponmetro run, or ponmetro report")
        raise SystemExit(EXIT_OUTPUT)
    try:
        served = server(output, port)
    except OSError as problem:
        talk.error(f"port {port}: {problem.strerror}; choose another with --port")
        raise SystemExit(EXIT_OUTPUT) from None
    address = f"http://{LOOPBACK}:{served.server_address[1]}/"
    click.echo(address)
    talk.info("Ctrl-C ends it")
    if not no_browser:
        webbrowser.open(address)
    try:
        served.serve_forever()
    except KeyboardInterrupt:
        talk.info("")
    finally:
        served.server_close()
