"""The Java classes behind the Python classes: the jar, and errors of one sentence."""

from __future__ import annotations

import functools
import pkgutil
import re
import threading
import uuid
from concurrent.futures import Future
from typing import Any, Callable, Dict, List, TypeVar, cast

from pyspark.errors import IllegalArgumentException, PySparkException
from pyspark.ml.wrapper import JavaWrapper
from pyspark.sql import SparkSession
from pyspark.sql.utils import is_remote

PACKAGE = "io.meanfield.ml"
_USER_EXCEPTION = "io.meanfield.error.UserException"
_SECONDS_BETWEEN_CALLS = 0.2

_F = TypeVar("_F", bound=Callable[..., Any])
_R = TypeVar("_R")


class MeanfieldError(ValueError):
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
            if text.startswith(f"({_USER_EXCEPTION}) "):
                raise MeanfieldError(text[len(_USER_EXCEPTION) + 3 :]) from None
            if text.startswith("(java.lang.reflect.InvocationTargetException)"):  # Spark 4.0
                raise MeanfieldError(
                    f"the server of Spark Connect refuses {args[-1]}; its log has the reason, which a"
                    " server of Spark 4.1 or newer sends"
                ) from None
            raise
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


def require_values(stage: Any) -> None:
    """Raises an error unless Java can have the values of a stage's params.

    PySpark converts the values of arguments and setters, but not those of a map of params.
    """
    for param, value in stage._paramMap.items():
        try:
            stage._paramMap[param] = converted = param.typeConverter(value)
        except (TypeError, ValueError) as error:
            raise TypeError(
                f'Invalid param value given for param "{param.name}". {error}'
            ) from None
        limit = 2 ** (63 if param.name == "seed" else 31)
        for number in converted if isinstance(converted, list) else [converted]:
            if isinstance(number, int) and not -limit <= number < limit:
                raise MeanfieldError(
                    f"{param.name} cannot be {value}: expected integers from {-limit} to {limit - 1}"
                )


def interruptible(session: Any, call: Callable[[], _R]) -> _R:
    """Returns the result of a call of Java, which Ctrl-C and the stop button of a notebook end.

    A thread that waits for Java cannot be interrupted, so another one calls.
    """
    if threading.current_thread() is not threading.main_thread():
        return call()  # Python interrupts the main thread only
    from pyspark import InheritableThread, SparkContext  # which a client of Spark Connect lacks

    context = cast(Any, SparkContext._active_spark_context)
    jvm = context._jvm
    tag = f"meanfield-{uuid.uuid4()}"
    result: Future[_R] = Future()

    def work() -> None:
        try:
            context.addJobTag(tag)
            # Spark reads settings such as spark.sql.ansi.enabled from the session of the thread.
            jvm.org.apache.spark.sql.SparkSession.setActiveSession(session._jsparkSession)
            result.set_result(call())
        except BaseException as error:
            result.set_exception(error)

    thread = InheritableThread(target=work, daemon=True)
    thread.start()
    try:
        return result.result()
    except KeyboardInterrupt:
        while thread.is_alive():
            context.cancelJobsWithTag(tag)  # again and again: it cancels only jobs that run
            thread.join(_SECONDS_BETWEEN_CALLS)
        raise


def active_session() -> SparkSession:
    """Returns the session of the program."""
    return SparkSession.active() if is_remote() else SparkSession.builder.getOrCreate()


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
