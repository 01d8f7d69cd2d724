package io.meanfield.store.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanfield.store.Lease;
import io.meanfield.store.Manifest;
import io.meanfield.store.RunId;
import io.meanfield.store.Runs;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RowTableTest {
  @TempDir private Path folder;

  private Lease lease;

  @BeforeEach
  void claim() {
    lease =
        Lease.take(
            new Runs(new Configuration(), folder.toString())
                .claim(new RunId("run"), Manifest.of(Map.of())));
  }

  @AfterEach
  void release() {
    lease.close();
  }

  @Test
  void fileHasTheNameOfRunTableAndPart() {
    RowTable.<String>named("words")
        .column("word", DataTypes.StringType, word -> word)
        .write(lease.run(), List.of("one", "two"));
    assertThat(folder.resolve("run/tables/words").toFile().list())
        .containsExactly("run-words-00000.parquet");
  }

  @Test
  void rowWithoutARequiredValueNamesTheColumn() {
    RowTable<String> table =
        RowTable.<String>named("words")
            .column("word", DataTypes.StringType, word -> Optional.<String>empty().orElse(null));
    assertThatThrownBy(() -> table.write(lease.run(), List.of("one")))
        .hasMessage("column word has a row without a value");
    assertThat(folder.resolve("run/tables/words")).doesNotExist();
  }

  @Test
  void holderThatWasTakenOverWritesNoTable() {
    RowTable<String> table =
        RowTable.<String>named("words").column("word", DataTypes.StringType, word -> word);
    lease.close();
    assertThatThrownBy(() -> table.write(lease.run(), List.of("one")))
        .hasMessage("this process has released the lease of run run");
    assertThat(folder.resolve("run/tables")).doesNotExist();
  }
}
