package io.meanfield.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.meanfield.fixture.Digits;
import io.meanfield.fixture.LocalSpark;
import java.util.List;
import org.apache.spark.ml.classification.MultilayerPerceptronClassifier;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.VectorUDT;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import scala.Tuple2;

/** Compares the benchmark's fit, one iteration at a time, with MLlib's. */
class PerceptronFitIT {
  private static final int[] LAYERS = {784, 8, 10};
  private static final List<Tuple2<Vector, Vector>> EXAMPLES =
      Perceptron.examples(Digits.train(), 0, 300).toList();

  @Test
  void iterationsGiveTheWeightsOfMllibsFit() {
    Vector expected =
        new MultilayerPerceptronClassifier()
            .setLayers(LAYERS)
            .setMaxIter(4)
            .setSeed(7)
            .fit(frame())
            .weights();
    try (PerceptronFit fit =
        new PerceptronFit(LocalSpark.context().parallelize(EXAMPLES, 2), LAYERS, 7)) {
      for (int i = 0; i < 4; i++) {
        fit.iterate();
      }
      // Spark adds the partitions' gradients in the order of their arrival.
      assertThat(fit.weights()).containsExactly(expected.toArray(), within(1e-9));
    }
  }

  private static Dataset<Row> frame() {
    List<Row> rows =
        EXAMPLES.stream()
            .map(example -> RowFactory.create((double) example._2().argmax(), example._1()))
            .toList();
    StructType schema =
        new StructType()
            .add("label", DataTypes.DoubleType, false)
            .add("features", new VectorUDT(), false);
    return LocalSpark.session().createDataFrame(LocalSpark.context().parallelize(rows, 2), schema);
  }
}
