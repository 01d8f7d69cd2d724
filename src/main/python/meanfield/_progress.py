"""What a fit shows while it runs."""

from __future__ import annotations

import sys
import threading
from contextlib import contextmanager, nullcontext
from typing import Any, Callable, ContextManager, Dict, Iterator

from pyspark.sql import DataFrame
from pyspark.sql.utils import is_remote

_SECONDS_BETWEEN_LINES = 0.2
_SECONDS_BETWEEN_QUESTIONS = 1.0  # to a server


class RemoteLines:
    """The lines of a fit on a server of Spark Connect, like FitLines of Java."""

    def __init__(self, ask: Callable[[], DataFrame]):
        self._ask = ask
        self._ended = False
        self._earlier = ""
        self._taken = 0

    def begin(self) -> None:
        self._earlier = self._row()["fit"]

    def take(self) -> str:
        lines = self._row()["lines"][self._taken :]
        self._taken += len(lines)
        return lines

    def epoch(self) -> str:
        return self._row()["epoch"]

    def _row(self) -> Dict[str, str]:
        rows = []
        if not self._ended:
            try:
                rows = [row.asDict() for row in self._ask().collect()]
            except Exception:  # the fit itself tells what is wrong with the server
                self._ended = True
        none = {"fit": "", "lines": "", "epoch": ""}
        return next((row for row in rows if row["fit"] != self._earlier), none)


def shown(lines: Any, verbose: bool) -> ContextManager[None]:
    """Shows the lines of a fit, FitLines of Java, while a block runs: all of them, or the newest
    epoch in one line of a notebook or a terminal, which renews itself, and at the end notes on
    problems."""
    if verbose:
        lines.begin()
        return _showing(lambda: _print(lines.take()))
    if threading.current_thread() is not threading.main_thread():
        return nullcontext()  # one of several fits, whose lines would replace each other
    lines.begin()
    return _with_notes(lines, _newest(lines.epoch))


def _newest(epoch: Callable[[], str]) -> ContextManager[None]:
    if _in_notebook():
        return _notebook(epoch)
    return _terminal(epoch) if sys.stdout.isatty() else nullcontext()


@contextmanager
def _with_notes(lines: Any, epochs: ContextManager[None]) -> Iterator[None]:
    with epochs:
        yield
    _print(lines.take())


def _print(lines: str) -> None:
    if lines:
        print(lines, end="", flush=True)


def _in_notebook() -> bool:
    ipython: Any = sys.modules.get("IPython")
    return ipython is not None and hasattr(ipython.get_ipython(), "kernel")


@contextmanager
def _notebook(newest: Callable[[], str]) -> Iterator[None]:
    display: Any = sys.modules["IPython"].display.display
    line = display({"text/plain": ""}, raw=True, display_id=True)
    with _showing(_if_new(newest, lambda text: line.update({"text/plain": text}, raw=True))):
        yield


@contextmanager
def _terminal(newest: Callable[[], str]) -> Iterator[None]:
    try:
        with _showing(_if_new(newest, lambda text: print(f"\r\x1b[K{text}", end="", flush=True))):
            yield
    finally:
        if newest():
            print()


def _if_new(newest: Callable[[], str], show: Callable[[str], None]) -> Callable[[], None]:
    last = ""

    def show_if_new() -> None:
        nonlocal last
        text = newest()
        if text != last:
            last = text
            show(text)

    return show_if_new


@contextmanager
def _showing(show: Callable[[], None]) -> Iterator[None]:
    """Calls a function again and again until the end of a block, and once more."""

    seconds = _SECONDS_BETWEEN_QUESTIONS if is_remote() else _SECONDS_BETWEEN_LINES

    def show_until_end() -> None:
        while not ended.wait(seconds):
            show()

    ended = threading.Event()
    thread = threading.Thread(target=show_until_end, daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()
        show()
