"""A job with the jar alone: spark-submit --jars app.jar --py-files app.jar job.py. Its variables are those of test_meanfield.py."""

import os

from pyspark.sql import SparkSession

import meanfield

spark = SparkSession.builder.getOrCreate()
table = spark.read.parquet(os.environ["MEANFIELD_TABLE"])
regressor = meanfield.MeanfieldRegressor(
    featuresCols=["*"], labelCol="mass_kg", idCol="id", hiddenLayers=[8], maxIter=2
)
model = regressor.fit(table)
assert model.weightsSha256 == os.environ["MEANFIELD_WEIGHTS"], model.weightsSha256
importances = model.columnImportances(table.repartition(3)).toJSON().collect()
assert importances == os.environ["MEANFIELD_IMPORTANCES"].split("\n"), importances
assert model.transform(table).where("prediction > 0").count() == table.count()
assert meanfield.jar().endswith(".jar"), meanfield.jar()
