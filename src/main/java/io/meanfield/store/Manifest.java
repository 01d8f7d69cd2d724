package io.meanfield.store;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigSyntax;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.Printable;
import io.meanfield.error.UserException;
import io.meanfield.json.SchemaVersion;
import io.meanfield.store.file.FileContent;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * The description of a run, kept in run.json, or of a registered version of a model; the file has a
 * checksum of its own bytes. It is a Config instead of a record, because its settings contain the
 * keys of every package and are compared value by value by their dotted paths.
 */
public record Manifest(Config json) {
  /**
   * The version of the layout of the directories of runs and registered models that this code
   * writes, and the newest that it reads.
   */
  public static final int SCHEMA_VERSION = 1;

  private static final String VERSION_KEY = "schema_version";
  private static final String CHECKSUM_KEY = "checksum";
  private static final String BLANK = "0".repeat(64);
  // Indented once: not an entry of this name in a nested object.
  private static final Pattern CHECKSUM =
      Pattern.compile("(?m)^    \"checksum\" : \"sha256:([0-9a-f]{64})\"");

  /** Returns a manifest of this version, from nested maps, lists, strings, numbers and booleans. */
  public static Manifest of(Map<String, ?> entries) {
    return new Manifest(
        ConfigValueFactory.fromMap(entries)
            .withValue(VERSION_KEY, ConfigValueFactory.fromAnyRef(SCHEMA_VERSION))
            .toConfig());
  }

  /**
   * Returns the manifest that a file contains.
   *
   * @param where the location of the file, for messages
   * @throws UserException if the bytes are not those that were written, or if they are of a newer
   *     version
   */
  public static Manifest parse(byte[] json, String where) {
    requireIntact(json, where);
    Config config = config(json, where).withoutPath(CHECKSUM_KEY);
    SchemaVersion.require(
        config.getInt(VERSION_KEY), SCHEMA_VERSION, where, ErrorCode.WRONG_ARGUMENTS);
    return new Manifest(config);
  }

  private static Config config(byte[] json, String where) {
    return ConfigFactory.parseString(
        new String(json, StandardCharsets.UTF_8),
        ConfigParseOptions.defaults().setSyntax(ConfigSyntax.JSON).setOriginDescription(where));
  }

  private static void requireIntact(byte[] json, String where) {
    // One character for each byte, so that no byte is lost.
    String text = new String(json, StandardCharsets.ISO_8859_1);
    Matcher checksum = CHECKSUM.matcher(text);
    if (!checksum.find()) {
      throw damaged(where, "it has no checksum of its own");
    }
    String found = sha256(withChecksum(text, checksum, BLANK));
    if (!found.equals(checksum.group(1))) {
      throw damaged(
          where, "expected sha256 %s, found sha256 %s".formatted(checksum.group(1), found));
    }
  }

  private static String withChecksum(String text, Matcher checksum, String sha256) {
    return text.substring(0, checksum.start(1)) + sha256 + text.substring(checksum.end(1));
  }

  private static String sha256(String text) {
    return DigestUtils.sha256Hex(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static UserException damaged(String where, String reason) {
    return UserException.of(
        ErrorCode.STORE_UNREADABLE,
        "%s is damaged: %s; restore the file from a backup",
        where,
        reason);
  }

  /** A value that another manifest has otherwise; "unset" if one of them does not have it. */
  public record Difference(String path, String was, String is) {
    private static final int LONGEST = 80;

    /**
     * Returns differences in words, such as "settings.train.epochs was 30, is 40": the shortest
     * first, because a setting that was changed has others in its train that follow from it.
     */
    public static String text(List<Difference> differences) {
      return differences.stream()
          .map(Difference::toString)
          .sorted(Comparator.comparingInt(String::length))
          .collect(Collectors.joining("; "));
    }

    @Override
    public String toString() {
      return "%s was %s, is %s".formatted(path, shown(was), shown(is));
    }

    private static String shown(String value) {
      return Printable.text(value, LONGEST);
    }
  }

  /**
   * Returns each difference of {@code other} under the given paths.
   *
   * @param paths the paths of the objects or values that must be equal to continue a run
   */
  public List<Difference> differences(Manifest other, List<String> paths) {
    SortedMap<String, ConfigValue> mine = entries(paths);
    SortedMap<String, ConfigValue> others = other.entries(paths);
    SortedSet<String> keys = new TreeSet<>(mine.keySet());
    keys.addAll(others.keySet());
    return keys.stream()
        .filter(key -> !Objects.equals(mine.get(key), others.get(key)))
        .map(key -> new Difference(key, display(mine, key), display(others, key)))
        .toList();
  }

  private static String display(SortedMap<String, ConfigValue> entries, String key) {
    return entries.containsKey(key)
        ? entries.get(key).render(ConfigRenderOptions.concise())
        : "unset";
  }

  // Compares values, not strings: a 5 that is read equals the 5.0 that was written.
  private SortedMap<String, ConfigValue> entries(List<String> paths) {
    SortedMap<String, ConfigValue> entries = new TreeMap<>();
    for (String path : paths) {
      if (json.hasPath(path)) {
        json.withOnlyPath(path).entrySet().stream()
            .forEach(entry -> entries.put(entry.getKey(), entry.getValue()));
      }
    }
    return entries;
  }

  /** Returns this manifest with an entry added or replaced; the value may be a map. */
  public Manifest with(String key, Object value) {
    return new Manifest(json.withValue(key, ConfigValueFactory.fromAnyRef(value)));
  }

  public int integer(String path) {
    return json.getInt(path);
  }

  /** Returns the string at a path such as {@code data.train.fingerprint}; empty if it is absent. */
  public Optional<String> string(String path) {
    return json.hasPath(path) ? Optional.of(json.getString(path)) : Optional.empty();
  }

  /** Returns the object at a path such as {@code settings.data}; empty if it is absent. */
  public Optional<Config> section(String path) {
    return json.hasPath(path) ? Optional.of(json.getConfig(path)) : Optional.empty();
  }

  /** Returns the string at a path that every manifest of its kind has. */
  public String required(String path) {
    return json.getString(path);
  }

  /**
   * Returns this manifest as the content of a file, with the SHA-256 of all its bytes, in which the
   * digits of the checksum count as zeros. The checksum is in the file itself, so that both are
   * created at once.
   */
  public FileContent content() {
    byte[] blank = with(CHECKSUM_KEY, "sha256:" + BLANK).text().getBytes(StandardCharsets.UTF_8);
    String text = new String(blank, StandardCharsets.ISO_8859_1);
    Matcher checksum = CHECKSUM.matcher(text);
    checksum.find();
    byte[] sealed =
        withChecksum(text, checksum, sha256(text)).getBytes(StandardCharsets.ISO_8859_1);
    return out -> out.write(sealed);
  }

  /** Returns this manifest as JSON, in lines. */
  public String text() {
    ConfigRenderOptions options =
        ConfigRenderOptions.defaults().setOriginComments(false).setComments(false);
    return json.root().render(options) + "\n";
  }
}
