"""What a fit shows while it runs."""

from __future__ import annotations

import sys
import threading
from contextlib import contextmanager, nullcontext
from typing import Any, Callable, ContextManager, Iterator

_SECONDS_BETWEEN_LINES = 0.2


def shown(lines: Any, verbose: bool) -> ContextManager[None]:
    """Shows the lines of a fit, FitLines of Java, while a block runs: all of them, or the newest
    epoch in one line of a notebook or a terminal, which renews itself."""
    if verbose:
        lines.take()
        return _showing(lambda: _print(lines.take()))
    if threading.current_thread() is not threading.main_thread():
        return nullcontext()  # one of several fits, whose lines would replace each other
    lines.begin()
    if _in_notebook():
        return _notebook(lines.epoch)
    return _terminal(lines.epoch) if sys.stdout.isatty() else nullcontext()


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

    def show_until_end() -> None:
        while not ended.wait(_SECONDS_BETWEEN_LINES):
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
