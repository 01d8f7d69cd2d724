package io.meanfield.pipeline.page;

import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroupFactory;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;

/** Writes tables of predictions in the layout of Spark, without Spark. */
public final class PredictionsFile {
  private static final MessageType SCHEMA =
      MessageTypeParser.parseMessageType(
          """
          message spark_schema {
            required int64 example_id;
            optional int32 actual;
            optional int32 predicted;
            optional group outputs (LIST) { repeated group list { required float element; } }
            optional group targets (LIST) { repeated group list { required float element; } }
            optional float weight;
          }
          """);

  private PredictionsFile() {}

  /** A row; negative classes and empty arrays are null. */
  public record Row(
      long id, int actual, int predicted, float[] outputs, float[] targets, float weight) {
    /** Returns the prediction of a class. */
    public static Row ofClass(long id, int actual, int predicted) {
      return new Row(id, actual, predicted, new float[] {0.5f}, new float[0], Float.NaN);
    }
  }

  /** Writes the table of a run, in one file. */
  public static void write(java.nio.file.Path run, List<Row> rows) throws IOException {
    Path file = new Path(run.resolve("tables/predictions/run-predictions-00000.parquet").toUri());
    try (ParquetWriter<Group> writer =
        ExampleParquetWriter.builder(file).withConf(new Configuration()).withType(SCHEMA).build()) {
      for (Row row : rows) {
        writer.write(group(row));
      }
    }
  }

  private static Group group(Row row) {
    Group group = new SimpleGroupFactory(SCHEMA).newGroup().append("example_id", row.id());
    if (row.actual() >= 0) {
      group.add("actual", row.actual());
    }
    if (row.predicted() >= 0) {
      group.add("predicted", row.predicted());
    }
    add(group, "outputs", row.outputs());
    add(group, "targets", row.targets());
    if (!Float.isNaN(row.weight())) {
      group.add("weight", row.weight());
    }
    return group;
  }

  private static void add(Group group, String column, float[] values) {
    if (values.length > 0) {
      Group list = group.addGroup(column);
      for (float value : values) {
        list.addGroup("list").add("element", value);
      }
    }
  }
}
