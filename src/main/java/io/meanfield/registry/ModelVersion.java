package io.meanfield.registry;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigUtil;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.store.FileChecksums;
import io.meanfield.store.Manifest;
import io.meanfield.store.RunDirectory;
import io.meanfield.store.StoreDirectory;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.Path;

/** A complete version of a model, which never changes. Driver only. */
public final class ModelVersion {
  static final String MANIFEST = "version.json";
  static final String REFERENCE = "reference.json";
  static final String REMEDY = "restore the file from a backup, or roll back to an intact version";

  private static final String RUN = "run";
  private static final String METRICS = "metrics";
  private static final String PARENT = "parent";

  private final VersionReference name;
  private final int number;
  private final StoreDirectory directory;
  private final Manifest manifest;

  ModelVersion(String model, int number, StoreDirectory directory, Manifest manifest) {
    this.name = VersionReference.of(model, number);
    this.number = number;
    this.directory = directory;
    this.manifest = manifest;
  }

  /** The name of the version, such as {@code mnist@3}. */
  public VersionReference name() {
    return name;
  }

  public int number() {
    return number;
  }

  /** The location of the version, for messages. */
  public String display() {
    return directory.display();
  }

  /** The contents of version.json. */
  public Manifest manifest() {
    return manifest;
  }

  /** The manifest of the run that trained the version. */
  public Manifest run() {
    return new Manifest(section(RUN));
  }

  /** The settings of the run that trained the version. */
  public Config settings() {
    return section(RUN + ".settings");
  }

  private Config section(String path) {
    return manifest.section(path).orElseThrow();
  }

  public String runId() {
    return manifest.required("run_id");
  }

  public Instant created() {
    return Instant.parse(manifest.required("created"));
  }

  /** The version of the same model whose weights training started from; empty if there is none. */
  public Optional<Integer> parent() {
    return manifest.json().hasPath(PARENT)
        ? Optional.of(manifest.integer(PARENT))
        : Optional.empty();
  }

  /** The SHA-256 of the weights, in hexadecimal; empty if the run did not record it. */
  public Optional<String> weightsSha256() {
    return manifest.string("weights_sha256");
  }

  /** The metrics by name, as in the tables {@code epochs} and {@code evaluation}. */
  public SortedMap<String, Double> metrics() {
    return new TreeMap<>(entries(METRICS, Config::getDouble));
  }

  private <T> Map<String, T> entries(String path, BiFunction<Config, String, T> reading) {
    return manifest
        .section(path)
        .map(
            section ->
                section.root().keySet().stream()
                    .collect(
                        Collectors.toMap(
                            key -> key, key -> reading.apply(section, ConfigUtil.joinPath(key)))))
        .orElseGet(Map::of);
  }

  /** The path of the model, a file in the format of DL4J; encodings.json is beside it. */
  public Path model() {
    return directory.path(RunDirectory.MODEL);
  }

  /**
   * Returns the profile of the training data; empty if none was registered.
   *
   * @throws UserException if the file is missing or differs from its checksum
   */
  public Optional<byte[]> readReference() {
    return Optional.ofNullable(files().get(REFERENCE))
        .map(sha256 -> FileChecksums.read(directory, REFERENCE, sha256, REMEDY));
  }

  /** Returns a sentence for each file that is missing or differs from its checksum. */
  public List<String> damages() {
    return FileChecksums.damages(directory, files(), REMEDY);
  }

  private Map<String, String> files() {
    return entries("files", Config::getString);
  }

  /**
   * Reads all files.
   *
   * @throws UserException if one is missing or differs from its checksum
   */
  public void requireIntact() {
    List<String> damages = damages();
    if (!damages.isEmpty()) {
      throw new UserException(ErrorCode.STORE_UNREADABLE, String.join("\n", damages));
    }
  }
}
