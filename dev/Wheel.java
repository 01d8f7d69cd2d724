import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.LocalDateTime;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes the wheel of the Python package, which carries the application jar: java dev/Wheel.java
 * VERSION TARGET. The layout is that of
 * https://packaging.python.org/en/latest/specifications/binary-distribution-format.
 */
public final class Wheel {
  private static final LocalDateTime TIME = LocalDateTime.of(2026, 1, 1, 0, 0); // as in the jar

  private final StringBuilder record = new StringBuilder();
  private final ZipOutputStream zip;

  private Wheel(ZipOutputStream zip) {
    this.zip = zip;
  }

  public static void main(String[] arguments) throws Exception {
    Path target = Path.of(arguments[1]);
    String version = arguments[0].replace("-SNAPSHOT", ".dev0");
    Path wheel = target.resolve("meanfield-" + version + "-py3-none-any.whl");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(wheel))) {
      new Wheel(zip).write(target, "meanfield-" + arguments[0] + "-app.jar", version);
    }
  }

  private void write(Path target, String jar, String version) throws Exception {
    Path modules = target.resolve("classes/meanfield");
    for (Map.Entry<String, Path> file : sorted(modules, "{*.py,*.pyi,py.typed}").entrySet()) {
      add("meanfield/" + file.getKey(), Files.readAllBytes(file.getValue()));
    }
    add("meanfield/jars/" + jar, Files.readAllBytes(target.resolve(jar)));
    String information = "meanfield-" + version + ".dist-info/";
    add(information + "LICENSE", Files.readAllBytes(Path.of("LICENSE")));
    add(information + "NOTICE", Files.readAllBytes(Path.of("NOTICE")));
    for (Map.Entry<String, Path> text : sorted(Path.of("licenses"), "*").entrySet()) {
      add(information + "licenses/" + text.getKey(), Files.readAllBytes(text.getValue()));
    }
    add(information + "METADATA", metadata(version));
    add(
        information + "WHEEL",
        lines(
            "Wheel-Version: 1.0",
            "Generator: meanfield",
            "Root-Is-Purelib: true",
            "Tag: py3-none-any"));
    record.append(information).append("RECORD,,\n");
    add(information + "RECORD", record.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static Map<String, Path> sorted(Path folder, String glob) throws IOException {
    Map<String, Path> sorted = new TreeMap<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, glob)) {
      files.forEach(file -> sorted.put(file.getFileName().toString(), file));
    }
    return sorted;
  }

  private static byte[] metadata(String version) {
    return lines(
        "Metadata-Version: 2.1",
        "Name: meanfield",
        "Version: " + version,
        "Summary: Neural networks on Apache Spark: estimators and models for PySpark",
        "License: Apache-2.0",
        "Requires-Python: >=3.8",
        "Provides-Extra: spark", // not required, because a cluster brings its own PySpark
        "Requires-Dist: pyspark[ml] <5,>=3.5; extra == \"spark\"");
  }

  private static byte[] lines(String... lines) {
    return (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  /** Adds a file without compression, because nearly all of the wheel is a jar. */
  private void add(String name, byte[] content) throws Exception {
    CRC32 crc = new CRC32();
    crc.update(content);
    ZipEntry entry = new ZipEntry(name);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(content.length);
    entry.setCrc(crc.getValue());
    entry.setTimeLocal(TIME);
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
    byte[] sha256 = MessageDigest.getInstance("SHA-256").digest(content);
    String digest = Base64.getUrlEncoder().withoutPadding().encodeToString(sha256);
    record.append(name + ",sha256=" + digest + "," + content.length + "\n");
  }
}
