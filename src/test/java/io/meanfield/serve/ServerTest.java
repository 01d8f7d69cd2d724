package io.meanfield.serve;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.meanfield.data.encoding.ColumnRoles.HandleUnknown;
import io.meanfield.engine.dl4j.SavedModel;
import io.meanfield.error.UserException;
import io.meanfield.export.Export;
import io.meanfield.export.ProofExamples;
import io.meanfield.export.input.ModelInput;
import io.meanfield.export.input.RandomExamples;
import io.meanfield.export.input.RawRows;
import io.meanfield.network.Loss;
import io.meanfield.network.Model;
import io.meanfield.network.NetworkSettings;
import io.meanfield.network.Optimizer;
import io.meanfield.network.layers.AcceptedInputs;
import io.meanfield.network.layers.Activation;
import io.meanfield.network.layers.Dense;
import io.meanfield.pipeline.run.ModelExport;
import io.meanfield.scorer.TestTable;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests of a real client to a real server. */
class ServerTest {
  private static final TestTable TABLE = new TestTable(HandleUnknown.EXTRA_COLUMN);
  private static final SavedModel CHURN =
      new SavedModel(TABLE.model(1), Optional.of(TABLE.encoder()), false);
  static final String ROW =
      """
      {"plain": 0.5, "price": "$1,234.50", "open": true, "seen": "2024-02-29T08:15:00Z",
       "born": "31.12.1990", "kind": "b", "store": 2}\
      """;
  static final String RECORDS = "{\"dataframe_records\": [" + ROW + "]}";

  @TempDir private static Path folder;
  private static Server server;
  private static TestClient client;

  static ServerOptions options(int threads, int queue) {
    return new ServerOptions("127.0.0.1", 0, threads, queue, 1, Duration.ofMillis(20));
  }

  @BeforeAll
  static void serve() {
    TestRegistry registry = new TestRegistry(folder);
    registry.promote("churn", CHURN);
    server = Server.start(registry.versions("churn@champion"), options(2, 16), line -> {});
    client = new TestClient(server.uri());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static Map<String, Object> scored() {
    try (ServedModel model = new TestRegistry(folder).versions("churn@1").load("churn@1")) {
      return model.scorer().score(List.of(JsonBody.parse(ROW.getBytes(UTF_8)))).get(0);
    }
  }

  private static JsonNode answer(String path, String body) throws Exception {
    HttpResponse<String> answer = client.post(path, body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return TestClient.json(answer);
  }

  @Test
  void everyFormatGivesThePredictionsOfTheScorer() throws Exception {
    JsonNode expected = new ObjectMapper().valueToTree(scored());
    String columns = "[\"plain\",\"price\",\"open\",\"seen\",\"born\",\"kind\",\"store\"]";
    String values = "[0.5,\"$1,234.50\",true,\"2024-02-29T08:15:00Z\",\"31.12.1990\",\"b\",2]";
    for (String body :
        List.of(
            RECORDS,
            "{\"dataframe_split\": {\"columns\": " + columns + ", \"data\": [" + values + "]}}",
            "{\"instances\": [" + ROW + "], \"params\": {}}",
            """
            {"inputs": {"plain": [0.5], "price": [1234.5], "open": [true],
             "seen": ["2024-02-29 08:15"], "born": ["31.12.1990"], "kind": ["b"], "store": ["2"]}}\
            """)) {
      JsonNode answer = answer("/invocations", body);
      assertThat(answer.get("predictions")).as(body).containsExactly(expected);
      assertThat(answer.get("model_name").asText()).isEqualTo("churn");
      assertThat(answer.get("model_version").asText()).isEqualTo("1");
    }
  }

  @Test
  void tensorsAreReadByTheNamesOfColumns() throws Exception {
    String request =
        """
        {"id": "a7", "inputs": [
          {"name": "plain", "shape": [2, 1], "datatype": "FP32", "data": [[0.5], [0.5]]},
          {"name": "price", "shape": [2], "datatype": "FP64", "data": [1234.5, null]},
          {"name": "open", "shape": [2], "datatype": "BOOL", "data": [true, false]},
          {"name": "seen", "shape": [2], "datatype": "BYTES", "data": ["2024-02-29T08:15:00Z", "2024-03-01"]},
          {"name": "born", "shape": [2], "datatype": "BYTES", "data": ["31.12.1990", "1.1.2000"]},
          {"name": "kind", "shape": [2], "datatype": "BYTES", "data": ["b", "never seen"]},
          {"name": "store", "shape": [2], "datatype": "INT64", "data": [2, 3]}]%s}\
        """;
    JsonNode answer = answer("/v2/models/churn/infer", request.formatted(""));
    assertThat(answer.get("id").asText()).isEqualTo("a7");
    assertThat(answer.get("model_name").asText()).isEqualTo("churn");
    assertThat(answer.get("model_version").asText()).isEqualTo("1");
    assertThat(answer.get("outputs").findValuesAsText("name"))
        .containsExactly("predicted", "predicted_label", "probability", "probability_positive");
    assertThat(answer.get("outputs").findValuesAsText("datatype"))
        .containsExactly("INT32", "BYTES", "FP64", "FP64");
    assertThat(answer.at("/outputs/3/shape").toString()).isEqualTo("[2]");
    assertThat(answer.at("/outputs/3/data/0").asDouble())
        .isEqualTo(scored().get("probability_positive"));
    JsonNode one =
        answer(
            "/v2/models/churn/versions/1/infer",
            request.formatted(", \"outputs\": [{\"name\": \"probability_positive\"}]"));
    assertThat(one.get("outputs")).containsExactly(answer.at("/outputs/3"));
  }

  /** Rows of every kind, as JSON has them, give what the network computes for them. */
  @Test
  void serverGivesTheOutputsOfTheNetworkForRandomRows() throws Exception {
    ModelInput input = new ModelInput.Columns(TABLE.encoder());
    ProofExamples examples =
        ProofExamples.of(
            input,
            input.accept(new RandomExamples(500, new AcceptedInputs.Any(), 7)),
            "random inputs");
    List<Map<String, Object>> rows = new ArrayList<>();
    for (Map<String, Object> row : input.accept(new RawRows(examples.rows()))) {
      row.replaceAll((name, value) -> value instanceof Instant ? text(value, name) : value);
      rows.add(row);
    }
    String body = new ObjectMapper().writeValueAsString(Map.of("dataframe_records", rows));
    List<JsonNode> found = new ArrayList<>();
    answer("/invocations", body).get("predictions").forEach(found::add);
    float[] outputs = new float[found.size()];
    for (int i = 0; i < outputs.length; i++) {
      outputs[i] = (float) found.get(i).get("probability_positive").asDouble();
    }
    Export export = new Export(new ModelExport("churn", CHURN, Map.of()).exported());
    assertThat(export.proof(examples, outputs).largestDifference()).isLessThan(1e-6);
  }

  private static String text(Object instant, String column) {
    return column.equals("born")
        ? DateTimeFormatter.ofPattern("d.M.yyyy").withZone(ZoneOffset.UTC).format((Instant) instant)
        : instant.toString();
  }

  @Test
  void pathsDescribeModelAndServer() throws Exception {
    assertThat(client.get("/ping").body()).isEqualTo("OK\n");
    assertThat(client.get("/health").statusCode()).isEqualTo(200);
    assertThat(client.get("/v2/health/live").body()).isEqualTo("{\"live\":true}");
    assertThat(client.get("/v2/health/ready").body()).isEqualTo("{\"ready\":true}");
    assertThat(TestClient.json(client.get("/v2/models/churn/versions/1/ready")))
        .isEqualTo(new ObjectMapper().readTree("{\"name\": \"churn\", \"ready\": true}"));
    assertThat(client.get("/v2/models/churn").body())
        .isEqualTo(
            "{\"name\":\"churn\",\"versions\":[\"1\"],\"platform\":\"meanfield\",\"inputs\":["
                + "{\"name\":\"plain\",\"datatype\":\"FP64\",\"shape\":[-1]},"
                + "{\"name\":\"price\",\"datatype\":\"FP64\",\"shape\":[-1]},"
                + "{\"name\":\"open\",\"datatype\":\"BOOL\",\"shape\":[-1]},"
                + "{\"name\":\"seen\",\"datatype\":\"BYTES\",\"shape\":[-1]},"
                + "{\"name\":\"born\",\"datatype\":\"BYTES\",\"shape\":[-1]},"
                + "{\"name\":\"kind\",\"datatype\":\"BYTES\",\"shape\":[-1]},"
                + "{\"name\":\"store\",\"datatype\":\"BYTES\",\"shape\":[-1]}],\"outputs\":["
                + "{\"name\":\"predicted\",\"datatype\":\"INT32\",\"shape\":[-1]},"
                + "{\"name\":\"predicted_label\",\"datatype\":\"BYTES\",\"shape\":[-1]},"
                + "{\"name\":\"probability\",\"datatype\":\"FP64\",\"shape\":[-1]},"
                + "{\"name\":\"probability_positive\",\"datatype\":\"FP64\",\"shape\":[-1]}]}");
  }

  @Test
  void metricsCountAnswersAndRows() throws Exception {
    answer("/invocations", RECORDS);
    HttpResponse<String> metrics = client.get("/metrics");
    assertThat(metrics.headers().firstValue("Content-Type"))
        .contains("text/plain; version=0.0.4; charset=utf-8");
    assertThat(metrics.body())
        .contains("meanfield_serve_model_info{model=\"churn\",version=\"1\"} 1")
        .contains("meanfield_serve_request_seconds_bucket{le=\"+Inf\"}")
        .contains("meanfield_serve_load_failures_total 0.0")
        .containsPattern("meanfield_serve_requests_total\\{code=\"200\"} [1-9]")
        .containsPattern("meanfield_serve_rows_total [1-9]");
  }

  private static void assertRefused(
      HttpResponse<String> answer, int status, String code, String message) throws Exception {
    assertThat(TestClient.json(answer))
        .isEqualTo(new ObjectMapper().valueToTree(Map.of("error_code", code, "message", message)));
    assertThat(answer.statusCode()).isEqualTo(status);
  }

  @Test
  void wrongRowIsNamedWithColumnValueAndRemedy() throws Exception {
    String wrong = RECORDS.replace("$1,234.50", "many");
    String message =
        "row 1: column price is \"many\", expected a finite number such as 1,234.5 in $";
    assertRefused(client.post("/invocations", wrong), 400, "BAD_REQUEST", message);
    HttpResponse<String> answer =
        client.post(
            "/v2/models/churn/infer",
            "{\"inputs\": [{\"name\": \"plain\", \"shape\": [1], \"datatype\": \"FP64\","
                + " \"data\": [1]}]}");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body())
        .isEqualTo(
            "{\"error\":\"row 1 has no column price; the model reads plain, price, open, seen,"
                + " born, kind, store, found plain\"}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}|expected exactly one of the keys dataframe_split, dataframe_records, instances, inputs,"
            + " found none",
        "{\"rows\": []}|expected exactly one of the keys dataframe_split, dataframe_records,"
            + " instances, inputs, found rows",
        "{\"instances\": [], \"inputs\": []}|expected exactly one of the keys dataframe_split,"
            + " dataframe_records, instances, inputs, found inputs, instances",
        "{\"instances\": [[1, 2]]}|row 1 of instances must be an object, found [1, 2]",
        "{\"inputs\": {\"a\": [1], \"b\": []}}|inputs.b has 0 values, expected 1, as the first"
            + " column has",
        "{\"dataframe_split\": {\"columns\": [\"a\"], \"data\": [[1, 2]]}}|row 1 of"
            + " dataframe_split.data has 2 values, expected 1, one for each column",
        "{\"dataframe_split\": {\"columns\": [\"a\", \"a\"], \"data\": []}}|dataframe_split.columns"
            + " has \"a\" twice",
        "{\"dataframe_records\": {}}|dataframe_records must be a list, found {}",
        "null|expected a JSON object as the body of the request: found null",
        "[1, 2]|expected a JSON object as the body of the request: found a list",
        "\"rows\"|expected a JSON object as the body of the request: found \"rows\"",
        "{\"a\": 1, \"a\": 2}|expected a JSON object as the body of the request: Duplicate field"
            + " 'a'"
      })
  void bodyOfAnotherFormIsExplained(String body, String message) throws Exception {
    assertRefused(client.post("/invocations", body), 400, "BAD_REQUEST", message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"shape\": [2], \"datatype\": \"FP64\", \"data\": [1]|input \"a\" has 1 values, expected 2"
            + " for its shape [2]",
        "\"shape\": [1, 2], \"datatype\": \"FP64\", \"data\": [1, 2]|input \"a\" has the shape [1,"
            + " 2], expected one value for each row: [1] or [1, 1]",
        "\"shape\": [1], \"datatype\": \"INT8\", \"data\": [128]|input \"a\" has 128 at position 1,"
            + " expected a value of the datatype INT8",
        "\"shape\": [1], \"datatype\": \"UINT8\", \"data\": [-1]|input \"a\" has -1 at position 1,"
            + " expected a value of the datatype UINT8",
        "\"shape\": [1], \"datatype\": \"BOOL\", \"data\": [1]|input \"a\" has 1 at position 1,"
            + " expected a value of the datatype BOOL",
        "\"shape\": [-1], \"datatype\": \"BOOL\", \"data\": []|the shape of input \"a\" has -1,"
            + " expected numbers of at least 0",
        "\"shape\": [], \"datatype\": \"BOOL\", \"data\": []|the shape of input \"a\" is empty,"
            + " expected the number of rows",
        "\"shape\": [1], \"datatype\": \"DATE\", \"data\": [1]|the datatype of input \"a\" is"
            + " \"DATE\", expected one of BOOL, UINT8, UINT16, UINT32, UINT64, INT8, INT16, INT32,"
            + " INT64, FP16, FP32, FP64, BYTES"
      })
  void tensorOfAnotherFormIsExplained(String tensor, String message) throws Exception {
    HttpResponse<String> answer =
        client.post("/v2/models/churn/infer", "{\"inputs\": [{\"name\": \"a\", " + tensor + "}]}");
    assertThat(TestClient.json(answer).get("error").asText()).isEqualTo(message);
    assertThat(answer.statusCode()).isEqualTo(400);
  }

  @Test
  void requestThatNoPathTakesIsRefused() throws Exception {
    assertRefused(
        client.get("/invocations"), 405, "BAD_REQUEST", "the method must be POST, found GET");
    assertThat(client.get("/invocations").headers().firstValue("Allow")).contains("POST");
    assertRefused(
        client.send("POST", "/invocations", "text/csv", "a,b"),
        415,
        "BAD_REQUEST",
        "the Content-Type must be application/json, found \"text/csv\"");
    assertRefused(
        client.post("/invocations", " ".repeat(3 << 20)),
        413,
        "BAD_REQUEST",
        "the body has more than 1048576 bytes; send fewer rows in a request, or start the server"
            + " with a larger --max-body");
    assertRefused(
        client.get("/predict"),
        404,
        "NOT_FOUND",
        "there is no /predict; the paths are /invocations, /ping, /health, /version, /metrics,"
            + " /v2, /v2/health/live, /v2/health/ready, /v2/models/churn, and /ready and /infer"
            + " below it");
    assertThat(client.get("/v2/models/other/versions/7").body())
        .isEqualTo(
            "{\"error\":\"the server has version 1 of the model churn, asked for version 7 of"
                + " other\"}");
  }

  @Test
  void imagesAreArraysOfBytes() throws Exception {
    NetworkSettings network =
        new NetworkSettings(
            List.of(6),
            List.of(new Dense(4, Activation.TANH), new Dense(3, Activation.SOFTMAX)),
            Loss.CATEGORICAL_CROSSENTROPY,
            new Optimizer.Sgd(0.1));
    TestRegistry registry = new TestRegistry(folder);
    registry.run("images", new SavedModel(Model.untrained(network, 3), Optional.empty(), true));
    try (Server images = Server.start(registry.versions("images"), options(1, 1), line -> {})) {
      TestClient other = new TestClient(images.uri());
      JsonNode flat =
          TestClient.json(
              other.post("/invocations", "{\"instances\": [[0, 50, 100, 150, 200, 255]]}"));
      assertThat(flat.at("/predictions/0/outputs")).hasSize(3);
      String nested =
          "{\"inputs\": [{\"name\": \"images\", \"shape\": [1, 2, 3], \"datatype\": \"UINT8\","
              + " \"data\": [[[0, 50, 100], [150, 200, 255]]]}]}";
      JsonNode tensor = TestClient.json(other.post("/v2/models/images/infer", nested));
      assertThat(tensor.at("/outputs/2/name").asText()).isEqualTo("outputs");
      assertThat(tensor.at("/outputs/2/shape").toString()).isEqualTo("[1,3]");
      assertThat(tensor.at("/outputs/2/data")).isEqualTo(flat.at("/predictions/0/outputs"));
      assertThat(tensor.get("model_version").asText()).hasSize(12);
      assertThat(TestClient.json(other.get("/v2/models/images")).at("/inputs/0").toString())
          .isEqualTo("{\"name\":\"images\",\"datatype\":\"UINT8\",\"shape\":[-1,6]}");
      assertRefused(
          other.post("/invocations", "{\"instances\": [[0, 50, 100, 150, 200, 256]]}"),
          400,
          "BAD_REQUEST",
          "row 1: column images has 256.0 at position 6, expected a whole number from 0 to 255");
      assertRefused(
          other.post("/invocations", "{\"instances\": [[0, 50]]}"),
          400,
          "BAD_REQUEST",
          "row 1: column images has 2 values, expected 6 numbers");
    }
  }

  @Test
  void addressThatIsTakenIsNamed() {
    int port = server.uri().getPort();
    assertThatThrownBy(
            () ->
                Server.start(
                    new TestRegistry(folder).versions("churn@1"),
                    new ServerOptions("127.0.0.1", port, 1, 1, 1, Duration.ofSeconds(1)),
                    line -> {}))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "cannot listen on 127.0.0.1 port %s: Address already in use; choose another --host or"
                + " --port",
            port);
  }

  @Test
  void boundsAreChecked() {
    assertThatThrownBy(() -> options(0, 1))
        .isInstanceOf(UserException.class)
        .hasMessage("--threads must be at least 1, found 0");
  }
}
