"""`press serve`: the pages that readers reach, and where providers tell of mails."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from press.cli.terminal import put


def serve(
    host: Annotated[
        str, typer.Option("--host", metavar="ADDRESS", help="Where to listen.")
    ] = "127.0.0.1",
    port: Annotated[
        int, typer.Option("--port", metavar="N", min=0, max=65535, help="Which port.")
    ] = 8025,
) -> None:
    """Serve the pages on which readers unsubscribe, choose, confirm and subscribe.

    Providers tell there what became of mails. It runs until it is stopped, behind the
    web server that has the paper's name and certificate.
    """
    from press.desk.folder import find_paper
    from press.web.serve import ServeOrder
    from press.web.serve import serve as run

    order = ServeOrder(paper=find_paper(Path.cwd()), host=host, port=port)
    run(order, ready=lambda address: put(f"listening at {address}", sys.stderr))
