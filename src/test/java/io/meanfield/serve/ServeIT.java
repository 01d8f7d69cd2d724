package io.meanfield.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.data.encoding.ColumnRoles.HandleUnknown;
import io.meanfield.engine.dl4j.SavedModel;
import io.meanfield.fixture.Submit;
import io.meanfield.scorer.TestTable;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command in a process of its own. */
@Tag("cluster")
@Tag("promise")
class ServeIT {
  private static final TestTable TABLE = new TestTable(HandleUnknown.EXTRA_COLUMN);

  @TempDir private Path folder;

  @Test
  void requestThatHasBegunIsAnsweredAfterSigterm() throws Exception {
    new TestRegistry(folder)
        .promote("churn", new SavedModel(TABLE.model(1), Optional.of(TABLE.encoder()), false));
    try (Submit serving =
        Submit.startShort(
            "local[1]",
            "serve",
            "--model",
            "churn@champion",
            "--port",
            "0",
            "--set",
            "registry.directory=\"" + folder.resolve("models") + "\"")) {
      AtomicReference<String> first = new AtomicReference<>();
      serving.awaitLine(
          line -> {
            first.set(line.strip());
            return true;
          });
      assertThat(first.get()).startsWith("serving  churn@1 at http://127.0.0.1:");
      URI server = URI.create(first.get().replaceAll(".* ", ""));
      TestClient client = new TestClient(server);
      try (TestClient.Unfinished begun =
          new TestClient.Unfinished(server, "/invocations", ServerTest.RECORDS)) {
        while (!client.get("/metrics").body().contains("requests_in_progress 2.0")) {
          Thread.onSpinWait();
        }
        serving.signal("TERM");
        serving.awaitLine(line -> line.startsWith("stopping"));
        assertThat(begun.finish()).startsWith("HTTP/1.1 200 OK").contains("predictions");
      }
      Submit.Finished finished = serving.finish();
      assertThat(finished.out()).endsWith("done     stopped\n");
      assertThat(finished.err()).isEmpty();
      assertThat(finished.exitCode()).isZero();
    }
  }
}
