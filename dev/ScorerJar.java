import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes the jar of the package io.meanfield.scorer, with all classes that it needs and no other:
 * java dev/ScorerJar.java VERSION TARGET ONNXRUNTIME-VERSION JACKSON-VERSION. Fails if one of them
 * needs another library than ONNX Runtime and Jackson.
 */
public final class ScorerJar {
  private static final LocalDateTime TIME = LocalDateTime.of(2026, 1, 1, 0, 0); // as in the jar
  private static final String OWN = "io.meanfield.";
  private static final String ROOT = OWN + "scorer.";
  // Annotations are left out by the virtual machine if their classes are missing.
  private static final List<String> ALLOWED =
      List.of(
          "java.",
          OWN,
          "ai.onnxruntime.",
          "com.fasterxml.jackson.",
          "com.esotericsoftware.kryo.DefaultSerializer",
          "com.esotericsoftware.kryo.serializers.JavaSerializer",
          "com.google.errorprone.annotations.",
          // For the message of a path that Hadoop cannot use, which no scorer has.
          "org.apache.hadoop.util.VersionInfo");
  // Named by others as the place of a nested class, or in methods that no scorer calls.
  private static final Set<String> NAMED_ONLY =
      Set.of(OWN + "data.encoding.ColumnRoles", OWN + "network.Loss");
  private static final String POM =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <project xmlns="http://maven.apache.org/POM/4.0.0">
        <modelVersion>4.0.0</modelVersion>
        <groupId>io.meanfield</groupId>
        <artifactId>meanfield-scorer</artifactId>
        <version>%s</version>
        <dependencies>
          <dependency>
            <groupId>com.microsoft.onnxruntime</groupId><artifactId>onnxruntime</artifactId><version>%s</version>
          </dependency>
          <dependency>
            <groupId>com.fasterxml.jackson.core</groupId><artifactId>jackson-databind</artifactId><version>%s</version>
          </dependency>
        </dependencies>
      </project>
      """;

  private ScorerJar() {}

  public static void main(String[] arguments) throws IOException {
    Path target = Path.of(arguments[1]);
    Path classes = target.resolve("classes").toRealPath(); // jdeps follows no links
    Map<String, byte[]> files = new TreeMap<>();
    for (String name : needed(classes)) {
      String file = name.replace('.', '/') + ".class";
      files.put(file, Files.readAllBytes(classes.resolve(file)));
    }
    files.put("META-INF/LICENSE", Files.readAllBytes(Path.of("LICENSE")));
    files.put(
        "META-INF/maven/io.meanfield/meanfield-scorer/pom.xml",
        POM.formatted(arguments[0], arguments[2], arguments[3]).getBytes(StandardCharsets.UTF_8));
    Path jar = target.resolve("meanfield-scorer-" + arguments[0] + ".jar");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        ZipEntry entry = new ZipEntry(file.getKey());
        entry.setTimeLocal(TIME);
        zip.putNextEntry(entry);
        zip.write(file.getValue());
        zip.closeEntry();
      }
    }
  }

  /** Returns the names of the classes that the package needs, itself included. */
  private static Set<String> needed(Path classes) throws IOException {
    Map<String, Set<String>> graph = graph(classes);
    Set<String> needed = new TreeSet<>();
    Deque<String> open = new ArrayDeque<>();
    graph.keySet().stream().filter(name -> name.startsWith(ROOT)).forEach(open::add);
    while (!open.isEmpty()) {
      String name = open.pop();
      if (needed.add(name) && !NAMED_ONLY.contains(name)) {
        Set<String> uses = graph.getOrDefault(name, Set.of());
        requireAllowed(name, uses);
        uses.stream().filter(each -> each.startsWith(OWN)).forEach(open::push);
      }
    }
    // Reflection asks a nested class for the one around it, of which it needs nothing.
    for (String name : List.copyOf(needed)) {
      for (int i = name.lastIndexOf('$'); i > 0; i = name.lastIndexOf('$', i - 1)) {
        needed.add(name.substring(0, i));
      }
    }
    return needed;
  }

  private static void requireAllowed(String name, Set<String> uses) {
    Set<String> others =
        uses.stream()
            .filter(each -> ALLOWED.stream().noneMatch(each::startsWith))
            .collect(Collectors.toCollection(TreeSet::new));
    if (!others.isEmpty()) {
      throw new IllegalStateException(name + " needs " + others + ", which no scorer has");
    }
  }

  /** Returns the classes that each class uses. */
  private static Map<String, Set<String>> graph(Path classes) throws IOException {
    StringWriter out = new StringWriter();
    ToolProvider jdeps = ToolProvider.findFirst("jdeps").orElseThrow();
    PrintWriter writer = new PrintWriter(out);
    int code =
        jdeps.run(
            writer,
            writer,
            "--ignore-missing-deps",
            "-verbose:class",
            "-filter:none",
            classes.toString());
    if (code != 0) {
      throw new IllegalStateException(out.toString());
    }
    Map<String, Set<String>> graph = new TreeMap<>();
    for (String line : out.toString().lines().filter(each -> each.startsWith("   ")).toList()) {
      String[] words = line.strip().split("\\s+"); // USER -> USED ARCHIVE
      graph.computeIfAbsent(words[0], name -> new TreeSet<>()).add(words[2]);
    }
    return graph;
  }
}
