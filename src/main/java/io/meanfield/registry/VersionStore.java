package io.meanfield.registry;

import io.meanfield.data.encoding.EncodingsFile;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.store.FileChecksums;
import io.meanfield.store.Manifest;
import io.meanfield.store.ParallelReads;
import io.meanfield.store.RunDirectory;
import io.meanfield.store.StoreDirectory;
import io.meanfield.store.file.FileContent;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The versions of one model. A run claims a number, writes the files, and writes version.json last;
 * a version without it does not count, and the same run continues it.
 */
final class VersionStore {
  private static final String DIRECTORY = "versions";
  private static final String CLAIM = "claim.json";

  /** The content of the file that gives a number to a run. */
  private record Claim(String runId) {}

  private final String model;
  private final StoreDirectory directory;

  VersionStore(String model, StoreDirectory directory) {
    this.model = model;
    this.directory = directory;
  }

  /** Returns the complete versions, oldest first. */
  List<ModelVersion> list() {
    return ParallelReads.of(numbers(), this::find).stream().flatMap(Optional::stream).toList();
  }

  private List<Integer> numbers() {
    return directory.list(DIRECTORY).stream()
        .filter(name -> name.matches("[1-9][0-9]{0,8}"))
        .map(Integer::valueOf)
        .sorted()
        .toList();
  }

  /** Returns the numbers of the complete versions, also of damaged ones, in order. */
  List<Integer> complete() {
    return numbers().stream()
        .filter(number -> files(number).exists(ModelVersion.MANIFEST))
        .toList();
  }

  /**
   * Returns a version; empty if there is none with this number, or if it is not complete.
   *
   * @throws UserException if its manifest is damaged
   */
  Optional<ModelVersion> find(int number) {
    StoreDirectory files = files(number);
    return files
        .readManifest(ModelVersion.MANIFEST)
        .map(manifest -> new ModelVersion(model, number, files, manifest));
  }

  private StoreDirectory files(int number) {
    return directory.directory(DIRECTORY + "/" + number);
  }

  /** Returns the number that belongs to a run, which is a new one at the first call. */
  int claim(String runId) {
    while (true) {
      SortedMap<Integer, Claim> claims = claims();
      for (Map.Entry<Integer, Claim> claim : claims.entrySet()) {
        if (claim.getValue().runId().equals(runId)) {
          return claim.getKey();
        }
      }
      int next = claims.isEmpty() ? 1 : claims.lastKey() + 1;
      if (files(next).putIfAbsent(CLAIM, FileContent.json(new Claim(runId)))) {
        return next;
      }
    }
  }

  private SortedMap<Integer, Claim> claims() {
    List<Integer> numbers = numbers();
    List<Optional<Claim>> read =
        ParallelReads.of(numbers, number -> files(number).read(CLAIM, Claim.class));
    SortedMap<Integer, Claim> claims = new TreeMap<>();
    for (int i = 0; i < numbers.size(); i++) {
      int number = numbers.get(i);
      read.get(i).ifPresent(claim -> claims.put(number, claim));
    }
    return claims;
  }

  /** Returns the version with this number, which is written unless it is complete. */
  ModelVersion complete(int number, NewVersion version) {
    Optional<ModelVersion> found = find(number);
    found.ifPresent(existing -> requireSameWeights(existing, version));
    return found.orElseGet(() -> write(number, version));
  }

  private static void requireSameWeights(ModelVersion existing, NewVersion version) {
    Optional<String> weights = version.result().weightsSha256();
    if (weights.isPresent() && !existing.weightsSha256().equals(weights)) {
      throw UserException.of(
          ErrorCode.RUN_DIFFERS,
          "run %s is registered as %s with other weights; a version never changes, so train under"
              + " another --run-id",
          version.run().id(),
          existing.name());
    }
  }

  private ModelVersion write(int number, NewVersion version) {
    StoreDirectory files = files(number);
    RunDirectory run = version.run();
    Manifest manifest = manifest(number, version);
    Map<String, Object> checksums = new TreeMap<>();
    for (String file : List.of(RunDirectory.MODEL, EncodingsFile.NAME)) {
      if (run.exists(file)) {
        checksums.put(file, FileChecksums.write(files, file, run.content(file)));
      }
    }
    version
        .reference()
        .ifPresent(
            content ->
                checksums.put(
                    ModelVersion.REFERENCE,
                    FileChecksums.write(files, ModelVersion.REFERENCE, content)));
    files.putIfAbsent(ModelVersion.MANIFEST, manifest.with("files", checksums).content());
    return find(number).orElseThrow();
  }

  private Manifest manifest(int number, NewVersion version) {
    Map<String, Object> entries = new LinkedHashMap<>(version.entries());
    entries.put("name", model);
    entries.put("version", number);
    entries.put("run_id", version.run().id().value());
    entries.put("created", Instant.now().toString());
    entries.put("metrics", version.result().metrics());
    version.result().weightsSha256().ifPresent(sha256 -> entries.put("weights_sha256", sha256));
    version.parent().ifPresent(parent -> entries.put("parent", parent));
    entries.put("run", version.run().manifest().json().root().unwrapped());
    return Manifest.of(entries);
  }
}
