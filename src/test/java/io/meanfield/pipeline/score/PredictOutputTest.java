package io.meanfield.pipeline.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanfield.data.source.PassedColumns;
import io.meanfield.error.UserException;
import io.meanfield.pipeline.settings.JobSettings;
import io.meanfield.store.table.RowFormat;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.junit.jupiter.api.Test;

class PredictOutputTest {
  private static PredictOutput partitionedBy(String... columns) {
    return new PredictOutput(
        Optional.of("out"),
        Optional.empty(),
        PassedColumns.NONE,
        List.of(columns),
        RowFormat.PARQUET,
        false);
  }

  private static StructField field(String name) {
    return DataTypes.createStructField(name, DataTypes.StringType, true);
  }

  @Test
  void copiedColumnWithTheNameOfAPredictionIsRefused() {
    StructField[] fields = {field("Predicted"), field("predicted")};
    assertThatThrownBy(() -> partitionedBy().requireColumns(fields))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "--columns passes predicted through, but predict writes a column of that name; name the"
                + " other columns in --columns, or rename that column of the data");
  }

  @Test
  void filesAreDividedByColumnsWithSingleValues() {
    StructField[] fields = {
      field("day"),
      DataTypes.createStructField("outputs", DataTypes.createArrayType(DataTypes.FloatType), false)
    };
    partitionedBy("day").requireColumns(fields);
    assertThatThrownBy(() -> partitionedBy("outputs").requireColumns(fields))
        .hasMessage("--partition-by names outputs, an array; expected a column with single values");
    assertThatThrownBy(() -> partitionedBy("city").requireColumns(fields))
        .hasMessage(
            "--partition-by names city, which is no column of the output; expected one of day,"
                + " outputs; columns of the data are passed through with --columns");
  }

  private static PredictOutput copying(String... columns) {
    return new PredictOutput(
        Optional.of("out"),
        Optional.empty(),
        PassedColumns.of(List.of(columns)),
        List.of(),
        RowFormat.PARQUET,
        false);
  }

  private static JobSettings settings(String data) {
    return JobSettings.load(List.of(), List.of("data { " + data + ", columns.label = y }"));
  }

  @Test
  void columnsOfFilesOnlyAreCopied() {
    copying("a").requireSupported(settings("format = csv, test.path = a.csv"));
    copying("a").requireSupported(settings("format = parquet, test.path = a"));
    copying("a").requireSupported(settings("format = csv")); // the job names the missing path
    JobSettings table = settings("format = spark, test.table = people");
    copying().requireSupported(table);
    assertThatThrownBy(() -> copying("a").requireSupported(table))
        .hasMessage(
            "--columns copies columns of csv and parquet files only, found data.format = spark;"
                + " leave --columns out, or, if the rows are in such files, add --set"
                + " data.format=csv");
  }

  @Test
  void starStandsForAllColumns() {
    List<String> all = List.of("a", "b");
    assertThat(PassedColumns.of(List.of("*")).among(all)).isEqualTo(all);
    assertThat(PassedColumns.of(List.of("b", "b")).among(all)).containsExactly("b");
    assertThat(PassedColumns.of(List.of()).isNone()).isTrue();
  }

  @Test
  void throughputIsThatOfAllCoresAndOfOne() {
    assertThat(PredictToOutputJob.speed(3000, 1_500_000_000L, 2))
        .isEqualTo("2000 rows a second, 1000 for each core (3000 rows, 1.50 s, 2 cores)");
  }
}
