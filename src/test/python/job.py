"""A job with the jar alone: spark-submit --jars app.jar --py-files app.jar job.py TABLE WEIGHTS."""

import sys

from pyspark.sql import SparkSession

import meanfield

spark = SparkSession.builder.getOrCreate()
table = spark.read.parquet(sys.argv[1])
regressor = meanfield.MeanfieldRegressor(
    featuresCols=["*"], labelCol="mass_kg", idCol="id", hiddenLayers=[8], maxIter=2
)
model = regressor.fit(table)
assert model.weightsSha256 == sys.argv[2], model.weightsSha256
assert model.transform(table).where("prediction > 0").count() == table.count()
assert meanfield.jar().endswith(".jar"), meanfield.jar()
