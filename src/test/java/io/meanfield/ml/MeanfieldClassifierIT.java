package io.meanfield.ml;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.LocalSpark;
import java.util.Arrays;
import org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RuntimeConfig;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;

class MeanfieldClassifierIT {

  static MeanfieldClassifier classifier() {
    return new MeanfieldClassifier()
        .setIdCol("id")
        .setHiddenLayers(new int[] {16})
        .setBatchSize(64)
        .setMaxIter(8);
  }

  static double accuracy(Dataset<Row> scored) {
    return new MulticlassClassificationEvaluator().setMetricName("accuracy").evaluate(scored);
  }

  @Test
  void threeCloudsAreSeparated() {
    MeanfieldClassificationModel model = classifier().setStepSize(0.01).fit(Frames.clouds(1000));
    assertThat(model.numClasses()).isEqualTo(3);
    assertThat(model.numFeatures()).isEqualTo(2);
    assertThat(accuracy(model.transform(Frames.clouds(1000)))).isGreaterThan(0.99);
  }

  @Test
  void transformKeepsColumnsAndAddsThoseOfSparksClassifiers() {
    MeanfieldClassificationModel model = classifier().fit(Frames.clouds(1000));
    Dataset<Row> frame = Frames.clouds(1000).withColumn("note", functions.lit("kept"));
    Dataset<Row> scored = model.transform(frame);
    assertThat(scored.columns())
        .containsExactly(
            "id", "features", "label", "note", "prediction", "rawPrediction", "probability");
    assertThat(scored.schema()).isEqualTo(model.transformSchema(frame.schema()));
    Row first = scored.orderBy("id").first();
    assertThat(first.<String>getAs("note")).isEqualTo("kept");
    Vector features = first.getAs("features");
    Vector probability = first.getAs("probability");
    assertThat(probability).isEqualTo(model.predictProbability(features));
    assertThat(Arrays.stream(probability.toArray()).sum()).isBetween(0.9999, 1.0001);
    assertThat(first.<Double>getAs("prediction")).isEqualTo(model.predict(features));
  }

  @Test
  void withoutIdsTheOrderOfRowsDoesNotChangeTheWeights() {
    Dataset<Row> rows = Frames.clouds(1000).drop("id");
    Dataset<Row> repeated = rows.union(rows.limit(200)).cache();
    MeanfieldClassifier classifier =
        new MeanfieldClassifier().setHiddenLayers(new int[] {8}).setMaxIter(2);
    RuntimeConfig conf = LocalSpark.session().conf();
    String partitions = conf.get("spark.sql.shuffle.partitions");
    String weights = classifier.fit(repeated).weightsSha256();
    conf.set("spark.sql.shuffle.partitions", "3");
    assertThat(classifier.fit(repeated.repartition(7)).weightsSha256()).isEqualTo(weights);
    assertThat(classifier.fit(repeated.orderBy("label").coalesce(1)).weightsSha256())
        .isEqualTo(weights);
    conf.set("spark.sql.shuffle.partitions", partitions);
  }
}
