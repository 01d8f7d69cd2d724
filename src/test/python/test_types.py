"""Tests of the types of the Python package, without a Spark session, which PythonIT starts with the mypy of dev/test-python."""

import inspect
import pkgutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import meanfield
from params_stub import TYPES, params, text

VALUES = {"bool": "True", "float": "0.5", "int": "3", "List[float]": "[0.5]", "List[int]": "[3]", "List[str]": '["a"]', "str": '"a"'}
CLASSES = [
    meanfield.MeanfieldClassifier,
    meanfield.MeanfieldRegressor,
    meanfield.MeanfieldClassificationModel,
    meanfield.MeanfieldRegressionModel,
]
MISTAKES = {
    "MeanfieldRegressor().setHidenLayers([8])": '"MeanfieldRegressor" has no attribute "setHidenLayers"',
    "MeanfieldClassifier().setLabelCol('a').setBatchsize(8)": '"MeanfieldClassifier" has no attribute "setBatchsize"',
    "MeanfieldRegressionModel().setInferBatchsize(8)": '"MeanfieldRegressionModel" has no attribute "setInferBatchsize"',
    "MeanfieldRegressor().getHiddenLayer()": '"MeanfieldRegressor" has no attribute "getHiddenLayer"',
    "MeanfieldRegressor().setHiddenLayers('8')": 'Argument 1 to "setHiddenLayers" of "EstimatorParams"',
    "MeanfieldRegressor(hidenLayers=[8])": 'Unexpected keyword argument "hidenLayers" for "MeanfieldRegressor"',
    "MeanfieldRegressor(hiddenLayers='8')": 'Argument "hiddenLayers" to "MeanfieldRegressor"',
}


class TypesTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        temporary = tempfile.TemporaryDirectory()
        cls.addClassCleanup(temporary.cleanup)
        cls.folder = Path(temporary.name)  # with one cache of mypy: to read the standard library takes seconds

    def mypy(self, *arguments):
        command = [sys.executable, "-m", "mypy", "--cache-dir", str(self.folder / "cache"), *map(str, arguments)]
        found = subprocess.run(command, stdout=subprocess.PIPE, text=True)
        return found.returncode, found.stdout

    def program(self, lines):
        file = self.folder / "program.py"
        names = ", ".join(owner.__name__ for owner in CLASSES)
        file.write_text("\n".join(["from typing import List", f"from meanfield import {names}", *lines, ""]))
        return file

    def test_stub_has_the_params(self):
        self.assertEqual(text(), pkgutil.get_data("meanfield", "_params.pyi").decode(), "call dev/python-stub")

    def test_types_of_the_package_fit_together(self):
        self.assertEqual((0, "Success: no issues found in 6 source files\n"), self.mypy("src/main/python/meanfield"))

    def test_every_accessor_has_a_type(self):
        lines = []
        for owner in CLASSES:
            for param in params(owner):
                kind = TYPES[param.typeConverter.__name__]
                accessor = param.name[0].upper() + param.name[1:]
                variable = f"v{len(lines)}"
                if inspect.isfunction(getattr(owner, "set" + accessor)):
                    lines.append(f"{variable}: {owner.__name__} = {owner.__name__}().set{accessor}({VALUES[kind]})")
                lines.append(f"{variable}g: {kind} = {owner.__name__}().get{accessor}()")
        self.assertGreater(len(lines), 100)
        self.assertEqual((0, "Success: no issues found in 1 source file\n"), self.mypy(self.program(lines)))

    def test_misspelt_names_and_wrong_types_are_found(self):
        status, output = self.mypy(self.program(MISTAKES))
        self.assertEqual(1, status, output)
        for line, expected in enumerate(MISTAKES.values(), start=3):
            self.assertRegex(output, rf"program\.py:{line}: error: {expected}".replace("(", r"\("))


if __name__ == "__main__":
    unittest.main()
