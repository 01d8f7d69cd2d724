package io.meanfield.pipeline.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfusionQueryTest {
  @TempDir private Path folder;

  private void install(String program) throws IOException {
    Path file = Files.createFile(folder.resolve(program));
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  private String path() {
    return "/missing" + File.pathSeparator + folder;
  }

  @Test
  void commandsAreShownForProgramsOnThePathOnly() throws IOException {
    assertThat(ConfusionQuery.lines("/runs/a/tables/confusion", path())).isEmpty();
    install("duckdb");
    assertThat(ConfusionQuery.lines("/runs/a/tables/confusion", path()))
        .containsExactly(
            "query    duckdb -c 'select actual, predicted, count from"
                + " '\\''/runs/a/tables/confusion/*.parquet'\\'' where actual <> predicted"
                + " order by count desc'");
    install("spark-sql");
    assertThat(ConfusionQuery.lines("/runs/a/tables/confusion", path()))
        .hasSize(2)
        .last()
        .isEqualTo(
            "query    spark-sql -e 'select actual, predicted, count from"
                + " parquet.`/runs/a/tables/confusion` where actual <> predicted order by count"
                + " desc'");
  }

  @Test
  void shellRunsNoPartOfAPath() throws IOException {
    install("duckdb");
    install("spark-sql");
    assertThat(ConfusionQuery.lines("/runs/$(id)'`/t", path()))
        .containsExactly(
            "query    duckdb -c 'select actual, predicted, count from "
                + "'\\''/runs/$(id)'\\'''\\''`/t/*.parquet'\\''"
                + " where actual <> predicted order by count desc'",
            "query    spark-sql -e 'select actual, predicted, count from parquet."
                + "`/runs/$(id)'\\''``/t` where actual <> predicted order by count desc'");
  }

  @Test
  void fileThatCannotBeExecutedIsNoProgram() throws IOException {
    Files.createFile(folder.resolve("duckdb"));
    assertThat(ConfusionQuery.lines("t", path())).isEmpty();
  }
}
