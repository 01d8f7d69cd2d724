package io.meanfield.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanfield.error.UserException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;

/** The param weightCol. */
class WeightColIT {
  private static final Dataset<Row> CLOUDS = Frames.clouds(120);

  private static MeanfieldClassifier classifier() {
    return new MeanfieldClassifier()
        .setHiddenLayers(new int[] {8})
        .setBatchSize(16)
        .setMaxIter(5)
        .setStepSize(0.05)
        .setNumWorkers(1)
        .setNetwork("data.validation-fraction = 0");
  }

  @Test
  void equalWeightsGiveTheBitsOfNoWeights() {
    MeanfieldClassifier classifier = classifier().setIdCol("id").setMaxIter(2);
    String plain = classifier.fit(CLOUDS).weightsSha256();
    Dataset<Row> weighted = CLOUDS.withColumn("w", functions.lit(3));
    classifier.setWeightCol("w");
    assertThat(classifier.fit(weighted).weightsSha256()).isEqualTo(plain);
    Dataset<Row> varied = CLOUDS.withColumn("w", functions.expr("1 + id % 5"));
    assertThat(classifier.fit(varied).weightsSha256()).isNotEqualTo(plain);
  }

  @Test
  void wrongWeightIsAnError() {
    MeanfieldClassifier classifier = classifier().setIdCol("id").setWeightCol("w");
    assertThatThrownBy(
            () -> classifier.fit(CLOUDS.withColumn("w", functions.expr("if(id = 7, -1, 1)"))))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "the DataFrame, id 7: column w is \"-1.0\", expected the weight of an example: a number"
                + " of at least 0; correct the data, or leave such rows out with data.bad-rows ="
                + " skip in param network");
    MeanfieldClassifier withoutIds = classifier().setWeightCol("w");
    assertThatThrownBy(() -> withoutIds.fit(CLOUDS.withColumn("w", functions.lit(-1))))
        .hasMessage(
            "the DataFrame: column w is \"-1.0\", expected the weight of an example: a number of at"
                + " least 0\n"
                + "and %d more rows of the DataFrame are wrong; correct the data, or leave such"
                + " rows out with data.bad-rows = skip in param network",
            CLOUDS.count() - 1);
    assertThatThrownBy(() -> classifier.fit(CLOUDS.withColumn("w", functions.lit(0))))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "the DataFrame has no training example with a weight above 0, expected at least one");
  }
}
