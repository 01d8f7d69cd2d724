package io.meanfield.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanfield.fixture.CapturedLog;
import io.meanfield.fixture.LocalSpark;
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator;
import org.apache.spark.ml.feature.IndexToString;
import org.apache.spark.ml.feature.StringIndexer;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RuntimeConfig;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MeanfieldClassifierIT {
  @TempDir private Path folder;

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

  /** Returns a quick classifier without ids. */
  private static MeanfieldClassifier quick() {
    return new MeanfieldClassifier().setHiddenLayers(new int[] {8}).setMaxIter(12);
  }

  private static Dataset<Row> labelled(String expression) {
    return Frames.clouds(300).withColumn("label", functions.expr(expression));
  }

  @Test
  void labelsThatAreNamesAreSortedAndKeptInTheModel() throws Exception {
    Dataset<Row> named = labelled("element_at(array('south', 'east', 'north'), label + 1)");
    MeanfieldClassificationModel model = quick().setIdCol("id").setStepSize(0.02).fit(named);
    assertThat(model.labels()).containsExactly("east", "north", "south");
    model.write().save(folder.resolve("named").toString());
    MeanfieldClassificationModel loaded =
        MeanfieldClassificationModel.load(folder.resolve("named").toString());
    Dataset<Row> scored =
        new IndexToString()
            .setInputCol("prediction")
            .setOutputCol("name")
            .setLabels(loaded.labels())
            .transform(loaded.transform(named));
    assertThat(scored.where("name = label").count()).isGreaterThan(290);
    assertThat(loaded.columnImportances(named).count()).isEqualTo(2);
    assertThatThrownBy(() -> loaded.columnImportances(labelled("'west'")))
        .hasMessageContaining(
            "column label is \"west\", which is none of the 3 values in training");
  }

  @Test
  void twoClassesHaveTwoProbabilitiesWhateverTheLabelsAre() {
    MeanfieldClassificationModel booleans = quick().fit(labelled("label = 1"));
    assertThat(booleans.labels()).containsExactly("false", "true");
    assertThat(booleans.numClasses()).isEqualTo(2);
    Row scored = booleans.transform(Frames.clouds(300)).first();
    assertThat(scored.<Vector>getAs("probability").size()).isEqualTo(2);
    assertThat(scored.<Vector>getAs("rawPrediction").size()).isEqualTo(2);
    MeanfieldClassificationModel numbers = quick().fit(labelled("double(label = 1)"));
    assertThat(numbers.labels()).containsExactly("0", "1");
  }

  @Test
  void numbersThatAreNoClassNumbersAreNamesWithAWarning() {
    try (CapturedLog log = CapturedLog.of(FrameFit.class)) {
      assertThat(quick().fit(labelled("10D * (label + 1)")).labels())
          .containsExactly("10", "20", "30");
      assertThat(log.messages())
          .containsExactly(
              "labelCol names the column label with the labels 10, 20, 30, but predictions are 0,"
                  + " 1, 2 …, which number the model's labels");
    }
    assertThat(quick().fit(labelled("2 * label")).numClasses()).isEqualTo(5);
  }

  @Test
  void metadataTellClassesThatASampleLacks() {
    Dataset<Row> indexed =
        new StringIndexer()
            .setInputCol("label")
            .setOutputCol("index")
            .fit(labelled("string(label)"))
            .transform(labelled("string(label)"))
            .drop("label")
            .withColumnRenamed("index", "label");
    MeanfieldClassificationModel model = quick().fit(indexed.where("label > 0"));
    assertThat(model.numClasses()).isEqualTo(3);
    assertThat(model.labels()).containsExactly("0", "1", "2");
  }

  @Test
  void labelMayHaveADotInItsName() {
    MeanfieldClassifier classifier = quick();
    classifier.setLabelCol("a.b");
    Dataset<Row> dotted = Frames.clouds(300).withColumnRenamed("label", "a.b");
    assertThat(classifier.fit(dotted).numClasses()).isEqualTo(3);
  }
}
