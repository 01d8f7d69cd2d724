package io.meanfield;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compiles the Java code of the pages: whole classes, and statements with their variables. */
class HowToSnippetsTest {
  private static final Pattern SNIPPET = Pattern.compile("(?ms)^( *)```java\\n(.*?)^ *```$");
  private static final Pattern TYPE = Pattern.compile("(?:class|record) (\\w+)");

  /** What the statements of a page find in the program around them. */
  private static final Map<String, String> VARIABLES =
      Map.of(
          "README.md",
          "Dataset<Row> penguins",
          "spark-ml.md",
          "SparkSession spark, Dataset<Row> penguins, Dataset<Row> newPenguins, Dataset<Row>"
              + " accounts, Dataset<Row> newAccounts",
          "dl4j-spark.md",
          "JavaSparkContext sparkContext, MultiLayerConfiguration configuration,"
              + " JavaRDD<DataSet> trainingData",
          "from-xgboost.md",
          "Dataset<Row> penguins, Dataset<Row> rows",
          "from-sparkling-water.md",
          "Dataset<Row> penguins");

  private static final Map<String, String> IMPORTS =
      Map.of(
          "README.md",
          "import io.meanfield.ml.*; import org.apache.spark.sql.*;",
          "spark-ml.md",
          "import io.meanfield.ml.*; import org.apache.spark.sql.*;",
          "from-xgboost.md",
          "import io.meanfield.ml.*; import org.apache.spark.sql.*;",
          "from-sparkling-water.md",
          "import io.meanfield.ml.*; import org.apache.spark.sql.*;",
          "dl4j-spark.md",
          "import org.apache.spark.api.java.*; import org.deeplearning4j.nn.conf.*; import"
              + " org.deeplearning4j.spark.api.*; import"
              + " org.deeplearning4j.spark.impl.multilayer.*; import org.nd4j.linalg.dataset.*;");

  @TempDir private Path classes;

  private static final class Source extends SimpleJavaFileObject {
    private final String code;

    Source(String name, String code) {
      super(URI.create("string:///" + name + ".java"), Kind.SOURCE);
      this.code = code;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return code;
    }
  }

  private static List<Source> sources(Path page, UnaryOperator<String> edit) throws IOException {
    List<Source> sources = new ArrayList<>();
    Matcher snippet = SNIPPET.matcher(edit.apply(Files.readString(page)));
    while (snippet.find()) {
      String code = snippet.group(2);
      sources.add(
          code.stripLeading().startsWith("package ")
              ? wholeClass(code)
              : statements(page.getFileName().toString(), code, sources.size()));
    }
    return sources;
  }

  // The page lets its reader add the constant.
  private static Source wholeClass(String code) {
    Matcher type = TYPE.matcher(code);
    assertThat(type.find()).as(code).isTrue();
    return new Source(type.group(1), code.replace("RunCommand.DESCRIBE", "RunCommand.PREPARE"));
  }

  private static Source statements(String page, String code, int number) {
    String name = "Snippet" + number;
    Map<Boolean, List<String>> lines =
        code.lines().collect(Collectors.partitioningBy(line -> line.startsWith("import ")));
    String text =
        Stream.of(
                String.join("\n", lines.get(true)),
                IMPORTS.get(page),
                "class " + name + " { void run(" + VARIABLES.get(page) + ") throws Exception {",
                String.join("\n", lines.get(false)),
                "} }")
            .collect(Collectors.joining("\n"));
    return new Source(name, text);
  }

  private void compile(String page) throws IOException {
    compile(page, UnaryOperator.identity(), classes);
  }

  /** Compiles the Java code of a page: its first statements are Snippet0.run. */
  static void compile(String page, UnaryOperator<String> edit, Path classes) throws IOException {
    List<Source> sources = sources(Path.of("docs", page), edit);
    assertThat(sources).isNotEmpty();
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter problems = new StringWriter();
    List<String> options =
        List.of(
            "-proc:none",
            "-d",
            classes.toString(),
            "-classpath",
            System.getProperty("java.class.path"));
    boolean compiled =
        compiler
            .getTask(problems, null, null, options, null, List.<JavaFileObject>copyOf(sources))
            .call();
    assertThat(compiled).as(problems.toString()).isTrue();
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
  void programForDl4jSparkCompiles() throws IOException {
    compile("dl4j-spark.md");
  }
}
