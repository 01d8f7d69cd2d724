"""Prints meanfield/_params.pyi, which tells type checkers the accessors that with_accessors adds: dev/python-stub."""

from typing import List, Set, Type

from pyspark.ml.param import Param, Params

from meanfield._params import EstimatorParams, ModelParams, TrainedModelParams

HEADER = '''"""The params and their accessors, for type checkers. Written by dev/python-stub."""

from typing import Any, List, Type, TypeVar

from pyspark.ml.param import Param, Params
from pyspark.ml.param.shared import (
    HasMaxIter,
    HasSeed,
    HasStepSize,
    HasValidationIndicatorCol,
    HasWeightCol,
)
from typing_extensions import Self

_T = TypeVar("_T", bound=Params)

def with_accessors(owner: Type[_T]) -> Type[_T]: ...
'''
TYPES = {
    "toBoolean": "bool",
    "toFloat": "float",
    "toInt": "int",
    "toListFloat": "List[float]",
    "toListInt": "List[int]",
    "toListString": "List[str]",
    "toString": "str",
}


def params(owner: Type[Params]) -> List[Param]:
    return [value for name in dir(owner) for value in [getattr(owner, name)] if isinstance(value, Param)]


def lines(owner: Type[Params], inherited: Set[str]) -> List[str]:
    found = []
    for param in params(owner):
        kind = TYPES[param.typeConverter.__name__]
        accessor = param.name[0].upper() + param.name[1:]
        if param.name in vars(owner):
            found.append(f"    {param.name}: Param[{kind}]")
        if not hasattr(owner, "set" + accessor) and param.name not in inherited:
            found.append(f"    def set{accessor}(self, value: {kind}) -> Self: ...")
        if not hasattr(owner, "get" + accessor) and param.name not in inherited:
            found.append(f"    def get{accessor}(self) -> {kind}: ...")
    return found


def text() -> str:
    model = lines(ModelParams, set())
    shared = {param.name for param in params(ModelParams)}
    trained = lines(TrainedModelParams, shared)
    estimator = lines(EstimatorParams, shared)
    traits = "HasMaxIter, HasStepSize, HasSeed, HasValidationIndicatorCol, HasWeightCol"
    constructor = "    def __init__(self, *args: Any): ..."
    return "\n".join(
        [
            HEADER,
            "class ModelParams(Params):",
            constructor,
            *model,
            "",
            "class TrainedModelParams(ModelParams):",
            constructor,
            *trained,
            "",
            f"class EstimatorParams(ModelParams, {traits}):",
            constructor,
            *estimator,
            "",
        ]
    )


if __name__ == "__main__":
    print(text(), end="")
