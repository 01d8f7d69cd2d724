package io.meanfield.pipeline.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanfield.error.UserException;
import io.meanfield.report.page.Block;
import io.meanfield.report.page.Table;
import io.meanfield.store.Lease;
import io.meanfield.store.Manifest;
import io.meanfield.store.RunDirectory;
import io.meanfield.store.RunId;
import io.meanfield.store.Runs;
import io.meanfield.store.Status;
import io.meanfield.store.table.RowTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A confusion matrix has the square of the classes as rows; here it cannot be read. */
class ClassSectionTest {
  private static final RowTable<Integer> CLASSES =
      RowTable.<Integer>named("evaluation_by_class")
          .column("class", DataTypes.IntegerType, cls -> cls)
          .column("support", DataTypes.LongType, cls -> 5L)
          .column("precision", DataTypes.DoubleType, cls -> 0.5)
          .column("recall", DataTypes.DoubleType, cls -> 0.25)
          .column("f1", DataTypes.DoubleType, cls -> 1.0 / 3);

  @TempDir private Path folder;

  private RunRecord run(int classes) throws IOException {
    Manifest manifest = Manifest.of(Map.of("command", "train"));
    RunDirectory run =
        new Runs(new Configuration(), folder.toString()).claim(new RunId("names"), manifest);
    try (Lease lease = Lease.take(run)) {
      CLASSES.write(lease.run(), IntStream.range(0, classes).boxed().toList());
    }
    Path confusion = Files.createDirectories(folder.resolve("names/tables/confusion"));
    Files.writeString(confusion.resolve("part.parquet"), "not Parquet");
    return RunRecord.of(run, run.manifest(), Status.running(Instant.EPOCH));
  }

  @Test
  void theMatrixOfTooManyClassesIsNotRead() throws IOException {
    List<Block> blocks = ClassSection.blocks(run(61));
    assertThat(blocks.get(blocks.size() - 1))
        .isInstanceOfSatisfying(Table.class, table -> assertThat(table.rows()).hasSize(61));
  }

  @Test
  void theMatrixOfAFewClassesIsRead() throws IOException {
    RunRecord few = run(60);
    assertThatThrownBy(() -> ClassSection.blocks(few))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("tables/confusion/part.parquet cannot be read as a table");
  }

  @Test
  void aRunWithoutScoresHasNoProbabilities() throws IOException {
    assertThat(CurveSections.probabilities(run(3))).isEmpty();
  }
}
