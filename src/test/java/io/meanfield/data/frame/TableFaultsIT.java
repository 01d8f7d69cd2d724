package io.meanfield.data.frame;

import static io.meanfield.data.frame.TestTables.HEADER;
import static io.meanfield.data.frame.TestTables.LABELLED;
import static io.meanfield.data.frame.TestTables.columns;
import static io.meanfield.data.idx.IdxFixtures.gzip;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanfield.data.encoding.ColumnRoles;
import io.meanfield.data.idx.IdxFixtures;
import io.meanfield.data.source.DatasetCheck;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.fixture.LocalSpark;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.util.HadoopOutputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files and rows of CSV and Parquet that are wrong, and what is said of them. */
class TableFaultsIT {
  private final Path folder;
  private final TestTables tables;

  TableFaultsIT(@TempDir Path folder) {
    this.folder = folder;
    tables = new TestTables(folder);
  }

  @Test
  void firstProblemsAreReportedTogether() {
    String path =
        tables.write(
            "bad.csv",
            HEADER
                + "1,red,1,0,0\n"
                + "2,red,,0,0\n"
                + "3,red,1,0\n"
                + "4,red,1,zero,0\n"
                + "5,red,1,NaN,0\n"
                + "6,,1,0,0\n"
                + "7,red,1,0,\n");
    assertThatThrownBy(() -> tables.csv(LABELLED, path))
        .isInstanceOf(UserException.class)
        .hasMessage(
            String.join(
                "\n",
                path
                    + " has the record \"3,red,1,0\", whose number of fields is not that of the"
                    + " header; set data.csv.multiLine = true if fields contain line breaks",
                path
                    + ": column color has no value, expected a category, or"
                    + " data.columns.handle-unknown = extra-column",
                path + ": column kind has no value, expected a label",
                path + ": column size has no value, expected a finite number",
                path + ": column weight is \"NaN\", expected a finite number",
                "and 1 more rows of "
                    + path
                    + " are wrong; correct the data, or leave such rows out with"
                    + " data.bad-rows = skip"));
  }

  @Test
  void duplicateIdIsNamed() {
    String path = tables.write("a.csv", HEADER + "7,red,1,0,0\n7,red,2,0,1\n");
    assertThatThrownBy(() -> tables.csv(columns("id", "kind", List.of(), List.of()), path))
        .isInstanceOf(UserException.class)
        .hasMessage(path + " has the id 7 twice in column id; ids must be unique");
  }

  @Test
  void classNumberOutOfRangeNamesTheFile() {
    String path = tables.write("a.csv", HEADER + "1,red,1,0,0\n2,red,1,0,2\n");
    assertThatThrownBy(() -> tables.csv(LABELLED, path))
        .hasMessage(
            path + ": column kind has label 2, expected 0 to 1, one for each class of the network");
  }

  @Test
  void targetOutsideZeroToOneIsRejectedForACrossentropy() {
    ColumnRoles columns = columns("id", null, List.of("kind"), List.of());
    String good = tables.write("good.csv", HEADER + "x,red,1,2,0.5\ny,red,1,2,1\n");
    new DatasetCheck(tables.csv(columns, good)).requireTargetsOfProbabilities();
    String path = tables.write("bad.csv", HEADER + "x,red,1,2,0.5\ny,red,1,2,1.5\n");
    DatasetCheck bad = new DatasetCheck(tables.csv(columns, path));
    assertThatThrownBy(bad::requireTargetsOfProbabilities)
        .hasMessage(
            path
                + " has the target 1.5 for example y, expected 0 to 1, because the loss is a"
                + " crossentropy; correct the data, or train with another network.loss");
  }

  @Test
  void headersThatAreNoneAreExplained() {
    String numbers = tables.write("numbers.csv", "1,2.5,0\n2,3.5,1\n");
    assertThatThrownBy(() -> tables.csv(LABELLED, numbers))
        .hasMessage(
            numbers
                + " begins with 1, 2.5, 0, expected a header with names of columns in the first"
                + " line");
    String mixed = tables.write("mixed.csv", "1,2.5,red\n2,3.5,blue\n");
    assertThatThrownBy(() -> tables.csv(LABELLED, mixed))
        .hasMessageContaining(" begins with 1, 2.5, red, expected a header with names of columns");
    String semicolons = tables.write("semicolons.csv", HEADER.replace(',', ';') + "1;red;1;0;0\n");
    assertThatThrownBy(() -> tables.csv(LABELLED, semicolons))
        .hasMessage(
            semicolons
                + " has only the column id;color;size;weight;kind; set data.csv.delimiter ="
                + " \";\"");
  }

  @Test
  void laterFileWithOtherColumnsIsNamed() {
    String first = tables.write("part-1.csv", HEADER + "1,red,1,0,0\n");
    String second = tables.write("part-2.csv", "id,color,size,weight\n2,red,1,0\n");
    assertThatThrownBy(() -> tables.csv(LABELLED, folder + "/part-*"))
        .hasMessage(
            second
                + " has the columns id, color, size, weight, expected those of "
                + first
                + " in the same order: id, color, size, weight, kind");
  }

  @Test
  void emptyFilesAndMissingFilesAreNamed() {
    String empty = tables.write("empty.csv", "");
    assertThatThrownBy(() -> tables.csv(LABELLED, empty))
        .hasMessage(empty + " is empty; expected a header with names of columns");
    String header = tables.write("header.csv", HEADER);
    assertThatThrownBy(() -> tables.csv(LABELLED, header)).hasMessage(header + " has no rows");
    assertThatThrownBy(() -> tables.csv(LABELLED, folder + "/none-*.csv"))
        .hasMessage(
            folder
                + "/none-*.csv matches no file, not even with .gz appended; expected files, folders"
                + " or globs");
  }

  @Test
  void missingFileNamesTheNearestFileOrTheMissingFolder() {
    String path = tables.write("customers.csv", "a,b\n1,2\n");
    Path folder = Path.of(path).getParent();
    String missing =
        " matches no file, not even with .gz appended; expected files, folders or globs";
    assertThatThrownBy(() -> tables.csv(LABELLED, folder + "/custmer.csv"))
        .hasMessage(folder + "/custmer.csv" + missing + "; did you mean " + path + "?");
    assertThatThrownBy(() -> tables.csv(LABELLED, folder + "/x/y/customers.csv"))
        .hasMessage(
            folder + "/x/y/customers.csv" + missing + "; there is no folder " + folder + "/x/y");
  }

  @Test
  void filesOfOtherFormatsAreTold() {
    Map.of(
            "PK\u0003\u0004x", "an Excel workbook or another ZIP archive; save its table as CSV",
            "{\"a\": 1, \"b\": 2}", "JSON; set data.format = spark and data.train.source = json",
            "<!DOCTYPE html>",
                "HTML, maybe the page of a file instead of the file; download the file itself")
        .forEach(
            (line, what) -> {
              String path = tables.write("table.csv", line + "\n1,2\n");
              assertThatThrownBy(() -> tables.csv(LABELLED, path))
                  .isInstanceOf(UserException.class)
                  .hasMessage(path + " is no CSV file, but " + what);
            });
  }

  @Test
  void damagedSecondMemberOfAGzippedFileIsRefused() throws IOException {
    byte[] first = gzip((HEADER + "1,red,1,0,0\n").getBytes(StandardCharsets.UTF_8));
    byte[] second = gzip("2,red,2,0,1\n".getBytes(StandardCharsets.UTF_8));
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    assertThat(tables.csv(LABELLED, IdxFixtures.write(folder, "good.csv.gz", both)).count())
        .isEqualTo(2);
    both[first.length] ^= 1;
    String path = IdxFixtures.write(folder, "bad.csv.gz", both);
    assertThatThrownBy(() -> tables.csv(LABELLED, path))
        .satisfies(
            failure -> assertThat(UserException.of(failure)).hasMessageStartingWith(path + " "));
  }

  @Test
  void missingParquetFileIsAnErrorOfTheSettings() {
    assertThatThrownBy(() -> tables.parquet(folder + "/none", List.of("size"), List.of(), "key"))
        .isInstanceOfSatisfying(
            UserException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.WRONG_SETTINGS))
        .hasMessageStartingWith(folder + "/none cannot be read as Parquet: ")
        .hasMessageEndingWith("; set data.train.path and data.test.path");
  }

  // pandas writes such columns from its nanoseconds, and from times of day.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "required int64 at (TIMESTAMP(NANOS,false))  | INT64 (TIMESTAMP(NANOS,false)) of column at",
        "required group a { required int32 b (TIME(MILLIS,false)); } | INT32 (TIME(MILLIS,false))"
            + " of column a.b"
      })
  void typesOfParquetThatSparkDoesNotKnowAreNamedWithTheirColumn(String field, String expected)
      throws IOException {
    Path file = folder.resolve("foreign.parquet");
    MessageType schema =
        MessageTypeParser.parseMessageType(
            "message table { required double size; %s%s }"
                .formatted(field, field.endsWith("}") ? "" : ";"));
    ExampleParquetWriter.builder(
            HadoopOutputFile.fromPath(
                new org.apache.hadoop.fs.Path(file.toString()), new Configuration()))
        .withType(schema)
        .build()
        .close();

    assertThatThrownBy(() -> tables.parquet(file.toString(), List.of("size"), List.of(), "key"))
        .isInstanceOfSatisfying(
            UserException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATA_UNREADABLE))
        .hasMessage(
            file
                + " cannot be read: Spark "
                + LocalSpark.context().version()
                + " does not know the type "
                + expected
                + "; write times of day as texts, timestamps in microseconds, and other columns of"
                + " such a type as texts or not at all");
  }

  @Test
  void damagedParquetFileIsNamedWithWhatIsWrong() throws IOException {
    Path good = onlyFile(tables.writeParquet("good", 40, 1));
    byte[] content = Files.readAllBytes(good);
    Path bad = folder.resolve("bad 1.parquet");
    String noParquet = "file:" + bad + " is not a Parquet file";

    Files.writeString(bad, "no Parquet at all");
    assertUnreadable(bad, noParquet);
    Files.write(bad, new byte[0]);
    assertUnreadable(bad, noParquet);
    Files.write(bad, Arrays.copyOf(content, content.length - 10));
    assertUnreadable(bad, noParquet);
    byte[] metadata = content.clone();
    for (int i = content.length - footerBytes(content) + 20; i < content.length - 8; i += 7) {
      metadata[i] ^= 0x5a;
    }
    Files.write(bad, metadata);
    assertUnreadable(bad, "");
    byte[] pages = content.clone();
    for (int i = 4; i < content.length - footerBytes(content); i++) {
      pages[i] ^= 0x55;
    }
    Files.write(bad, pages);
    assertUnreadable(bad, "");
  }

  private void assertUnreadable(Path file, String reason) {
    assertThatThrownBy(
            () ->
                tables
                    .parquet(file.toString(), List.of("size"), List.of("color"), "key")
                    .blocks()
                    .count())
        .satisfies(
            failure -> {
              UserException error = UserException.of(failure);
              assertThat(error.code()).isEqualTo(ErrorCode.DATA_UNREADABLE);
              assertThat(error)
                  .hasMessageStartingWith(file + " cannot be read: " + reason)
                  .hasMessageEndingWith("; restore the file, or remove it from the data");
              assertThat(error.getMessage().lines()).hasSize(1);
            });
  }

  private static Path onlyFile(String folder) throws IOException {
    try (Stream<Path> files = Files.list(Path.of(folder))) {
      return files.filter(file -> file.toString().endsWith(".parquet")).findFirst().orElseThrow();
    }
  }

  /** Returns the size of the footer, its length and the magic number. */
  private static int footerBytes(byte[] file) {
    return 8 + ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getInt(file.length - 8);
  }
}
