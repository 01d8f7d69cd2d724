"""The params of the estimators and models, as in the Java classes."""

from __future__ import annotations

from typing import Any, Type, TypeVar

from pyspark.ml.param import Param, Params, TypeConverters
from pyspark.ml.param.shared import (
    HasMaxIter,
    HasSeed,
    HasStepSize,
    HasValidationIndicatorCol,
    HasWeightCol,
)

_T = TypeVar("_T", bound=Params)


def _param(name: str, doc: str, converter: Any = TypeConverters.toString) -> Param[Any]:
    return Param(Params._dummy(), name, doc, converter)


def with_accessors(owner: Type[_T]) -> Type[_T]:
    """Adds getX and setX for each param of a class that has none, as in Java."""
    for name in dir(owner):
        param = getattr(owner, name)
        if isinstance(param, Param):
            _add_accessors(owner, param)
    return owner


def _add_accessors(owner: type, param: Param[Any]) -> None:
    def setter(self: Any, value: Any) -> Any:
        return self._set(**{param.name: value})

    def getter(self: Any) -> Any:
        return self.getOrDefault(param.name)

    for prefix, method in (("set", setter), ("get", getter)):
        name = prefix + param.name[0].upper() + param.name[1:]
        if not hasattr(owner, name):
            method.__name__ = name
            method.__qualname__ = f"{owner.__name__}.{name}"
            method.__doc__ = f"{prefix.capitalize()}s {param.name}: {param.doc.rstrip('.')}."
            setattr(owner, name, method)


class ModelParams(Params):
    """The params that estimators and models share, besides Spark's own."""

    featuresCols = _param(
        "featuresCols",
        "columns of features instead of featuresCol: numbers, booleans, dates, timestamps,"
        ' strings, arrays or maps of numbers or texts, vectors, or an image as bytes; "*" for all',
        TypeConverters.toListString,
    )
    inferBatchSize = _param(
        "inferBatchSize", "most rows that transform computes together", TypeConverters.toInt
    )
    contribPredictionCol = _param(
        "contribPredictionCol",
        "column of contributions that transform adds: how much each column of features moves the"
        " prediction, or the log-odds of a class, and last the base value they are added to;"
        " empty for none",
    )
    intervalCol = _param(
        "intervalCol",
        "column of intervals around the prediction, or of sets of classes, that transform adds: a"
        " struct with the fields lower_90 and upper_90, or prediction_set_90, for each level of"
        " intervals; empty for none",
    )

    def __init__(self, *args: Any):
        super().__init__(*args)
        self._setDefault(
            featuresCols=[], inferBatchSize=4096, contribPredictionCol="", intervalCol=""
        )


class TrainedModelParams(ModelParams):
    """The params of the models, besides Spark's own."""

    output = _param(
        "output",
        "what transform returns: predictions, or a table about the model: history, columns,"
        " summary, report, onnx, importances, evaluation, function",
    )

    def __init__(self, *args: Any):
        super().__init__(*args)
        self._setDefault(output="predictions")


class EstimatorParams(
    ModelParams, HasMaxIter, HasStepSize, HasSeed, HasValidationIndicatorCol, HasWeightCol
):
    """The params of the estimators, besides Spark's own."""

    excludeCols = _param(
        "excludeCols",
        'names of columns that are no features although featuresCols is "*"',
        TypeConverters.toListString,
    )
    categoricalCols = _param(
        "categoricalCols",
        "columns of featuresCols that are categories although they are no strings",
        TypeConverters.toListString,
    )
    textCols = _param(
        "textCols",
        "columns of featuresCols whose texts are split into words, beside those with free"
        ' texts that featuresCols = "*" finds: data.columns.text',
        TypeConverters.toListString,
    )
    scale = _param(
        "scale",
        "scale of numbers in featuresCols, data.columns.scale: standard, min-max, robust or none",
    )
    impute = _param(
        "impute",
        "what replaces a missing number or time in featuresCols, data.columns.impute: median,"
        " mean, or refuse for an error",
    )
    handleInvalid = _param(
        "handleInvalid",
        "treatment of a string in featuresCols that is missing or unknown to training,"
        " data.columns.handle-unknown: keep, one more category for all of them, or error",
    )
    embedAbove = _param(
        "embedAbove",
        "number of values above which a category of featuresCols is embedded and not one-hot"
        " encoded: data.columns.embed-above",
        TypeConverters.toInt,
    )
    embeddingSize = _param(
        "embeddingSize",
        "trained numbers for each value of an embedded column; if not set, they follow from the"
        " number of values: data.columns.embedding-size",
        TypeConverters.toInt,
    )
    idCol = _param(
        "idCol",
        "column of unique ids, integers or strings; if not set, rows are identified by their"
        " content",
    )
    timeCol = _param(
        "timeCol",
        "column of dates, timestamps or numbers, data.columns.time: the newest rows are for"
        " validation; if not set, random ones are",
    )
    groupCol = _param(
        "groupCol",
        "column of groups, such as customers, data.columns.group: all rows of a group are for"
        " training or for validation",
    )
    numWorkers = _param(
        "numWorkers",
        "logical workers: train.workers; 0 for the setting's default or a number that follows from"
        " the number of rows",
        TypeConverters.toInt,
    )
    numMembers = _param(
        "numMembers",
        "networks of an ensemble: train.members; 0 for the setting's default or a number that"
        " follows from the number of rows",
        TypeConverters.toInt,
    )
    numFolds = _param(
        "numFolds",
        "parts of the rows, each left out by one network of the ensemble: train.folds; 0 for the"
        " setting's default or a number that follows from the number of rows",
        TypeConverters.toInt,
    )
    intervals = _param(
        "intervals",
        "shares of new rows, such as 0.9, that intervals around the prediction, or sets of classes,"
        " contain: train.intervals; empty for none",
        TypeConverters.toListFloat,
    )
    batchSize = _param(
        "batchSize",
        "examples in a minibatch of one worker: train.batch-size; 0 for a size that follows from"
        " the number of rows",
        TypeConverters.toInt,
    )
    hiddenLayers = _param(
        "hiddenLayers",
        "units of the relu layers between features and outputs; if not set, the network has the"
        " layers of network.preset = tabular",
        TypeConverters.toListInt,
    )
    network = _param(
        "network",
        "settings in HOCON, such as network.layers and train.sync-frequency; a param that is set"
        " wins",
    )
    numEarlyStoppingRounds = _param(
        "numEarlyStoppingRounds",
        "epochs without an improvement after which training stops: train.early-stopping.patience;"
        " 0 for never, -1 for a number that follows from the number of rows if maxIter is 0",
        TypeConverters.toInt,
    )
    checkpointDir = _param(
        "checkpointDir",
        "directory of runs in which fit keeps its run: run.directory; needs runId",
    )
    runId = _param("runId", "name of the run that fit continues or creates in checkpointDir")
    verbose = _param(
        "verbose", "whether fit prints a line for each epoch", TypeConverters.toBoolean
    )

    def __init__(self, *args: Any):
        super().__init__(*args)
        self._setDefault(
            maxIter=0,
            seed=777,
            excludeCols=[],
            categoricalCols=[],
            textCols=[],
            scale="standard",
            impute="median",
            handleInvalid="keep",
            embedAbove=32,
            numWorkers=0,
            numMembers=0,
            numFolds=0,
            intervals=[],
            batchSize=0,
            hiddenLayers=[],
            network="",
            numEarlyStoppingRounds=-1,
            verbose=False,
        )
