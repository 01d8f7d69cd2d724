package io.meanfield.registry;

import com.typesafe.config.Config;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.store.Manifest;
import io.meanfield.store.RunDirectory;
import io.meanfield.store.StoreDirectory;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.fs.Path;

/** A complete version of a model, which never changes. Driver only. */
public final class ModelVersion {
  static final String MANIFEST = "version.json";
  static final String REFERENCE = "reference.json";
  static final String CARD = "card.md";

  private static final String RUN = "run";
  private static final String METRICS = "metrics";

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
    return new Manifest(manifest.section(RUN).orElseThrow());
  }

  /** The settings of the run that trained the version. */
  public Config settings() {
    return manifest.section(RUN + ".settings").orElseThrow();
  }

  public String runId() {
    return manifest.string("run_id").orElseThrow();
  }

  public Instant created() {
    return Instant.parse(manifest.string("created").orElseThrow());
  }

  /** The version of the same model whose weights training started from; empty if there is none. */
  public Optional<Integer> parent() {
    return manifest.string("parent").map(Integer::valueOf);
  }

  /** The SHA-256 of the weights, in hexadecimal; empty if the run did not record it. */
  public Optional<String> weightsSha256() {
    return manifest.string("weights_sha256");
  }

  /** The metrics by name, as in the tables {@code epochs} and {@code evaluation}. */
  public SortedMap<String, Double> metrics() {
    SortedMap<String, Double> metrics = new TreeMap<>();
    manifest
        .section(METRICS)
        .ifPresent(
            section ->
                section
                    .root()
                    .forEach(
                        (key, value) ->
                            metrics.put(key, ((Number) value.unwrapped()).doubleValue())));
    return metrics;
  }

  /** The path of the model, a file in the format of DL4J; encodings.json is beside it. */
  public Path model() {
    return directory.path(RunDirectory.MODEL);
  }

  /** Returns the profile of the training data; empty if none was registered. */
  public Optional<byte[]> readReference() {
    return directory.readBytes(REFERENCE);
  }

  /** Returns the description of the version in Markdown. */
  public String readCard() {
    return new String(directory.readBytes(CARD).orElseThrow(), StandardCharsets.UTF_8);
  }

  /** Returns a sentence for each file that is missing or differs from its checksum. */
  public List<String> damages() {
    return VersionFiles.damages(directory, files());
  }

  private Map<String, String> files() {
    Map<String, String> files = new TreeMap<>();
    manifest
        .section("files")
        .ifPresent(
            section ->
                section
                    .root()
                    .forEach((file, sha256) -> files.put(file, (String) sha256.unwrapped())));
    return files;
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
