"""The Java classes behind the Python classes: the jar, and errors of one sentence."""

from __future__ import annotations

import functools
import pkgutil
import re
import threading
from contextlib import contextmanager
from typing import Any, Callable, Dict, Iterator, TypeVar, cast

from pyspark.errors import IllegalArgumentException, PySparkException
from pyspark.ml.wrapper import JavaWrapper
from pyspark.sql.utils import is_remote

PACKAGE = "io.meanfield.ml"
_USER_EXCEPTION = "io.meanfield.error.UserException"
_SECONDS_BETWEEN_LINES = 0.2

_F = TypeVar("_F", bound=Callable[..., Any])


class MeanfieldError(Exception):
    """An error whose message says in one sentence what is wrong and what to do."""


def one_sentence(method: _F) -> _F:
    """Makes a method raise MeanfieldError where Java throws a UserException or refuses a param."""

    @functools.wraps(method)
    def wrapped(*args: Any, **kwargs: Any) -> Any:
        try:
            return method(*args, **kwargs)
        except IllegalArgumentException as error:
            raise MeanfieldError(_with_doc(_without_stack_trace(error), args[0])) from None
        except PySparkException as error:  # of Spark Connect
            text = _without_stack_trace(error)
            if "CONNECT_ML.UNSUPPORTED_EXCEPTION" in text and PACKAGE in text:
                raise MeanfieldError(
                    "the server of Spark Connect has no Meanfield jar: start it with --jars and a"
                    " copy of meanfield.jar()"
                ) from None
            if text.startswith("(java.lang.reflect.InvocationTargetException)"):
                raise MeanfieldError(
                    f"the server of Spark Connect cannot load {args[-1]}: expected a directory"
                    " that save has written, in a place that the server reads"
                ) from None
            if not text.startswith(f"({_USER_EXCEPTION}) "):
                raise
            raise MeanfieldError(text[len(_USER_EXCEPTION) + 3 :]) from None
        except Exception as error:  # of a classic session, whose py4j a client of Connect lacks
            java = getattr(error, "java_exception", None)
            if java is None or java.getClass().getName() != _USER_EXCEPTION:
                raise
            raise MeanfieldError(java.getMessage()) from None

    return cast(_F, wrapped)


def _with_doc(text: str, stage: Any) -> str:
    found = re.search(r"parameter (\w+) given invalid value (.*)\.$", text)
    return f"{found[1]} cannot be {found[2]}: {getattr(stage, found[1]).doc}" if found else text


def _without_stack_trace(error: Exception) -> str:
    return str(error).split("\n\nJVM stacktrace:")[0]


def new_object(name: str, uid: str) -> Any:
    """Creates an object of a Java class in the session's JVM, or its name for Spark Connect."""
    require_jar()
    return JavaWrapper._new_java_obj(f"{PACKAGE}.{name}", uid)


def require_jar() -> None:
    """Raises an error unless a classic session has one jar, with the params of this package."""
    if is_remote():
        return
    from pyspark import SparkContext  # which a client of Spark Connect lacks

    context = SparkContext._active_spark_context
    if context is None:
        raise MeanfieldError(
            "there is no Spark session: start one with meanfield.session() or SparkSession.builder"
        )
    jars = _jars(cast(Any, context._jvm))
    if not jars:
        raise MeanfieldError(
            "the Spark session has no Meanfield jar: stop it and start one with"
            " meanfield.session(), or with spark.jars set to meanfield.jar()"
        )
    if len(jars) > 1:
        raise MeanfieldError(
            f"expected one Meanfield jar, found {' and '.join(sorted(jars))}: start a new session"
            " with one of them"
        )
    for path, params in jars.items():
        if params.encode() != pkgutil.get_data("meanfield", "_params.py"):
            raise MeanfieldError(
                f"the jar {path} is of another build than the Python package {__file__}: use the"
                " jar of meanfield.jar(), or the package in the jar"
            )


def _jars(jvm: Any) -> Dict[str, str]:
    """Returns for the path of each jar the text of _params.py in it."""
    resource = "meanfield/_params.py"
    urls = jvm.Thread.currentThread().getContextClassLoader().getResources(resource)
    jars = {}
    while urls.hasMoreElements():
        url = urls.nextElement()
        path = url.getPath().replace("file:", "").split("!")[0]
        jars[path] = jvm.org.apache.commons.io.IOUtils.toString(url, "UTF-8")
    return jars


@contextmanager
def printing(take: Callable[[], str]) -> Iterator[None]:
    """Prints the lines that Java keeps, until the end of a block."""

    def show() -> None:
        lines = take()
        if lines:
            print(lines, end="", flush=True)

    def show_until_end() -> None:
        while not ended.wait(_SECONDS_BETWEEN_LINES):
            show()

    take()
    ended = threading.Event()
    thread = threading.Thread(target=show_until_end, daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()
        show()
