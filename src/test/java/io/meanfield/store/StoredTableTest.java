package io.meanfield.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
  void onlySelectedColumnsAreReadAndMissingOnesAreAbsent() {
    RunDirectory run = run();
    try (Lease lease = Lease.take(run)) {
      NUMBERS.write(lease.run(), List.of(3, 2));
    }
    List<StoredRow> rows = new ArrayList<>();
    StoredTable.read(run, "numbers", Set.of("text", "square", "cube"), rows::add);
    assertThat(rows)
        .containsExactly(
            new StoredRow(Map.of("square", 9L, "text", "3")),
            new StoredRow(Map.of("square", 4L, "text", "2")));
    assertThat(StoredTable.rows(run, "numbers").get(0).number("number")).contains(3.0);
  }

  @Test
  void runWithoutTheTableHasNoRows() {
    List<StoredRow> rows = new ArrayList<>();
    StoredTable.read(run(), "numbers", Set.of("text"), rows::add);
    assertThat(rows).isEmpty();
  }
}
