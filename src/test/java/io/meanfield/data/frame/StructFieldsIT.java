package io.meanfield.data.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanfield.fixture.LocalSpark;
import io.meanfield.fixture.TestJobs;
import io.meanfield.ml.MeanfieldClassificationModel;
import io.meanfield.ml.MeanfieldClassifier;
import io.meanfield.pipeline.settings.JobSettings;
import io.meanfield.pipeline.start.InitJob;
import io.meanfield.settings.LocalSettingsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The fields of structs are columns for every job, as if the table had been written with them. */
class StructFieldsIT {
  private static final String PLACE = "if(id % 17 = 0, null, id / 7 % 5)";
  private static final String CITY = "if(id % 17 = 0, null, concat('city', id % 4))";
  private static final String DAY = "date_add(date'2024-01-01', cast(id % 90 as int))";
  private static final String LABEL = "if(id % 4 = 1, 'yes', 'no')";

  @TempDir private Path folder;

  private static Dataset<Row> structs() {
    return LocalSpark.session()
        .range(300)
        .selectExpr(
            "if(id % 17 = 0, null, named_struct('city', concat('city', id % 4), 'size', id / 7 %"
                + " 5)) as address",
            "named_struct('first call', named_struct('day', " + DAY + ")) as `visit.s`",
            "map('a', id) as tags",
            LABEL + " as y");
  }

  private static Dataset<Row> flat() {
    return LocalSpark.session()
        .range(300)
        .selectExpr(
            CITY + " as `address.city`",
            PLACE + " as `address.size`",
            DAY + " as `visit.s.first call.day`",
            "map('a', id) as tags",
            LABEL + " as y");
  }

  private JobSettings proposed(Dataset<Row> frame, String name) throws IOException {
    Path table = folder.resolve(name + ".parquet");
    frame.repartition(2).write().parquet(table.toString());
    Path conf = folder.resolve(name + ".conf");
    new InitJob(
            LocalSpark.session(),
            new InitJob.Request(
                Optional.of(table.toString()),
                Optional.empty(),
                Optional.empty(),
                Optional.of("y"),
                Optional.of(conf.toString())),
            line -> {})
        .run();
    assertThat(Files.readAllLines(conf))
        .contains(
            "      \"address.size\" # numbers",
            "      \"visit.s.first call.day\" # dates",
            "      \"address.city\" # 4 different texts");
    return JobSettings.load(
        List.of(new LocalSettingsFile(conf)),
        List.of(
            "run { page = none, directory = \"" + folder.resolve("runs-" + name) + "\" }",
            "network { preset = none, hidden-layers = [ { dense = 2, activation = relu } ] }",
            "train { workers = 1, epochs = 2 }"));
  }

  @Test
  void fieldsOfStructsAreColumnsOfTheJobs() throws IOException {
    JobSettings structs = proposed(structs(), "structs");
    JobSettings flat = proposed(flat(), "flat");
    assertThat(TestJobs.weights(TestJobs.train(structs, "run").run()))
        .isEqualTo(TestJobs.weights(TestJobs.train(flat, "run").run()));
    TestJobs.evaluate(structs, "test", "run").run();
    TestJobs.evaluate(flat, "test", "run").run();
    assertThat(rows("structs", "test", "confusion")).isEqualTo(rows("flat", "test", "confusion"));
    TestJobs.predict(structs, "predicted", "run").run();
    assertThat(rows("structs", "predicted", "predictions")).hasSizeGreaterThan(40);
  }

  private List<Row> rows(String runs, String run, String table) {
    return TestJobs.table(folder.resolve("runs-" + runs), run, table).collectAsList();
  }

  @Test
  void fieldsOfStructsAreColumnsOfTheEstimators() {
    MeanfieldClassifier classifier =
        new MeanfieldClassifier()
            .setFeaturesCols(new String[] {"*"})
            .setLabelCol("y")
            .setHiddenLayers(new int[] {4})
            .setMaxIter(2);
    MeanfieldClassificationModel structs = classifier.fit(structs());
    MeanfieldClassificationModel flat = classifier.fit(flat());
    Dataset<Row> scored = structs.transform(structs());
    assertThat(scored.columns()).startsWith("address", "visit.s", "tags", "y");
    assertThat(scored.select("probability", "prediction").collectAsList())
        .isEqualTo(flat.transform(flat()).select("probability", "prediction").collectAsList());
    assertThat(structs.columnImportances(structs()).collectAsList())
        .isEqualTo(flat.columnImportances(flat()).collectAsList());
  }

  @Test
  void fieldIsNotTakenForAColumnWithTheSameName() {
    Dataset<Row> both =
        structs().selectExpr("*", "length(y) as `address.city`", "length(y) as other");
    assertThatThrownBy(
            () ->
                new MeanfieldClassifier()
                    .setFeaturesCols(new String[] {"address.city"})
                    .setLabelCol("y")
                    .fit(both))
        .hasMessage(
            "featuresCols names the column address.city, which the DataFrame has 2 times; rename"
                + " all but one of them");
    both.createOrReplaceTempView("both");
    assertThatThrownBy(
            () ->
                new InitJob(
                        LocalSpark.session(),
                        new InitJob.Request(
                            Optional.empty(),
                            Optional.of("both"),
                            Optional.empty(),
                            Optional.of("y"),
                            Optional.of(folder.resolve("both.conf").toString())),
                        line -> {})
                    .run())
        .hasMessage("both has two columns address.city; expected unique column names");
  }
}
