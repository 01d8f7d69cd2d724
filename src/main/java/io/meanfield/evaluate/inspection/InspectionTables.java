package io.meanfield.evaluate.inspection;

import io.meanfield.store.RowTable;
import io.meanfield.store.RunDirectory;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.sql.types.DataTypes;

/**
 * Writes the tables {@code curves}, {@code samples}, {@code sample_columns}, {@code importance} and
 * {@code classes}.
 */
public final class InspectionTables {
  /** The name of a class. */
  private record ClassName(int cls, String name) {}

  /** A column of a sample. */
  private record SampleColumn(long example, ColumnValue value) {}

  private static final RowTable<CurvePoint> CURVES =
      RowTable.<CurvePoint>named("curves")
          .column("kind", DataTypes.StringType, point -> point.kind().id())
          .column("x", DataTypes.DoubleType, CurvePoint::x)
          .column("y", DataTypes.DoubleType, CurvePoint::y)
          .nullable("label", DataTypes.StringType, CurvePoint::label);
  private static final RowTable<Sample> SAMPLES =
      RowTable.<Sample>named("samples")
          .column("example_id", DataTypes.LongType, Sample::id)
          .column("example_key", DataTypes.StringType, Sample::key)
          .column("kind", DataTypes.StringType, sample -> sample.kind().id())
          .column("actual", DataTypes.StringType, Sample::actual)
          .column("predicted", DataTypes.StringType, Sample::predicted)
          .nullable("probability", DataTypes.DoubleType, Sample::probability)
          .nullable("height", DataTypes.IntegerType, number(PixelImage::height))
          .nullable("width", DataTypes.IntegerType, number(PixelImage::width))
          .nullable("channels", DataTypes.IntegerType, number(PixelImage::channels))
          .nullable(
              "pixels", DataTypes.BinaryType, sample -> sample.picture().map(PixelImage::pixels));
  private static final RowTable<SampleColumn> SAMPLE_COLUMNS =
      RowTable.<SampleColumn>named("sample_columns")
          .column("example_id", DataTypes.LongType, SampleColumn::example)
          .column("column", DataTypes.StringType, row -> row.value().column())
          .column("value", DataTypes.StringType, row -> row.value().text())
          .column("deviation", DataTypes.DoubleType, row -> row.value().deviation());
  private static final RowTable<ClassName> CLASSES =
      RowTable.<ClassName>named("classes")
          .column("class", DataTypes.IntegerType, ClassName::cls)
          .column("name", DataTypes.StringType, ClassName::name);

  private InspectionTables() {}

  private static RowTable.Value<Sample, Optional<Integer>> number(
      RowTable.Value<PixelImage, Integer> value) {
    return sample -> sample.picture().map(value::of);
  }

  private static RowTable<ColumnImportance> importance(double seconds) {
    return RowTable.<ColumnImportance>named("importance")
        .column("column", DataTypes.StringType, ColumnImportance::column)
        .column("loss_increase", DataTypes.DoubleType, ColumnImportance::lossIncrease)
        .column("deviation", DataTypes.DoubleType, ColumnImportance::deviation)
        .column("repeats", DataTypes.IntegerType, ColumnImportance::repeats)
        .column("examples", DataTypes.IntegerType, ColumnImportance::examples)
        .column("seconds", DataTypes.DoubleType, row -> seconds);
  }

  /** Deletes the tables of an earlier inspection, which may have been of other examples. */
  public static void delete(RunDirectory run) {
    run.deleteTables(
        List.of(
            CURVES.name(),
            SAMPLES.name(),
            SAMPLE_COLUMNS.name(),
            importance(0).name(),
            CLASSES.name()));
  }

  /** Writes the tables that have rows. */
  public static void write(RunDirectory run, Inspection found) {
    write(run, CURVES, found.curves());
    write(run, SAMPLES, found.samples());
    write(
        run,
        SAMPLE_COLUMNS,
        found.samples().stream()
            .flatMap(
                sample ->
                    sample.columns().stream().map(value -> new SampleColumn(sample.id(), value)))
            .distinct() // an example may be shown for two reasons
            .toList());
    write(run, importance(found.importanceSeconds()), found.importance());
    write(run, CLASSES, names(found.classes()));
  }

  private static <T> void write(RunDirectory run, RowTable<T> table, List<T> rows) {
    if (!rows.isEmpty()) {
      table.write(run, rows);
    }
  }

  private static List<ClassName> names(List<String> classes) {
    return IntStream.range(0, classes.size())
        .mapToObj(cls -> new ClassName(cls, classes.get(cls)))
        .toList();
  }
}
