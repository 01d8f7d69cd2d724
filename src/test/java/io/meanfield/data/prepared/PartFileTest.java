package io.meanfield.data.prepared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.store.Manifest;
import io.meanfield.store.RunDirectory;
import io.meanfield.store.RunId;
import io.meanfield.store.Runs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartFileTest {
  private static final List<PartFile> RECORDED =
      List.of(new PartFile("a.parquet", 3), new PartFile("b.parquet", 5));

  @TempDir private Path folder;
  private RunDirectory run;
  private Path table;

  @BeforeEach
  void writeTable() throws IOException {
    run =
        new Runs(new Configuration(), folder.toString())
            .claim(new RunId("digits"), Manifest.of(Map.of()));
    table = Files.createDirectories(folder.resolve("digits/tables/examples"));
    Files.writeString(table.resolve("a.parquet"), "aaa");
    Files.writeString(table.resolve("b.parquet"), "bbbbb");
    Files.writeString(table.resolve(".a.parquet.crc"), "c");
    Files.writeString(table.resolve("_SUCCESS"), "");
  }

  private void assertRefused(String problem) {
    assertThatThrownBy(() -> PartFile.require(RECORDED, run))
        .isInstanceOfSatisfying(
            UserException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATA_UNREADABLE))
        .hasMessage(
            table
                + "/"
                + problem
                + " (dataset.json); restore the directory, or prepare the data under another"
                + " --run-id");
  }

  @Test
  void filesAreRecordedWithTheirLengths() {
    assertThat(PartFile.of(run)).isEqualTo(RECORDED);
    PartFile.require(RECORDED, run);
  }

  @Test
  void missingTruncatedAndForeignFilesAreNamed() throws IOException {
    Files.writeString(table.resolve("c.parquet"), "x");
    assertRefused("c.parquet does not belong to the data set");
    Files.writeString(table.resolve("b.parquet"), "bb");
    assertRefused("b.parquet has 2 bytes, expected 5");
    Files.delete(table.resolve("a.parquet"));
    assertRefused("a.parquet is missing");
  }

  @Test
  void missingTableIsNamed() throws IOException {
    for (PartFile file : RECORDED) {
      Files.delete(table.resolve(file.name()));
    }
    Files.delete(table.resolve(".a.parquet.crc"));
    Files.delete(table.resolve("_SUCCESS"));
    Files.delete(table);
    assertRefused("a.parquet is missing");
  }
}
