package io.meanfield.store.table;

import io.meanfield.store.file.FileContent;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.temporal.JulianFields;
import java.util.List;
import java.util.Map;
import org.apache.commons.io.output.CloseShieldOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.NanoTime;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.util.HadoopStreams;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.spark.sql.execution.datasources.parquet.SparkToParquetSchemaConverter;
import org.apache.spark.sql.internal.SQLConf;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * A Parquet file with rows that are in the memory of the driver, written without a Spark job. Spark
 * reads the same schema and rows as from a file that it wrote itself.
 *
 * @param rows a value for each column, in the order of the schema; null where there is none
 */
record TableFile(StructType schema, List<Object[]> rows) implements FileContent {
  // Where Spark keeps the schema of a file.
  private static final String SPARK_SCHEMA = "org.apache.spark.sql.parquet.row.metadata";

  @Override
  public void writeTo(OutputStream out) throws IOException {
    MessageType type = new SparkToParquetSchemaConverter(new SQLConf()).convert(schema);
    try (ParquetWriter<Group> writer =
        ExampleParquetWriter.builder(new OpenedFile(out))
            .withConf(new Configuration(false))
            .withType(type)
            .withExtraMetaData(Map.of(SPARK_SCHEMA, schema.json()))
            .withCompressionCodec(CompressionCodecName.SNAPPY) // Spark's default
            .build()) {
      for (Object[] row : rows) {
        writer.write(group(type, row));
      }
    }
  }

  private Group group(MessageType type, Object[] row) {
    Group group = new SimpleGroup(type);
    for (int i = 0; i < row.length; i++) {
      StructField field = schema.apply(i);
      if (row[i] != null) {
        add(group, field, row[i]);
      } else if (!field.nullable()) {
        throw new IllegalArgumentException("column " + field.name() + " has a row without a value");
      }
    }
    return group;
  }

  private static void add(Group group, StructField field, Object value) {
    String column = field.name();
    if (value instanceof String text) {
      group.add(column, text);
    } else if (value instanceof Integer number) {
      group.add(column, number);
    } else if (value instanceof Long number) {
      group.add(column, number);
    } else if (value instanceof Float number) {
      group.add(column, number);
    } else if (value instanceof Double number) {
      group.add(column, number);
    } else if (value instanceof Boolean truth) {
      group.add(column, truth);
    } else if (value instanceof byte[] bytes) {
      group.add(column, Binary.fromConstantByteArray(bytes));
    } else if (value instanceof Timestamp time) {
      group.add(column, nanoTime(time.toInstant()));
    } else {
      throw new IllegalArgumentException(
          "column "
              + column
              + " has the type "
              + field.dataType().simpleString()
              + ", which only distributed tables can have");
    }
  }

  // The Julian day and the nanoseconds of the day, with the precision that Spark has.
  private static NanoTime nanoTime(Instant time) {
    OffsetDateTime utc = time.truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
    return new NanoTime(
        (int) utc.getLong(JulianFields.JULIAN_DAY), utc.toLocalTime().toNanoOfDay());
  }

  /** A stream as a file that Parquet writes; the caller closes the stream. */
  private record OpenedFile(OutputStream out) implements OutputFile {
    @Override
    public PositionOutputStream create(long blockSize) throws IOException {
      OutputStream open = new BufferedOutputStream(CloseShieldOutputStream.wrap(out));
      return HadoopStreams.wrap(new FSDataOutputStream(open, null));
    }

    @Override
    public PositionOutputStream createOrOverwrite(long blockSize) throws IOException {
      return create(blockSize);
    }

    @Override
    public boolean supportsBlockSize() {
      return false;
    }

    @Override
    public long defaultBlockSize() {
      return 0;
    }
  }
}
