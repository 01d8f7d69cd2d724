package io.meanfield;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The files that commands leave in a folder, without what differs between undisturbed runs. */
final class EndState {
  // Times, and where something was computed.
  private static final String[] VOLATILE_COLUMNS = {
    "seconds", "compute_ms", "wait_ms", "task_ms", "evaluated_at", "host"
  };
  // Also the checksums of files that contain such values, which are compared themselves.
  private static final Set<String> VOLATILE_KEYS =
      Set.of(
          ("seconds compute_ms wait_ms task_ms host started finished created time token"
                  + " record_sha256 checksum files")
              .split(" "));
  private static final Pattern VOLATILE_LINE =
      Pattern.compile("meanfield_\\w*(timestamp|duration|per)_seconds?\\{.*");
  // Spark gives the files of a written table random names.
  private static final Pattern RANDOM_NAME =
      Pattern.compile("(part-\\d+)-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
  // The file of a check before the job, which a killed process has left.
  private static final Pattern CHECK = Pattern.compile("\\.?\\.doctor-.*");
  private static final Pattern HEADING = Pattern.compile("<h[1-6][^>]*>[^<]*");
  private static final ObjectMapper JSON = new ObjectMapper();

  private EndState() {}

  /** Returns the content of each file and the rows of each table by name; a leftover is a file. */
  static Map<String, String> of(Path folder) throws IOException {
    Map<String, String> facts = new TreeMap<>();
    for (Path path : files(folder)) {
      String name = RANDOM_NAME.matcher(folder.relativize(path).toString()).replaceFirst("$1");
      if (path.getParent().endsWith("lease") && !path.toFile().isHidden()) {
        facts.put(folder.relativize(path.getParent()) + " released", newestRelease(path));
      } else {
        facts.merge(name, content(path, folder), (one, another) -> one + " and " + another);
      }
      if (name.endsWith(".parquet")) {
        facts.computeIfAbsent(
            folder.relativize(path.getParent()) + " rows", table -> rows(path.getParent()));
      }
    }
    return facts;
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      return paths
          .filter(Files::isRegularFile)
          .filter(path -> !CHECK.matcher(path.getFileName().toString()).matches())
          .sorted()
          .toList();
    }
  }

  private static String rows(Path table) {
    Dataset<Row> rows =
        LocalSpark.session().read().parquet(table.toString()).drop(VOLATILE_COLUMNS);
    return rows.schema().json()
        + rows.collectAsList().stream().map(Row::toString).sorted().toList();
  }

  /** Returns whether the newest holder has released the lease. */
  private static String newestRelease(Path entry) {
    String[] names = entry.getParent().toFile().list((folder, name) -> name.endsWith(".json"));
    String newest = Arrays.stream(names).max(String::compareTo).orElse("none");
    return String.valueOf(Files.exists(entry.resolveSibling(newest.replace(".json", ".released"))));
  }

  private static String content(Path path, Path folder) throws IOException {
    String name = path.getFileName().toString();
    return switch (name.substring(name.lastIndexOf('.') + 1)) {
      case "json" ->
          stable(JSON.readTree(path.toFile())).toString().replace(folder.toString(), "{folder}");
      case "prom" ->
          Files.readAllLines(path).stream()
              .filter(line -> !VOLATILE_LINE.matcher(line).matches())
              .map(line -> line.replace(folder.toString(), "{folder}"))
              .collect(Collectors.joining("\n"));
      // A page draws times, and the tables whose rows are compared.
      case "html" ->
          HEADING.matcher(Files.readString(path)).results().map(MatchResult::group).toList()
              + String.valueOf(Files.readString(path).strip().endsWith("</html>"));
      case "parquet", "crc" -> "exists"; // compared as rows
      default -> DigestUtils.sha256Hex(Files.readAllBytes(path));
    };
  }

  private static JsonNode stable(JsonNode node) {
    if (node instanceof ObjectNode object) {
      object.remove(VOLATILE_KEYS);
    }
    node.forEach(EndState::stable);
    return node;
  }
}
