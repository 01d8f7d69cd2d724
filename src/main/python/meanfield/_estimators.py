"""Estimators and models: the Java classes of the same names in the jar do the work."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any, Dict, List, Optional, Type, TypeVar, Union, cast

from pyspark import keyword_only
from pyspark.ml.classification import (
    _JavaProbabilisticClassificationModel,
    _JavaProbabilisticClassifier,
)
from pyspark.ml.linalg import Vector
from pyspark.ml.regression import _JavaRegressionModel, _JavaRegressor
from pyspark.ml.util import JavaMLReadable, JavaMLWritable
from pyspark.ml.wrapper import JavaTransformer
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql.utils import is_remote

from meanfield._java import (
    PACKAGE,
    MeanfieldError,
    active_session,
    interruptible,
    new_object,
    one_sentence,
    require_jar,
    require_values,
)
from meanfield._params import EstimatorParams, TrainedModelParams, with_accessors
from meanfield._progress import RemoteLines, shown

_R = TypeVar("_R")

# Spark derives the Java class of a Python class from its module, and the module from the Java class.
sys.modules[PACKAGE] = sys.modules[__name__]


def _spark_frame(dataset: Any) -> DataFrame:
    if not isinstance(dataset, DataFrame):
        kind = f"{type(dataset).__module__}.{type(dataset).__name__}"
        raise MeanfieldError(
            f"expected a DataFrame of Spark, found {kind}: make one with spark.createDataFrame"
        )
    return dataset


def _local(path: str) -> Path:
    if "://" in path:
        raise MeanfieldError(
            f"expected a file on the machine of this program, found {path}: copy the file from here"
        )
    return Path(path)


class _Checked:
    @one_sentence
    def _transfer_params_to_java(self) -> None:
        require_values(self)
        cast(Any, super())._transfer_params_to_java()

    @one_sentence
    def _call_java(self, name: str, *arguments: Any) -> Any:
        return cast(Any, super())._call_java(name, *arguments)


class _Readable(JavaMLReadable):
    @classmethod
    def read(cls) -> Any:
        """Returns the reader of saved instances of this class."""
        require_jar()
        return super().read()

    @classmethod
    @one_sentence
    def load(cls: Type[_R], path: str) -> _R:
        """Loads a saved instance of this class."""
        return cast(Any, cls).read().load(path)


class TrainingSummary:
    """What is known of the training of a model."""

    def __init__(self, facts: Dict[str, Any]):
        self.totalIterations: int = facts["totalIterations"]
        """The number of epochs."""
        self.objectiveHistory: List[float] = facts["objectiveHistory"]
        """The training loss of each epoch."""
        self.labels: List[str] = facts["labels"]
        """The labels of the classes; empty for a regression."""
        self.keptEpoch: int = facts["keptEpoch"]
        """The epoch whose weights the model has: the best with early stopping, else the last."""
        self.rows: int = facts["rows"]
        """The number of rows that trained the model."""
        self.validationRows: int = facts["validationRows"]
        """The number of rows that it was validated on; with folds all rows, each by a network that has
        not learned from it."""
        self.metrics: Dict[str, float] = facts["metrics"]
        """The metrics of the kept epoch and of the validation, as the command train names them."""
        self.message: str = facts["message"]
        """How the training ended, in one sentence."""
        self.network: str = facts["network"]
        """The layers, in one line."""
        self.weightsSha256: str = facts["weightsSha256"]
        """The SHA-256 of the weights, as the command train prints it."""

    def __repr__(self) -> str:
        validation = (
            "each validated by a fold that left it out"
            if self.validationRows == self.rows
            else f"{self.validationRows} for validation"
        )
        return f"network {self.network}; {self.rows} rows, {validation}; {self.message}"


class _Model(_Checked, TrainedModelParams, JavaMLWritable, _Readable):
    def setLabelCol(self: _R, value: str) -> _R:
        """Sets labelCol: label column name."""
        return cast(Any, self)._set(labelCol=value)

    @property
    def weightsSha256(self) -> str:
        """The SHA-256 of the weights, as the command train prints it."""
        return self.summary.weightsSha256

    @property
    def summary(self) -> TrainingSummary:
        """What is known of the training: epochs, rows, metrics, network."""
        return TrainingSummary(self._table("summary").collect()[0].asDict())

    @property
    def history(self) -> List[Dict[str, Any]]:
        """The epochs of the training: train_loss, validation_loss and so on, as the table epochs
        of a run names them."""
        return [epoch.asDict() for epoch in self._table("history").collect()]

    def columns(self) -> DataFrame:
        """Returns what each column of the table was for, and why: column, role, reason, and the
        number of values that are wrong."""
        return self._table("columns")

    @one_sentence
    def columnImportances(self, dataset: DataFrame) -> DataFrame:
        """Returns how much the loss increases when the values of a column are exchanged between
        rows with labels: column, loss_increase, deviation, repeats and examples, the largest
        increase first."""
        return self._table("importances", _spark_frame(dataset))

    @one_sentence
    def evaluate(self, dataset: DataFrame) -> Dict[str, float]:
        """Returns what the command evaluate measures on rows with labels: the loss and the
        metrics."""
        metrics = self._table("evaluation", _spark_frame(dataset)).collect()
        return {row.metric: row.value for row in metrics}

    def report(self, path: str) -> None:
        """Writes the page of the fit, one file of HTML, on the machine of this program."""
        _local(path).write_text(self._table("report").collect()[0].html, "utf-8")

    @one_sentence
    def exportOnnx(self, dataset: DataFrame, path: str) -> Dict[str, Any]:
        """Writes the model as ONNX on the machine of this program, after the outputs of the file
        for rows were compared with those of the model, and path.json beside it, which is returned;
        proof tells the largest difference."""
        file = _local(path)
        onnx = self._table("onnx", _spark_frame(dataset)).collect()[0]
        file.write_bytes(onnx.content)
        file.with_name(file.name + ".json").write_text(onnx.record + "\n", "utf-8")
        return cast(Dict[str, Any], json.loads(onnx.record))

    def _table(self, name: str, dataset: Optional[DataFrame] = None) -> DataFrame:
        """Returns a table about the model. Over Spark Connect a client can call no method of a
        model but transform, which therefore returns the tables."""
        frame = dataset or active_session().range(0)
        table = cast(Any, self).transform(frame, {self.output: name})
        # A server transforms again for each use of a DataFrame.
        return frame.sparkSession.createDataFrame(table.toArrow()) if is_remote() else table

    @one_sentence
    def _transform(self, dataset: DataFrame) -> DataFrame:
        require_values(self)
        return cast(Any, super())._transform(_spark_frame(dataset))


class _FitProgress(JavaTransformer):
    """What the fit of an estimator shows on a server of Spark Connect."""

    def __init__(self, estimator: str):
        super().__init__(new_object("FitProgress", estimator))
        self._resetUid(estimator)


class _Estimator(_Checked, EstimatorParams, JavaMLWritable, _Readable):
    _java_obj = None  # Spark's finaliser reads it, also after a constructor that fails

    def _start(self, name: str) -> None:
        self._java_obj = new_object(name, self.uid)
        self.setParams(**cast(Any, self)._input_kwargs)

    def setParams(self, **params: Any) -> Any:
        """Sets params by their names; the value None leaves a param as it is."""
        for name in params:
            if not self.hasParam(name):
                raise TypeError(f"{type(self).__name__} has no param {name}; see explainParams()")
        return self._set(**{name: value for name, value in params.items() if value is not None})

    @one_sentence
    def _fit(self, dataset: DataFrame) -> Any:
        frame = _spark_frame(dataset)
        require_values(self)
        fit = cast(Any, super())._fit
        verbose = self.getOrDefault("verbose")
        if is_remote():
            progress = _FitProgress(self.uid)
            rows = frame.sparkSession.range(0)
            with shown(RemoteLines(lambda: progress.transform(rows)), verbose):
                return fit(frame)
        with shown(cast(Any, self._java_obj).fitLines(), verbose):
            return interruptible(frame.sparkSession, lambda: fit(frame))


@with_accessors
class MeanfieldClassificationModel(_Model, _JavaProbabilisticClassificationModel[Vector]):
    """A neural network that MeanfieldClassifier has trained."""

    __module__ = PACKAGE

    @property
    def labels(self) -> List[str]:
        """The labels of the classes in the order of the probabilities; a prediction is the index of
        a label."""
        return self.summary.labels


@with_accessors
class MeanfieldRegressionModel(_Model, _JavaRegressionModel[Vector]):
    """A neural network that MeanfieldRegressor has trained."""

    __module__ = PACKAGE


@with_accessors
class MeanfieldClassifier(
    _Estimator, _JavaProbabilisticClassifier[MeanfieldClassificationModel]
):
    """Trains a neural network that classifies the rows of a DataFrame.

    The labels are the classes 0, 1, 2 …, or names, which model.labels lists. The params are explained by explainParams().

    >>> classifier = MeanfieldClassifier(featuresCols=["*"], labelCol="churned", idCol="account")
    >>> scored = classifier.fit(accounts).transform(new_accounts)
    """

    __module__ = PACKAGE

    @keyword_only
    def __init__(
        self,
        *,
        featuresCol: str = "features",
        featuresCols: Optional[List[str]] = None,
        excludeCols: Optional[List[str]] = None,
        categoricalCols: Optional[List[str]] = None,
        textCols: Optional[List[str]] = None,
        scale: str = "standard",
        impute: str = "median",
        handleInvalid: str = "keep",
        embedAbove: int = 32,
        embeddingSize: Optional[int] = None,
        labelCol: str = "label",
        predictionCol: str = "prediction",
        probabilityCol: str = "probability",
        rawPredictionCol: str = "rawPrediction",
        thresholds: Optional[List[float]] = None,
        idCol: Optional[str] = None,
        timeCol: Optional[str] = None,
        groupCol: Optional[str] = None,
        validationIndicatorCol: Optional[str] = None,
        weightCol: Optional[str] = None,
        maxIter: int = 0,
        batchSize: int = 0,
        numWorkers: int = 0,
        numMembers: int = 0,
        numFolds: int = 0,
        intervals: Optional[List[float]] = None,
        stepSize: Optional[float] = None,
        seed: int = 777,
        hiddenLayers: Optional[List[int]] = None,
        network: str = "",
        numEarlyStoppingRounds: int = -1,
        checkpointDir: Optional[str] = None,
        runId: Optional[str] = None,
        verbose: bool = False,
        inferBatchSize: int = 4096,
        contribPredictionCol: str = "",
        intervalCol: str = "",
    ):
        super().__init__()
        self._start("MeanfieldClassifier")

    def _create_model(self, java_model: Any) -> MeanfieldClassificationModel:
        return MeanfieldClassificationModel(java_model)


@with_accessors
class MeanfieldRegressor(_Estimator, _JavaRegressor[MeanfieldRegressionModel]):
    """Trains a neural network that predicts a number for each row of a DataFrame.

    The params are explained by explainParams().

    >>> regressor = MeanfieldRegressor(featuresCols=["*"], labelCol="price", idCol="house")
    >>> scored = regressor.fit(houses).transform(new_houses)
    """

    __module__ = PACKAGE

    @keyword_only
    def __init__(
        self,
        *,
        featuresCol: str = "features",
        featuresCols: Optional[List[str]] = None,
        excludeCols: Optional[List[str]] = None,
        categoricalCols: Optional[List[str]] = None,
        textCols: Optional[List[str]] = None,
        scale: str = "standard",
        impute: str = "median",
        handleInvalid: str = "keep",
        embedAbove: int = 32,
        embeddingSize: Optional[int] = None,
        labelCol: str = "label",
        predictionCol: str = "prediction",
        idCol: Optional[str] = None,
        timeCol: Optional[str] = None,
        groupCol: Optional[str] = None,
        validationIndicatorCol: Optional[str] = None,
        weightCol: Optional[str] = None,
        maxIter: int = 0,
        batchSize: int = 0,
        numWorkers: int = 0,
        numMembers: int = 0,
        numFolds: int = 0,
        intervals: Optional[List[float]] = None,
        stepSize: Optional[float] = None,
        seed: int = 777,
        hiddenLayers: Optional[List[int]] = None,
        network: str = "",
        numEarlyStoppingRounds: int = -1,
        checkpointDir: Optional[str] = None,
        runId: Optional[str] = None,
        verbose: bool = False,
        inferBatchSize: int = 4096,
        contribPredictionCol: str = "",
        intervalCol: str = "",
    ):
        super().__init__()
        self._start("MeanfieldRegressor")

    def _create_model(self, java_model: Any) -> MeanfieldRegressionModel:
        return MeanfieldRegressionModel(java_model)


@one_sentence
def register_function(
    spark: SparkSession,
    name: str,
    model: Union[str, MeanfieldClassificationModel, MeanfieldRegressionModel],
    *settings: str,
) -> List[str]:
    """Makes a model a function of a session's SQL, which takes a struct of the columns that are
    returned: churn(struct(*)).

    The model is one of this program, the id of a run, the path of a model.zip, or a version such as
    models/churn@champion; settings are in HOCON, such as 'run.directory = "hdfs:///runs"'. A client
    of Spark Connect gives a model of its program.
    """
    if is_remote():
        if isinstance(model, str):
            raise MeanfieldError(
                f"over Spark Connect register_function takes a model of this program, found {model}:"
                " load a saved model, or use a classic session"
            )
        table = model._table("function", spark.createDataFrame([(name,)], "name string"))
        return [row.column for row in table.collect()]
    require_jar()
    java = cast(Any, spark)._jvm
    function = java.io.meanfield.ml.ScoringFunction
    session = cast(Any, spark)._jsparkSession
    if not isinstance(model, str):
        return list(function.register(session, name, cast(Any, model)._java_obj))
    given = cast(Any, spark).sparkContext._gateway.new_array(java.java.lang.String, len(settings))
    for i, setting in enumerate(settings):
        given[i] = setting
    return list(function.register(session, name, model, given))
