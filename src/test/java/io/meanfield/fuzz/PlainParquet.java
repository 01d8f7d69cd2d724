package io.meanfield.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroupFactory;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;

/** Parquet files with the types of columns that Meanfield reads into arrays, without Spark. */
final class PlainParquet {
  static final String COLUMNS =
      "columns { id = id, label = kind, categorical = [color], features = [size, count, ratio,"
          + " large, parts, shares] }";
  private static final MessageType SCHEMA =
      MessageTypeParser.parseMessageType(
          """
          message spark_schema {
            optional int64 id;
            optional double size;
            optional int32 count;
            required float ratio;
            optional boolean large;
            optional binary color (STRING);
            optional binary kind (STRING);
            optional group parts (LIST) { repeated group list { optional int32 element; } }
            optional group shares (LIST) { repeated group list { required float element; } }
          }
          """);

  private PlainParquet() {}

  /** How a file is written. */
  private record Form(WriterVersion version, boolean dictionary, CompressionCodecName codec) {}

  /** Returns a file of each version of the format, with and without dictionaries. */
  static List<byte[]> files() {
    return Stream.of(
            new Form(WriterVersion.PARQUET_1_0, true, CompressionCodecName.SNAPPY),
            new Form(WriterVersion.PARQUET_1_0, false, CompressionCodecName.UNCOMPRESSED),
            new Form(WriterVersion.PARQUET_2_0, true, CompressionCodecName.GZIP),
            new Form(WriterVersion.PARQUET_2_0, false, CompressionCodecName.ZSTD))
        .map(PlainParquet::of)
        .toList();
  }

  private static byte[] of(Form form) {
    try {
      Path folder = Files.createTempDirectory("fuzz");
      try {
        Path file = folder.resolve("table.parquet");
        write(file, form);
        return Files.readAllBytes(file);
      } finally {
        FileUtils.deleteDirectory(folder.toFile());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  // Small groups and pages, so that a file has several of each.
  private static void write(Path file, Form form) throws IOException {
    try (ParquetWriter<Group> writer =
        ExampleParquetWriter.builder(new org.apache.hadoop.fs.Path(file.toUri()))
            .withConf(new Configuration())
            .withType(SCHEMA)
            .withWriterVersion(form.version())
            .withDictionaryEncoding(form.dictionary())
            .withCompressionCodec(form.codec())
            .withRowGroupSize(1L)
            .withMinRowCountForPageSizeCheck(16)
            .withPageRowCountLimit(8)
            .build()) {
      for (int i = 0; i < Tables.ROWS; i++) {
        writer.write(row(i));
      }
    }
  }

  private static Group row(int i) {
    Group row = new SimpleGroupFactory(SCHEMA).newGroup();
    row.append("id", (long) i).append("count", i % 6).append("ratio", i / 8f);
    row.append("large", i % 5 < 2).append("color", Tables.color(i)).append("kind", Tables.kind(i));
    if (i % 11 != 3) {
      row.append("size", i * 7 % 24 / 8.0);
    }
    Group parts = row.addGroup("parts");
    IntStream.range(0, 3).forEach(k -> parts.addGroup("list").append("element", i * k % 5));
    Group shares = row.addGroup("shares");
    IntStream.range(0, 2).forEach(k -> shares.addGroup("list").append("element", i / (k + 2f)));
    return row;
  }
}
