package io.meanfield;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * An S3 server in a process of its own, with one bucket, and the Spark home of the profile {@code
 * cluster} whose Hadoop can use it. The server is moto, in the virtual environment that
 * dev/test-python makes.
 */
public final class S3Server implements AutoCloseable {
  private static final String BUCKET = "bucket";
  private static final Path SPARK_HOME = Path.of("target/spark-s3").toAbsolutePath();
  private static final Path RESOURCES = Path.of("src/test/resources/s3");
  private static final List<String> PYTHON = List.of("target/python/bin/python", "-W", "ignore");
  private static final Pattern KEY = Pattern.compile("<Key>([^<]+)</Key>");

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Process process;
  private final String url;

  private S3Server(Process process, String url) {
    this.process = process;
    this.url = url;
  }

  /** Starts the server. Skips the test if moto is missing, unless MEANFIELD_REQUIRE_S3 is 1. */
  public static S3Server start() throws Exception {
    assumeTrue(
        hasMoto() || "1".equals(System.getenv("MEANFIELD_REQUIRE_S3")),
        "no S3 server: call dev/test-python");
    List<String> command = new ArrayList<>(PYTHON);
    command.add(RESOURCES.resolve("server.py").toString());
    Process process =
        new ProcessBuilder(command).redirectError(new File("target/s3-server.log")).start();
    BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
    S3Server server = new S3Server(process, String.valueOf(out.readLine()));
    assertThat(server.url).as("see target/s3-server.log").startsWith("http://");
    server.send(server.request("").PUT(HttpRequest.BodyPublishers.noBody()));
    installSparkSubmit();
    return server;
  }

  private static boolean hasMoto() throws Exception {
    List<String> command = new ArrayList<>(PYTHON);
    command.addAll(List.of("-c", "import moto.moto_server.werkzeug_app"));
    try {
      return new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException noPython) {
      return false;
    }
  }

  private static void installSparkSubmit() throws IOException {
    assertThat(SPARK_HOME.resolve("jars")).as("built by mvn -P cluster package").isDirectory();
    Path script = Files.createDirectories(SPARK_HOME.resolve("bin")).resolve("spark-submit");
    Files.copy(RESOURCES.resolve("spark-submit"), script, StandardCopyOption.REPLACE_EXISTING);
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /** Returns the S3A location of a key. */
  public String location(String key) {
    return "s3a://" + BUCKET + "/" + key;
  }

  /** Returns Hadoop's settings for the server. */
  public Map<String, String> hadoop() {
    return Map.of(
        "fs.s3a.endpoint", url,
        "fs.s3a.endpoint.region", "us-east-1",
        "fs.s3a.path.style.access", "true",
        "fs.s3a.connection.ssl.enabled", "false");
  }

  /** Returns the environment of scripts/submit: the Spark home and the credentials. */
  public Map<String, String> environment() {
    return Map.of(
        "SPARK_HOME", SPARK_HOME.toString(),
        "SPARK_CONF_DIR", "conf",
        "AWS_ACCESS_KEY_ID", "any",
        "AWS_SECRET_ACCESS_KEY", "any");
  }

  /** Starts a main class of the tests in a JVM of its own, with Hadoop's settings as properties. */
  public Process startMain(Class<?> main, String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                System.getProperty("java.home") + "/bin/java",
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "@dev/java-options"));
    hadoop().forEach((key, value) -> command.add("-D" + key + "=" + value));
    command.addAll(
        List.of(
            "-cp",
            StandaloneCluster.applicationJar()
                + ":target/test-classes:"
                + SPARK_HOME.resolve("jars")
                + "/*",
            main.getName()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment());
    return builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  void put(String key, Path file) throws Exception {
    send(request(key).PUT(HttpRequest.BodyPublishers.ofFile(file)));
  }

  /** Returns the content of an object; empty if there is none. */
  public Optional<byte[]> get(String key) throws Exception {
    HttpResponse<byte[]> response =
        http.send(request(key).build(), HttpResponse.BodyHandlers.ofByteArray());
    assertThat(response.statusCode()).isIn(200, 404);
    return response.statusCode() == 404 ? Optional.empty() : Optional.of(response.body());
  }

  /** Waits until an object exists. */
  void await(String key, Submit running) throws Exception {
    while (get(key).isEmpty()) {
      running.requireAlive();
    }
  }

  private List<String> keys(String prefix) throws Exception {
    String listing =
        new String(
            send(request("?list-type=2&max-keys=1000&prefix=" + prefix)), StandardCharsets.UTF_8);
    return KEY.matcher(listing).results().map(key -> key.group(1)).toList();
  }

  /** Copies all objects under a prefix to a folder. */
  void download(String prefix, Path folder) throws Exception {
    for (String key : keys(prefix)) {
      Path file = folder.resolve(key.substring(prefix.length()));
      if (!key.endsWith("/")) {
        Files.createDirectories(file.getParent());
        Files.write(file, get(key).orElseThrow());
      }
    }
  }

  // The server refuses requests without a signature, but does not check it.
  private HttpRequest.Builder request(String key) {
    return HttpRequest.newBuilder(URI.create(url + "/" + BUCKET + "/" + key))
        .header(
            "Authorization",
            "AWS4-HMAC-SHA256 Credential=any/20260101/us-east-1/s3/aws4_request,"
                + " SignedHeaders=host, Signature=any");
  }

  private byte[] send(HttpRequest.Builder request) throws Exception {
    HttpResponse<byte[]> response =
        http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    assertThat(response.statusCode()).isEqualTo(200);
    return response.body();
  }

  /** Returns the settings as options of spark-submit. */
  Stream<String> options() {
    return hadoop().entrySet().stream()
        .flatMap(e -> Stream.of("--conf", "spark.hadoop." + e.getKey() + "=" + e.getValue()));
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
