package io.meanfield.data.parquet.rowgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanfield.error.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroupFactory;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values are those that were written, whatever the encoding and wherever a range begins. */
class RowRangeReaderTest {
  private static final int ROWS = 5_000;
  private static final Configuration HADOOP = new Configuration();
  private static final MessageType SCHEMA =
      MessageTypeParser.parseMessageType(
          """
          message spark_schema {
            required int64 id;
            optional float x;
            optional double y;
            required double z;
            optional int32 small;
            optional int32 tiny (INTEGER(8,true));
            optional boolean flag;
            optional binary name (STRING);
            optional group array (LIST) { repeated group list { optional float element; } }
            optional int64 time (TIMESTAMP(MICROS,true));
          }
          """);
  private static final List<FileColumn> COLUMNS =
      List.of(
          new FileColumn("array", ValueKind.FLOAT, true),
          new FileColumn("id", ValueKind.LONG, false),
          new FileColumn("x", ValueKind.FLOAT, false),
          new FileColumn("y", ValueKind.DOUBLE, false),
          new FileColumn("z", ValueKind.DOUBLE, false),
          new FileColumn("small", ValueKind.INTEGER, false),
          new FileColumn("tiny", ValueKind.BYTE, false),
          new FileColumn("flag", ValueKind.BOOLEAN, false),
          new FileColumn("name", ValueKind.TEXT, false));

  @TempDir private Path folder;

  private static Group row(int i) {
    Group row = new SimpleGroupFactory(SCHEMA).newGroup();
    row.append("id", 7L * i).append("z", i / 3.0);
    if (i % 3 != 0) {
      row.append("x", i % 2 == 0 ? i * 0.1f : i % 20).append("y", Math.sqrt(i));
    }
    if (i % 1000 > 400) { // long runs of missing values
      row.append("small", i % 5).append("tiny", i % 100).append("flag", i % 4 == 1);
    }
    if (i % 7 != 0) {
      row.append("name", i % 11 == 0 ? "ä" + i : "n" + i % 3);
    }
    if (i % 5 != 0) {
      Group array = row.addGroup("array");
      for (int k = 0; k < i % 4; k++) {
        Group element = array.addGroup("list");
        if ((i + k) % 6 != 0) {
          element.append("element", i + k / 4f);
        }
      }
    }
    return row;
  }

  private String write(WriterVersion version, CompressionCodecName codec, boolean dictionary)
      throws IOException {
    Path file = folder.resolve("a b.parquet");
    try (ParquetWriter<Group> writer =
        ExampleParquetWriter.builder(new org.apache.hadoop.fs.Path(file.toUri()))
            .withConf(HADOOP)
            .withType(SCHEMA)
            .withWriterVersion(version)
            .withCompressionCodec(codec)
            .withDictionaryEncoding(dictionary)
            .withRowGroupSize(20_000L)
            .withPageSize(2_000)
            .build()) {
      for (int i = 0; i < ROWS; i++) {
        writer.write(row(i));
      }
    }
    return file.toUri().toString();
  }

  /** Describes the values of a row as this test expects them from {@link #row}. */
  private static String expected(int i) {
    Group row = row(i);
    List<String> values = new ArrayList<>();
    values.add(
        row.getFieldRepetitionCount("array") == 0
            ? "null"
            : IntStream.range(0, i % 4)
                .mapToObj(k -> (i + k) % 6 == 0 ? "null" : Float.toString(i + k / 4f))
                .collect(Collectors.joining(" ", "[", "]")));
    for (FileColumn column : COLUMNS.subList(1, COLUMNS.size())) {
      values.add(
          row.getFieldRepetitionCount(column.name()) == 0
              ? "null"
              : row.getValueToString(SCHEMA.getFieldIndex(column.name()), 0));
    }
    return String.join(", ", values);
  }

  private static String found(RowRangeReader reader, int row) {
    ArrayValues array = (ArrayValues) reader.values(0);
    List<String> values = new ArrayList<>();
    values.add(
        array.isMissing(row)
            ? "null"
            : IntStream.range(0, array.length(row))
                .mapToObj(k -> array.elementText(row, k).orElse("null"))
                .collect(Collectors.joining(" ", "[", "]")));
    for (int i = 1; i < COLUMNS.size(); i++) {
      values.add(reader.values(i).text(row).orElse("null"));
    }
    return String.join(", ", values);
  }

  private static List<String> read(RowRange range, int most) throws IOException {
    List<String> rows = new ArrayList<>();
    try (RowRangeReader reader = new RowRangeReader(range, COLUMNS, 4, HADOOP)) {
      while (reader.hasNext()) {
        reader.next(most);
        assertThat(reader.position()).isEqualTo(range.first() + rows.size());
        assertThat(reader.firstInFile()).isEqualTo(reader.position());
        for (int row = 0; row < reader.rows(); row++) {
          rows.add(found(reader, row));
        }
      }
    }
    return rows;
  }

  @ParameterizedTest
  @CsvSource({
    "PARQUET_1_0, UNCOMPRESSED, true",
    "PARQUET_1_0, SNAPPY, false",
    "PARQUET_2_0, SNAPPY, true",
    "PARQUET_2_0, UNCOMPRESSED, false"
  })
  void everyRangeHasTheValuesThatWereWritten(
      WriterVersion version, CompressionCodecName codec, boolean dictionary) throws IOException {
    FileLayout layout = FileLayout.of(write(version, codec, dictionary), COLUMNS, HADOOP);
    assertThat(layout.usable()).isTrue();
    assertThat(layout.groups()).hasSizeGreaterThan(1);
    assertThat(layout.rows()).isEqualTo(ROWS);
    List<String> expected =
        IntStream.range(0, ROWS).mapToObj(RowRangeReaderTest::expected).toList();
    for (int blockSize : new int[] {1, 17, 1000, ROWS}) {
      List<String> found = new ArrayList<>();
      for (RowRange range : RowRange.divide(List.of(layout), blockSize, 700)) {
        found.addAll(read(range, blockSize == 17 ? 3 : 2_000));
      }
      assertThat(found).isEqualTo(expected);
    }
  }

  @Test
  void numbersAreReadAsTheyAre() throws IOException {
    String file = write(WriterVersion.PARQUET_1_0, CompressionCodecName.SNAPPY, true);
    RowRange range = RowRange.divide(List.of(FileLayout.of(file, COLUMNS, HADOOP)), 1, ROWS).get(0);
    try (RowRangeReader reader = new RowRangeReader(range, COLUMNS, 4, HADOOP)) {
      reader.next(10);
      assertThat(((IntegerValues) reader.values(1)).integer(3)).isEqualTo(21);
      assertThat(reader.values(2).number(0)).isNaN();
      assertThat(reader.values(2).single(4)).isEqualTo(0.4f);
      assertThat(reader.values(3).number(2)).isEqualTo(Math.sqrt(2));
      assertThat(reader.values(5).single(3)).isNaN();
    }
  }

  @Test
  void fileWithoutAColumnOrWithAnotherTypeIsNotUsable() throws IOException {
    String file = write(WriterVersion.PARQUET_1_0, CompressionCodecName.SNAPPY, true);
    for (FileColumn column :
        List.of(
            new FileColumn("none", ValueKind.FLOAT, false),
            new FileColumn("x", ValueKind.DOUBLE, false),
            new FileColumn("x", ValueKind.FLOAT, true),
            new FileColumn("array", ValueKind.FLOAT, false),
            new FileColumn("tiny", ValueKind.INTEGER, false),
            new FileColumn("time", ValueKind.LONG, false))) {
      assertThat(FileLayout.of(file, List.of(column), HADOOP).usable()).as("%s", column).isFalse();
    }
    assertThat(FileLayout.of(file + ".gone", COLUMNS, HADOOP).usable()).isFalse();
  }

  @Test
  void damagedPageNamesTheFile() throws IOException {
    String file = write(WriterVersion.PARQUET_1_0, CompressionCodecName.SNAPPY, true);
    RowRange range = RowRange.divide(List.of(FileLayout.of(file, COLUMNS, HADOOP)), 1, ROWS).get(0);
    Path path = folder.resolve("a b.parquet");
    byte[] content = Files.readAllBytes(path);
    Arrays.fill(content, 4, 3_000, (byte) 0x55);
    Files.write(path, content);
    assertThatThrownBy(() -> read(range, 100))
        .satisfies(
            failure ->
                assertThat(UserException.of(failure))
                    .hasMessageStartingWith(
                        path + " cannot be read: its content is damaged or of another type than"));
  }
}
