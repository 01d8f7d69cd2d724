package io.meanfield.data.parquet.rowgroup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroupFactory;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Chunks whose encoding changes, arrays of every type, and ranges of several files. */
class PageEncodingsTest {
  private static final int ROWS = 600;
  private static final Configuration HADOOP = new Configuration();
  private static final MessageType SCHEMA =
      MessageTypeParser.parseMessageType(
          """
          message spark_schema {
            required int64 id;
            required binary name (STRING);
            optional group doubles (LIST) { repeated group list { optional double element; } }
            optional group integers (LIST) { repeated group list { optional int32 element; } }
            optional group flags (LIST) { repeated group list { optional boolean element; } }
          }
          """);
  private static final List<FileColumn> COLUMNS =
      List.of(
          new FileColumn("id", ValueKind.LONG, false),
          new FileColumn("name", ValueKind.TEXT, false),
          new FileColumn("doubles", ValueKind.DOUBLE, true),
          new FileColumn("integers", ValueKind.INTEGER, true),
          new FileColumn("flags", ValueKind.BOOLEAN, true));

  @TempDir private Path folder;

  // First few different values, for which a dictionary is worthwhile, then too many for it.
  private static int key(int i) {
    return i < 100 ? i % 3 : i;
  }

  private static Group row(int i) {
    Group row = new SimpleGroupFactory(SCHEMA).newGroup();
    row.append("id", 1_000_003L * key(i)).append("name", "name" + key(i));
    Group doubles = row.addGroup("doubles");
    Group integers = row.addGroup("integers");
    Group flags = row.addGroup("flags");
    for (int k = 0; k < 3; k++) {
      doubles.addGroup("list").append("element", i / 3.0 + k);
      integers.addGroup("list").append("element", i * k);
      flags.addGroup("list").append("element", (i + k) % 3 == 0);
    }
    return row;
  }

  private static String expected(int i) {
    return String.format(
        "%d name%d [%s, %s, %s] [0, %d, %d] [%d, %d, %d]",
        1_000_003L * key(i),
        key(i),
        i / 3.0,
        i / 3.0 + 1,
        i / 3.0 + 2,
        i,
        2 * i,
        i % 3 == 0 ? 1 : 0,
        i % 3 == 2 ? 1 : 0,
        i % 3 == 1 ? 1 : 0);
  }

  private String write(String name, WriterVersion version, int from, int to) throws IOException {
    Path file = folder.resolve(name);
    try (ParquetWriter<Group> writer =
        ExampleParquetWriter.builder(new org.apache.hadoop.fs.Path(file.toUri()))
            .withConf(HADOOP)
            .withType(SCHEMA)
            .withWriterVersion(version)
            .withDictionaryPageSize(200)
            .withPageRowCountLimit(20)
            .build()) {
      for (int i = from; i < to; i++) {
        writer.write(row(i));
      }
    }
    return file.toUri().toString();
  }

  private static List<String> read(int longest, String... files) throws IOException {
    RowRange range =
        RowRange.divide(
                Stream.of(files).map(file -> FileLayout.of(file, COLUMNS, HADOOP)).toList(),
                1,
                ROWS)
            .get(0);
    List<String> rows = new ArrayList<>();
    try (RowRangeReader reader = new RowRangeReader(range, COLUMNS, longest, HADOOP)) {
      while (reader.hasNext()) {
        reader.next(64);
        for (int row = 0; row < reader.rows(); row++) {
          rows.add(found(reader, row));
        }
      }
    }
    return rows;
  }

  private static String found(RowRangeReader reader, int row) {
    List<String> values = new ArrayList<>();
    for (int i = 0; i < COLUMNS.size(); i++) {
      values.add(
          reader.values(i) instanceof ArrayValues array
              ? IntStream.range(0, array.length(row))
                  .mapToObj(k -> array.elementText(row, k).orElse("null"))
                  .toList()
                  .toString()
              : reader.values(i).text(row).orElse("null"));
    }
    return String.join(" ", values);
  }

  private static Set<Encoding> encodings(String file) throws IOException {
    try (OpenFile reader = OpenFile.open(file, HADOOP)) {
      Set<Encoding> found = new TreeSet<>();
      reader
          .groups()
          .get(0)
          .getColumns()
          .subList(0, 2)
          .forEach(chunk -> found.addAll(chunk.getEncodings()));
      return found;
    }
  }

  @ParameterizedTest
  @EnumSource(WriterVersion.class)
  void dictionaryThatOverflowsInAChunkKeepsEveryValue(WriterVersion version) throws IOException {
    String file = write("a.parquet", version, 0, ROWS);
    assertThat(encodings(file))
        .contains(
            version == WriterVersion.PARQUET_1_0 ? Encoding.PLAIN : Encoding.DELTA_BINARY_PACKED)
        .anyMatch(Encoding::usesDictionary);
    assertThat(read(3, file))
        .isEqualTo(IntStream.range(0, ROWS).mapToObj(PageEncodingsTest::expected).toList());
  }

  @Test
  void rangeContinuesInTheNextFile() throws IOException {
    String first = write("a.parquet", WriterVersion.PARQUET_1_0, 0, 250);
    String second = write("b.parquet", WriterVersion.PARQUET_2_0, 250, ROWS);
    assertThat(read(3, first, second))
        .isEqualTo(IntStream.range(0, ROWS).mapToObj(PageEncodingsTest::expected).toList());
  }

  @Test
  void elementsBeyondTheLongestAreOnlyCounted() throws IOException {
    String file = write("a.parquet", WriterVersion.PARQUET_1_0, 0, ROWS);
    RowRange range = RowRange.divide(List.of(FileLayout.of(file, COLUMNS, HADOOP)), 1, 1).get(0);
    try (RowRangeReader reader = new RowRangeReader(range, COLUMNS, 2, HADOOP)) {
      reader.next(64);
      ArrayValues integers = (ArrayValues) reader.values(3);
      assertThat(integers.length(63)).isEqualTo(3);
      assertThat(integers.element(63, 1)).isEqualTo(63);
      assertThat(integers.present(63)).isEqualTo("[0.0, 63.0]");
    }
  }
}
