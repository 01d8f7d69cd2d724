package io.meanfield;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.fixture.JavaSnippets;
import io.meanfield.fixture.LocalSpark;
import io.meanfield.ml.MeanfieldRegressionModel;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Collections;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs the Java code of pages that lead here from other trainers. */
class HowToSnippetsIT {
  private static final String FIT = "network.fit(penguins);\n";
  private static final String DEFAULT = ".setLabelCol(\"mass_kg\");";
  private static final String SHORT = ".setLabelCol(\"mass_kg\").setMaxIter(12);";

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"from-xgboost.md", "from-sparkling-water.md"})
  void programOfThePageTrains(String page) throws Exception {
    Dataset<Row> penguins =
        LocalSpark.session()
            .read()
            .option("header", true)
            .option("inferSchema", true)
            .csv("jobs/lesson/data/penguins-train-*.csv")
            .limit(60);
    Path model = folder.resolve("model");
    String save = "model.write().save(\"" + model + "\");\n";
    JavaSnippets.compile(
        page, text -> text.replace(DEFAULT, SHORT).replace(FIT, FIT + save), folder);
    run(penguins);
    assertThat(
            MeanfieldRegressionModel.load(model.toString())
                .transform(penguins)
                .where("prediction between 2 and 7") // kilograms
                .count())
        .isEqualTo(60);
  }

  private void run(Dataset<Row> penguins) throws Exception {
    try (URLClassLoader loader = new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
      Constructor<?> snippet = loader.loadClass("Snippet0").getDeclaredConstructor();
      Method run = snippet.getDeclaringClass().getDeclaredMethods()[0];
      snippet.setAccessible(true);
      run.setAccessible(true);
      run.invoke(
          snippet.newInstance(), Collections.nCopies(run.getParameterCount(), penguins).toArray());
    }
  }
}
