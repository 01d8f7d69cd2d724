package io.meanfield.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.meanfield.data.encoding.ColumnRoles.HandleUnknown;
import io.meanfield.engine.dl4j.SavedModel;
import io.meanfield.scorer.TestTable;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Servers under load: another champion, too many requests, and the end. */
@Timeout(60)
class ServerLoadTest {
  private static final TestTable TABLE = new TestTable(HandleUnknown.EXTRA_COLUMN);
  private static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(1) / 200;

  @TempDir private Path folder;

  private static SavedModel model(long seed) {
    return new SavedModel(TABLE.model(seed), Optional.of(TABLE.encoder()), false);
  }

  /** Requests at 200 a second until the answers of {@code enough} versions have come. */
  private static final class Load {
    private final List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
    private final TestClient client;
    private long next = System.nanoTime();

    Load(TestClient client) {
      this.client = client;
    }

    void send(int requests) {
      for (int i = 0; i < requests; i++) {
        LockSupport.parkNanos(next - System.nanoTime());
        next += INTERVAL_NANOS;
        answers.add(client.postLater("/invocations", ServerTest.RECORDS));
      }
    }

    /** Returns the version of each answer, in the order of the requests; each must be one. */
    List<String> versions() throws Exception {
      List<String> versions = new ArrayList<>();
      for (CompletableFuture<HttpResponse<String>> each : answers) {
        HttpResponse<String> answer = each.get();
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        versions.add(TestClient.json(answer).get("model_version").asText());
      }
      return versions;
    }
  }

  @Test
  void championChangesWithoutALostRequest() throws Exception {
    TestRegistry registry = new TestRegistry(folder);
    registry.promote("churn", model(1));
    BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    try (Server server =
        Server.start(
            registry.versions("churn@champion"), ServerTest.options(4, 1_000), lines::add)) {
      Load load = new Load(new TestClient(server.uri()));
      load.send(200);
      CompletableFuture<Void> promotion =
          CompletableFuture.runAsync(() -> registry.promote("churn", model(2)));
      while (lines.isEmpty()) {
        load.send(20);
      }
      promotion.join();
      assertThat(lines.take()).isEqualTo("model    churn@2 replaces churn@1");
      int before = load.answers.size();
      load.send(200);
      List<String> versions = load.versions();
      assertThat(versions).startsWith("1").containsOnly("1", "2");
      assertThat(versions.subList(before, versions.size())).hasSize(200).containsOnly("2");
    }
  }

  @Test
  void versionThatCannotBeLoadedLeavesTheOldOne() throws Exception {
    TestRegistry registry = new TestRegistry(folder);
    registry.promote("churn", model(1));
    BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    try (Server server =
        Server.start(registry.versions("churn@champion"), ServerTest.options(2, 16), lines::add)) {
      TestClient client = new TestClient(server.uri());
      registry.promote("churn", "no model");
      assertThat(lines.take())
          .isEqualTo(
              "note     churn@1 stays: "
                  + folder.resolve("models/churn/versions/2/model.zip")
                  + " is not a model of Meanfield: expected a zip with meanfield.json and"
                  + " coefficients.bin, found []; of a model that another program trained, write"
                  + " the network in a job file and import the weights with train --from"
                  + " WEIGHTS.npz");
      JsonNode answer = TestClient.json(client.post("/invocations", ServerTest.RECORDS));
      assertThat(answer.get("model_version").asText()).isEqualTo("1");
      assertThat(client.get("/metrics").body())
          .containsPattern("meanfield_serve_load_failures_total [1-9]");
      registry.promote("churn", model(2));
      assertThat(lines.take()).isEqualTo("model    churn@3 replaces churn@1");
      answer = TestClient.json(client.post("/invocations", ServerTest.RECORDS));
      assertThat(answer.get("model_version").asText()).isEqualTo("3");
    }
  }

  private static void awaitInProgress(TestClient client, int count) throws Exception {
    String wanted = "meanfield_serve_requests_in_progress " + (double) count;
    while (!client.get("/metrics").body().contains(wanted)) {
      Thread.onSpinWait();
    }
  }

  @Test
  void requestBeyondTheQueueIsRefusedAtOnce() throws Exception {
    TestRegistry registry = new TestRegistry(folder);
    registry.promote("churn", model(1));
    try (Server server =
            Server.start(registry.versions("churn@1"), ServerTest.options(1, 1), line -> {});
        TestClient.Unfinished scored =
            new TestClient.Unfinished(server.uri(), "/invocations", ServerTest.RECORDS);
        TestClient.Unfinished waiting =
            new TestClient.Unfinished(server.uri(), "/invocations", ServerTest.RECORDS)) {
      TestClient client = new TestClient(server.uri());
      awaitInProgress(client, 2);
      HttpResponse<String> refused = client.post("/invocations", ServerTest.RECORDS);
      assertThat(refused.statusCode()).isEqualTo(503);
      assertThat(refused.headers().firstValue("Retry-After")).contains("1");
      assertThat(refused.body())
          .contains("the server has as many requests as it can keep; send this one again later");
      assertThat(client.get("/v2/health/live").statusCode()).isEqualTo(200);
      assertThat(scored.finish()).startsWith("HTTP/1.1 200 OK");
      assertThat(waiting.finish()).startsWith("HTTP/1.1 200 OK");
      assertThat(client.post("/invocations", ServerTest.RECORDS).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void stoppingServerAnswersWhatHasBegun() throws Exception {
    TestRegistry registry = new TestRegistry(folder);
    registry.promote("churn", model(1));
    try (Server server =
            Server.start(registry.versions("churn@1"), ServerTest.options(2, 2), line -> {});
        TestClient.Unfinished begun =
            new TestClient.Unfinished(server.uri(), "/invocations", ServerTest.RECORDS)) {
      TestClient client = new TestClient(server.uri());
      awaitInProgress(client, 2); // that of the metrics is the other
      CompletableFuture<Boolean> drained = CompletableFuture.supplyAsync(server::drain);
      HttpResponse<String> ready = client.get("/v2/health/ready");
      while (ready.statusCode() == 200) {
        ready = client.get("/v2/health/ready");
      }
      assertThat(ready.statusCode()).isEqualTo(503);
      assertThat(ready.body()).isEqualTo("{\"error\":\"the server is stopping\"}");
      assertThat(begun.finish()).startsWith("HTTP/1.1 200 OK").contains("onnection: close");
      assertThat(drained.get()).isTrue();
    }
  }
}
