"""Meanfield trains neural networks on Apache Spark: its estimators and models for PySpark."""

from meanfield._estimators import (
    MeanfieldClassificationModel,
    MeanfieldClassifier,
    MeanfieldRegressionModel,
    MeanfieldRegressor,
    TrainingSummary,
    register_function,
)
from meanfield._java import MeanfieldError
from meanfield._session import jar, session

__all__ = [
    "MeanfieldClassificationModel",
    "MeanfieldClassifier",
    "MeanfieldError",
    "MeanfieldRegressionModel",
    "MeanfieldRegressor",
    "TrainingSummary",
    "jar",
    "register_function",
    "session",
]
