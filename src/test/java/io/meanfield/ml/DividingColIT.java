package io.meanfield.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import java.nio.file.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The params timeCol and groupCol. */
class DividingColIT {
  private static final Dataset<Row> CLOUDS =
      Frames.clouds(120)
          .withColumn("rank", functions.expr("row_number() OVER (ORDER BY hash(id))"))
          .withColumn("day", functions.expr("date_add(date'2026-01-01', rank)"))
          .withColumn("shop", functions.expr("concat('s', rank % 12)"))
          .drop("rank");

  @TempDir private Path folder;

  private static MeanfieldClassifier classifier() {
    return new MeanfieldClassifier().setIdCol("id").setHiddenLayers(new int[] {4}).setMaxIter(2);
  }

  /** Returns rows with other labels after a day. */
  private static Dataset<Row> changedAfter(String day) {
    return CLOUDS.withColumn(
        "label", functions.expr("if(day > date'" + day + "', (label + 1) % 3, label)"));
  }

  @Test
  void newestRowsAreForValidation() {
    MeanfieldClassifier classifier = classifier().setTimeCol("day");
    String weights = classifier.fit(CLOUDS).weightsSha256();
    // Of 120 days, the first 96 are for training.
    assertThat(classifier.fit(changedAfter("2026-04-07")).weightsSha256()).isEqualTo(weights);
    assertThat(classifier.fit(changedAfter("2026-04-06")).weightsSha256()).isNotEqualTo(weights);
  }

  @Test
  void groupsAreForTrainingOrForValidation() {
    classifier()
        .setGroupCol("shop")
        .setCheckpointDir(folder.toString())
        .setRunId("fit")
        .fit(CLOUDS);
    assertThat(
            ConfigFactory.parseFile(folder.resolve("fit/run.json").toFile())
                .getConfig("data.train"))
        .satisfies(
            train -> {
              assertThat(train.getString("divided_by")).isEqualTo("data.columns.group = shop");
              assertThat(train.getInt("validation")).isIn(20, 30);
            });
  }

  @Test
  void columnsThatCannotDivideRowsAreRefused() {
    assertThatThrownBy(() -> classifier().setTimeCol("when").fit(CLOUDS))
        .hasMessage(
            "timeCol names the column when, which the DataFrame does not have; its columns are id,"
                + " features, label, day, shop");
    assertThatThrownBy(() -> classifier().setTimeCol("day").setGroupCol("shop").fit(CLOUDS))
        .hasMessage(
            "timeCol and groupCol are both set; set timeCol if the model will meet new rows of"
                + " known groups, groupCol if it will meet new groups");
    assertThatThrownBy(
            () ->
                classifier()
                    .setGroupCol("shop")
                    .setValidationIndicatorCol("held")
                    .fit(CLOUDS.withColumn("held", functions.expr("id % 2 = 0"))))
        .hasMessage(
            "groupCol and validationIndicatorCol both choose the validation rows; leave one of them"
                + " out");
    assertThatThrownBy(() -> classifier().setTimeCol("features").fit(CLOUDS))
        .hasMessage(
            "the DataFrame has vector in column features, expected dates, timestamps or numbers,"
                + " because timeCol names the column");
  }
}
