"""Tests of sessions that lack what the Python package needs, each in a process of its own, which PythonIT starts."""

import os
import subprocess
import sys
import tempfile
import unittest
import zipfile
from pathlib import Path

import meanfield

FIT = """
import sys
import meanfield
from pyspark.sql import SparkSession

session = SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false")
if len(sys.argv) > 1:
    session = session.config("spark.driver.extraClassPath", sys.argv[1])
session.getOrCreate()
try:
    meanfield.MeanfieldRegressor()
except meanfield.MeanfieldError as error:
    print(error)
"""


class SessionsTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        temporary = tempfile.TemporaryDirectory()
        cls.addClassCleanup(temporary.cleanup)
        cls.other = f"{temporary.name}/other.jar"
        with zipfile.ZipFile(cls.other, "w") as jar:
            jar.writestr("meanfield/_params.py", "# of another build")

    @staticmethod
    def error(*class_path):
        command = [sys.executable, "-W", "ignore", "-c", FIT, *class_path]
        return subprocess.run(command, stdout=subprocess.PIPE, check=True, text=True).stdout.strip()

    def test_program_needs_a_session(self):
        with self.assertRaises(meanfield.MeanfieldError) as raised:
            meanfield.MeanfieldRegressor()
        self.assertEqual(
            "there is no Spark session: start one with meanfield.session() or SparkSession.builder", str(raised.exception)
        )

    def test_session_needs_the_jar(self):
        self.assertEqual(
            "the Spark session has no Meanfield jar: stop it and start one with meanfield.session(), or with spark.jars set to"
            " meanfield.jar()",
            self.error(),
        )

    def test_jar_must_be_of_the_build_of_the_package(self):
        package = Path(meanfield.__file__).parent / "_java.py"
        self.assertEqual(
            f"the jar {self.other} is of another build than the Python package {package}: use the jar of meanfield.jar(), or the"
            " package in the jar",
            self.error(self.other),
        )

    def test_session_needs_one_jar(self):
        jars = sorted([meanfield.jar(), self.other])
        self.assertEqual(
            f"expected one Meanfield jar, found {jars[0]} and {jars[1]}: start a new session with one of them",
            self.error(os.pathsep.join(jars)),
        )


class ServerTest(unittest.TestCase):
    @unittest.skipUnless("MEANFIELD_REMOTE" in os.environ, "needs a server of Spark Connect without the jar")
    def test_server_needs_the_jar(self):
        from pyspark.sql import SparkSession

        spark = SparkSession.builder.remote(os.environ["MEANFIELD_REMOTE"]).getOrCreate()
        with self.assertRaises(meanfield.MeanfieldError) as raised:
            meanfield.MeanfieldRegressor(featuresCols=["*"], labelCol="id").fit(spark.range(9))
        self.assertEqual(
            "the server of Spark Connect has no Meanfield jar: start it with --jars and a copy of meanfield.jar()",
            str(raised.exception),
        )


if __name__ == "__main__":
    unittest.main()
