package io.meanfield.storm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The results of a command, without what differs between two undisturbed runs.
 *
 * @param facts the content of each file by its name, and the rows of each table; every leftover is
 *     one more file
 */
record EndState(Map<String, String> facts) {
  // Times, and where something was computed.
  private static final Set<String> VOLATILE_COLUMNS =
      Set.of("seconds", "compute_ms", "wait_ms", "task_ms", "evaluated_at", "host");
  private static final Set<String> VOLATILE_KEYS =
      Set.of(
          "seconds",
          "compute_ms",
          "wait_ms",
          "task_ms",
          "host",
          "started",
          "finished",
          "created",
          "time",
          "token",
          // Of an epoch's record itself, whose rows have times.
          "record_sha256",
          // Of the registry's files, which are compared themselves.
          "checksum",
          "files");
  // Times of the metrics for Prometheus.
  private static final Pattern VOLATILE_LINE =
      Pattern.compile("meanfield_\\w*(timestamp|duration|per)_seconds?\\{.*");
  // Spark gives the files of a written table random names.
  private static final Pattern RANDOM_NAME =
      Pattern.compile("(part-\\d+)-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
  private static final Pattern HEADING = Pattern.compile("<h[1-6][^>]*>[^<]*");
  private static final int CONTEXT = 20;
  private static final int EXCERPT = 100;
  private static final ObjectMapper JSON = new ObjectMapper();

  static EndState of(Site site) throws IOException {
    Map<String, String> facts = new TreeMap<>();
    Set<Path> tables = new TreeSet<>();
    for (Path path : site.results()) {
      String name = site.folder().relativize(path).toString();
      if (isLease(path)) {
        facts.put(path.getParent().getParent().getFileName() + " released", newestRelease(path));
      } else {
        facts.merge(
            RANDOM_NAME.matcher(name).replaceFirst("$1"),
            content(path, site.folder()),
            (one, another) -> one + " and " + another);
        if (name.endsWith(".parquet")) {
          tables.add(path.getParent());
        }
      }
    }
    for (Path table : tables) {
      facts.put(site.folder().relativize(table) + " rows", TableRows.of(table, VOLATILE_COLUMNS));
    }
    return new EndState(facts);
  }

  private static boolean isLease(Path path) {
    return path.getParent().endsWith("lease")
        && path.getFileName().toString().matches("\\d+\\.(json|heartbeat|released)");
  }

  /** Returns whether the newest holder has released the lease. */
  private static String newestRelease(Path entry) throws IOException {
    String[] names = entry.getParent().toFile().list((folder, name) -> name.endsWith(".json"));
    String newest = Arrays.stream(names).max(String::compareTo).orElse("none");
    return String.valueOf(Files.exists(entry.resolveSibling(newest.replace(".json", ".released"))));
  }

  private static String content(Path path, Path folder) throws IOException {
    String name = path.getFileName().toString();
    String suffix = name.substring(name.lastIndexOf('.') + 1);
    return switch (suffix) {
      case "json" -> placeless(stable(JSON.readTree(path.toFile())).toString(), folder);
      case "prom" -> lines(path, folder);
      case "html" -> headings(path);
      case "parquet", "crc" -> "exists"; // compared as rows
      default -> sha256(Files.readAllBytes(path));
    };
  }

  private static String placeless(String text, Path folder) {
    return text.replace(folder.toString(), "{folder}");
  }

  private static String lines(Path path, Path folder) throws IOException {
    return Files.readAllLines(path).stream()
        .filter(line -> !VOLATILE_LINE.matcher(line).matches())
        .map(line -> placeless(line, folder))
        .collect(Collectors.joining("\n"));
  }

  // A page draws times, and the tables whose rows are compared.
  private static String headings(Path path) throws IOException {
    String page = Files.readString(path);
    String end = page.strip().endsWith("</html>") ? " and its end" : " without its end";
    return HEADING.matcher(page).results().map(MatchResult::group).toList() + end;
  }

  private static JsonNode stable(JsonNode node) {
    if (node instanceof ObjectNode object) {
      object.remove(VOLATILE_KEYS);
    }
    node.forEach(EndState::stable);
    return node;
  }

  static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** Throws {@link Violation} with every difference. */
  void requireEqual(EndState expected) {
    Set<String> names = new TreeSet<>(facts.keySet());
    names.addAll(expected.facts.keySet());
    List<String> differences =
        names.stream()
            .filter(name -> !value(name).equals(expected.value(name)))
            .map(name -> name + ": " + difference(value(name), expected.value(name)))
            .toList();
    if (!differences.isEmpty()) {
      throw new Violation("differs from an undisturbed run: " + String.join("; ", differences));
    }
  }

  /** Returns both contents from the place where they begin to differ. */
  private static String difference(String found, String expected) {
    int same = Math.max(0, Arrays.mismatch(found.toCharArray(), expected.toCharArray()) - CONTEXT);
    return excerpt(found, same) + ", expected " + excerpt(expected, same);
  }

  private static String excerpt(String text, int from) {
    return text.substring(Math.min(from, text.length()), Math.min(from + EXCERPT, text.length()));
  }

  private String value(String name) {
    return facts.getOrDefault(name, "nothing");
  }
}
