package io.meanfield.data.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanfield.LocalSpark;
import io.meanfield.data.ColumnRoles;
import io.meanfield.data.InputRows;
import io.meanfield.data.PassedColumns;
import io.meanfield.data.ReadContext;
import io.meanfield.data.RowBlock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tasks that read many CSV files, as those of {@code predict} do. */
class CsvOpenFilesIT {
  private static final int FILES = 60;
  private static final ColumnRoles ROLES =
      new ColumnRoles(
          Optional.empty(),
          Optional.of(List.of("x")),
          List.of(),
          Optional.empty(),
          List.of(),
          ColumnRoles.HandleUnknown.ERROR);

  @TempDir private Path folder;

  private final JavaSparkContext spark = LocalSpark.context();

  @BeforeEach
  void mount() {
    CountingDisk.mount(spark.hadoopConfiguration());
  }

  private void write(int file, String value) throws IOException {
    Files.writeString(folder.resolve("part-" + (100 + file) + ".csv"), "x\n" + value + "\n");
  }

  private InputRows rows() {
    return new CsvSource(List.of("counting:" + folder), ROLES, ',')
        .rows(ReadContext.of(spark, 2), PassedColumns.NONE);
  }

  @Test
  void taskHasOneFileOpenAtATime() throws IOException {
    for (int file = 0; file < FILES; file++) {
      write(file, Integer.toString(file));
    }
    InputRows rows = rows();
    assertThat(rows.blocks().getNumPartitions()).isEqualTo(2 * spark.defaultParallelism());
    int before = CountingDisk.opened();
    List<RowBlock> blocks = rows.blocks().collect();
    assertThat(blocks).hasSize(FILES);
    assertThat(CountingDisk.opened() - before).isEqualTo(FILES);
    assertThat(CountingDisk.most()).isLessThanOrEqualTo(spark.defaultParallelism());
    assertThat(CountingDisk.open()).isZero();
  }

  @Test
  void fileIsClosedWhenItsTaskFails() throws IOException {
    write(0, "1\nred\n2");
    assertThatThrownBy(() -> rows().blocks().collect()).hasMessageContaining("red");
    assertThat(CountingDisk.open()).isZero();
  }
}
