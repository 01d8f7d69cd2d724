package io.meanfield.bench;

import io.meanfield.bench.Ranking.Scored;
import io.meanfield.pipeline.run.JobSettings;
import io.meanfield.pipeline.run.TestJobs;
import io.meanfield.sample.ChurnRow;
import io.meanfield.settings.LocalSettingsFile;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.classification.GBTClassifier;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.feature.OneHotEncoder;
import org.apache.spark.ml.feature.StandardScaler;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.ml.functions;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Trains on the table of a seed, and ranks its test rows. */
enum ChurnTrainer {
  /** MLlib's logistic regression, on scaled numbers and one-hot categories. */
  LOGISTIC_REGRESSION("MLlib LogisticRegression") {
    @Override
    Ranking rank(SparkSession spark, ChurnFiles files) {
      String[] vectors = {"plan_vector", "country_vector"};
      return mllib(
          spark,
          files,
          new OneHotEncoder().setInputCols(ChurnFrame.indexes()).setOutputCols(vectors),
          assembler(ChurnFrame.and(ChurnFrame.imputed(), vectors)).setOutputCol("raw"),
          new StandardScaler().setWithMean(true).setInputCol("raw").setOutputCol("features"),
          new LogisticRegression().setLabelCol(ChurnFrame.LABEL));
    }
  },
  /** MLlib's gradient-boosted trees, on numbers and on categories as such. */
  BOOSTED_TREES("MLlib GBTClassifier") {
    @Override
    Ranking rank(SparkSession spark, ChurnFiles files) {
      return mllib(
          spark,
          files,
          assembler(ChurnFrame.and(ChurnFrame.imputed(), ChurnFrame.indexes())),
          new GBTClassifier().setLabelCol(ChurnFrame.LABEL).setMaxBins(64).setSeed(files.seed()));
    }
  },
  /** The job {@code jobs/churn.conf}, on the files as they are. */
  MEANFIELD("Meanfield, jobs/churn.conf") {
    @Override
    Ranking rank(SparkSession spark, ChurnFiles files) {
      JobSettings settings =
          JobSettings.load(
              List.of(new LocalSettingsFile(Path.of("jobs/churn.conf"))),
              List.of(
                  "data.train.path=\"" + files.train() + "\"",
                  "data.test.path=\"" + files.test() + "\"",
                  "run.directory=\"" + files.folder() + "\"",
                  "run.seed=" + files.seed()));
      TestJobs.train(settings, "model").run();
      TestJobs.evaluate(settings, "test", "model").run();
      Dataset<Row> rows = spark.read().parquet(files.folder() + "/test/tables/predictions");
      return ranking(rows, rows.col("outputs").getItem(0), rows.col("actual"));
    }
  },
  /** The probabilities from which the labels were drawn: no trainer can be better but by chance. */
  BEST_POSSIBLE("the table's own probabilities") {
    @Override
    Ranking rank(SparkSession spark, ChurnFiles files) {
      Stream<ChurnRow> rows = files.testRows();
      return new Ranking(rows.map(row -> new Scored(row.probability(), row.churned())).toList());
    }
  };

  private final String title;

  ChurnTrainer(String title) {
    this.title = title;
  }

  String title() {
    return title;
  }

  abstract Ranking rank(SparkSession spark, ChurnFiles files);

  private static VectorAssembler assembler(String... columns) {
    return new VectorAssembler().setInputCols(columns).setOutputCol("features");
  }

  private static Ranking mllib(SparkSession spark, ChurnFiles files, PipelineStage... stages) {
    PipelineStage[] all =
        Stream.concat(ChurnFrame.stages().stream(), Stream.of(stages))
            .toArray(PipelineStage[]::new);
    Dataset<Row> train = ChurnFrame.read(spark, files.train()).cache();
    Dataset<Row> rows =
        new Pipeline().setStages(all).fit(train).transform(ChurnFrame.read(spark, files.test()));
    Column probabilities = functions.vector_to_array(rows.col("probability"), "float64");
    Ranking ranking = ranking(rows, probabilities.getItem(1), rows.col(ChurnFrame.LABEL));
    train.unpersist();
    return ranking;
  }

  private static Ranking ranking(Dataset<Row> rows, Column score, Column label) {
    return new Ranking(
        rows.select(score.cast("double"), label.cast("double")).collectAsList().stream()
            .map(row -> new Scored(row.getDouble(0), row.getDouble(1) == 1))
            .toList());
  }
}
