package io.meanfield.pipeline.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.store.Lease;
import io.meanfield.store.Manifest;
import io.meanfield.store.RunDirectory;
import io.meanfield.store.RunId;
import io.meanfield.store.Runs;
import io.meanfield.store.table.RowTable;
import io.meanfield.store.table.StoredRow;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoredTableTest {
  private static final RowTable<Integer> NUMBERS =
      RowTable.<Integer>named("numbers")
          .column("number", DataTypes.IntegerType, number -> number)
          .column("square", DataTypes.LongType, number -> (long) number * number)
          .column("text", DataTypes.StringType, String::valueOf);

  @TempDir private Path folder;

  private RunDirectory run() {
    return new Runs(new Configuration(), folder.toString())
        .claim(new RunId("run"), Manifest.of(Map.of()));
  }

  @Test
  void rowsKeepTheirOrderAndHaveTheirColumns() {
    RunDirectory run = run();
    try (Lease lease = Lease.take(run)) {
      NUMBERS.write(lease.run(), List.of(3, 2));
    }
    List<StoredRow> rows = StoredTable.rows(run, "numbers");
    assertThat(rows)
        .extracting(row -> row.number("square").orElseThrow())
        .containsExactly(9.0, 4.0);
    assertThat(rows.get(0).text("text")).contains("3");
    assertThat(rows.get(0).number("cube")).isEmpty();
  }

  private Path file(RunDirectory run) throws IOException {
    try (Lease lease = Lease.take(run)) {
      NUMBERS.write(lease.run(), List.of(3, 2));
    }
    try (Stream<Path> files = Files.list(folder.resolve("run/tables/numbers"))) {
      return files.filter(file -> file.toString().endsWith(".parquet")).findFirst().orElseThrow();
    }
  }

  private static void assertRefused(RunDirectory run, Path file, byte[] content, String reason)
      throws IOException {
    Files.write(file, content);
    Files.deleteIfExists(file.resolveSibling("." + file.getFileName() + ".crc"));
    assertThatThrownBy(() -> StoredTable.rows(run, "numbers"))
        .isInstanceOfSatisfying(
            UserException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STORE_UNREADABLE))
        .hasMessage(
            file
                + " cannot be read as a table of run run: "
                + reason
                + "; restore the file from a backup");
  }

  @Test
  void otherFilesAreRefused() throws IOException {
    RunDirectory run = run();
    Path file = file(run);
    for (String content : List.of("", "not Parquet", "PAR1".repeat(20))) {
      assertRefused(
          run,
          file,
          content.getBytes(StandardCharsets.UTF_8),
          "it is not Parquet, or its metadata are damaged");
    }
  }

  @Test
  void runWithoutTheTableHasNoRows() {
    assertThat(StoredTable.rows(run(), "numbers")).isEmpty();
  }
}
