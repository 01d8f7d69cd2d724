package io.meanfield.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.meanfield.fixture.ConnectServer;
import io.meanfield.fixture.LocalSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A client without our classes fits and scores on a server of Spark Connect that has the jar. */
@Tag("cluster")
@Tag("promise")
class SparkConnectIT {
  private static final Path HOME = Path.of("target/spark-connect").toAbsolutePath();
  private static final Path CLIENT =
      Path.of("src/test/resources/connect/ConnectClient.java").toAbsolutePath();

  @TempDir private Path folder;

  @BeforeAll
  static void requireServer() {
    assumeTrue(
        Files.isDirectory(HOME.resolve("client"))
            || "1".equals(System.getenv("MEANFIELD_REQUIRE_CONNECT")),
        "no server of Spark Connect: run dev/spark-connect target/spark-connect");
  }

  @Test
  void fitOnAServerGivesTheModelOfAClassicSession() throws Exception {
    String rows = folder.resolve("rows").toString();
    LocalSpark.session()
        .range(300)
        .selectExpr(
            "id",
            "if(id % 3 = 2, null, element_at(array('red', 'green'), cast(id % 2 as int) + 1))"
                + " color",
            "if(id % 7 = 0, null, exp(id % 5)) as size",
            "date_add(date '2024-01-01', cast(id % 14 as int)) as day",
            "cast(id % 2 = 0 and id % 3 < 2 as int) as label")
        .write()
        .parquet(rows);
    Map<String, String> found = results(rows);
    assertThat(found.get("version")).startsWith("4.");
    assertThat(Double.parseDouble(found.get("accuracy"))).isGreaterThan(0.95);
    assertThat(found)
        .containsEntry("classes", "2")
        .containsEntry("features", "10") // three colours, size and its gaps, days and two circles
        .containsEntry("evicted", found.get("accuracy"))
        .containsEntry("read", found.get("accuracy"))
        .containsEntry("params", "robust")
        .containsEntry("predictions", "300");
    // The server's Spark is another version than the test's, which reads the same files.
    MeanfieldClassificationModel model =
        MeanfieldClassificationModel.load(folder.resolve("out/model").toString());
    MeanfieldClassifier classifier =
        MeanfieldClassifier.load(folder.resolve("out/estimator").toString());
    assertThat(model.weightsSha256())
        .isEqualTo(classifier.fit(LocalSpark.session().read().parquet(rows)).weightsSha256());
  }

  private Map<String, String> results(String rows) throws Exception {
    try (ConnectServer server = ConnectServer.startWithJar(HOME)) {
      Path output = folder.resolve("client.log");
      List<String> command = new ArrayList<>(List.of(ConnectServer.java(), "-Xmx256m"));
      command.addAll(ConnectServer.moduleOptions());
      command.addAll(List.of("-cp", HOME.resolve("client") + "/*", CLIENT.toString()));
      command.addAll(
          List.of(Integer.toString(server.port()), rows, folder.resolve("out").toString()));
      int status =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start()
              .waitFor();
      assertThat(status).as(Files.readString(output)).isZero();
      return values(output);
    }
  }

  private static Map<String, String> values(Path output) throws IOException {
    return Files.readAllLines(output).stream()
        .filter(line -> line.matches("[a-z]+=.*"))
        .collect(
            Collectors.toMap(
                line -> line.substring(0, line.indexOf('=')),
                line -> line.substring(line.indexOf('=') + 1)));
  }
}
