package io.meanfield;

import io.meanfield.fixture.JavaSnippets;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compiles the Java code of the pages. */
class HowToSnippetsTest {
  @TempDir private Path classes;

  private void compile(String page) throws IOException {
    JavaSnippets.compile(page, UnaryOperator.identity(), classes);
  }

  @Test
  void classesOfTheHowTosCompile() throws IOException {
    compile("add-a-command.md");
    compile("add-a-data-format.md");
  }

  @Test
  void programsForSparkMlCompile() throws IOException {
    compile("spark-ml.md");
    compile("../README.md");
    compile("from-xgboost.md");
    compile("from-sparkling-water.md");
  }

  @Test
  void programWithoutSparkCompiles() throws IOException {
    compile("export.md");
  }

  @Test
  void programForDl4jSparkCompiles() throws IOException {
    compile("dl4j-spark.md");
  }
}
