package io.meanfield.fuzz;

import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;

/** A format of files that Meanfield reads. */
@SuppressWarnings("ImmutableEnumChecker") // lists and functions that never change
enum Format {
  IDX(Reader.SPARK, Mutator.BINARY, folder -> new IdxTarget(folder, false)),
  IDX_GZ(Reader.SPARK, Mutator.BINARY, folder -> new IdxTarget(folder, true)),
  DATASET_JSON(Reader.SPARK, Mutator.TEXT, PreparedTarget::description),
  MODEL_ZIP(Reader.PLAIN, Mutator.BINARY, ModelTarget::ofNumbers),
  MEANFIELD_JSON(Reader.PLAIN, Mutator.TEXT, folder -> ModelTarget.of("meanfield.json", folder)),
  CONFIGURATION_JSON(
      Reader.PLAIN, Mutator.TEXT, folder -> ModelTarget.of("configuration.json", folder)),
  NPZ(Reader.PLAIN, Mutator.BINARY, NpzTarget::ofFile),
  NPZ_SEALED(Reader.PLAIN, Mutator.BINARY, NpzTarget::ofSealedArray),
  CHECKPOINT(Reader.PLAIN, Mutator.BINARY, CheckpointTarget::ofState),
  CHECKPOINT_SEALED(Reader.PLAIN, Mutator.BINARY, CheckpointTarget::ofSealedState),
  EPOCH_JSON(Reader.PLAIN, Mutator.TEXT, CheckpointTarget::ofRecord),
  EPOCH_JSON_SEALED(Reader.PLAIN, Mutator.TEXT, CheckpointTarget::ofSealedRecord),
  REPLAY_SEALED(Reader.PLAIN, Mutator.BINARY, ReplayTarget::new),
  RUN_JSON(Reader.PLAIN, Mutator.TEXT, RunTarget::ofManifest),
  STATUS_JSON(Reader.PLAIN, Mutator.TEXT, RunTarget::ofStatus),
  LEASE_JSON(Reader.PLAIN, Mutator.TEXT, RunTarget::ofLease),
  LEASE_FILES(Reader.PLAIN, Mutator.TEXT, LeaseTarget::new),
  VERSION_JSON(Reader.PLAIN, Mutator.TEXT, RegistryTarget::ofVersion),
  VERSION_JSON_SEALED(Reader.PLAIN, Mutator.TEXT, RegistryTarget::ofSealedVersion),
  HISTORY_JSON(Reader.PLAIN, Mutator.TEXT, RegistryTarget::ofHistory),
  REFERENCE_JSON(Reader.PLAIN, Mutator.TEXT, ProfileTarget::new),
  SETTINGS(Reader.PLAIN, Mutator.TEXT, SettingsTarget::new);

  /** What reads a format; Spark takes longer for a case. */
  enum Reader {
    PLAIN(300, 10_000),
    SPARK(50, 2_000);

    private final int verified;
    private final int fuzzed;

    Reader(int verified, int fuzzed) {
      this.verified = verified;
      this.fuzzed = fuzzed;
    }

    /** The number of cases of a format in {@code mvn verify}. */
    int verified() {
      return verified;
    }

    /** The number of cases of a format that {@code dev/fuzz} runs by default. */
    int fuzzed() {
      return fuzzed;
    }
  }

  private final Reader reader;
  private final Mutator mutator;
  private final Function<Path, Target> target;

  Format(Reader reader, Mutator mutator, Function<Path, Target> target) {
    this.reader = reader;
    this.mutator = mutator;
    this.target = target;
  }

  /** Returns the format with a name of {@link #display}. */
  static Format of(String display) {
    return Stream.of(values())
        .filter(format -> format.display().equals(display))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "expected one of "
                        + Stream.of(values()).map(Format::display).toList()
                        + ", found "
                        + display));
  }

  static Stream<Format> readBy(Reader reader) {
    return Stream.of(values()).filter(format -> format.reader == reader);
  }

  Reader reader() {
    return reader;
  }

  Mutator mutator() {
    return mutator;
  }

  /** Creates valid files of the format in an empty folder. */
  Target target(Path folder) {
    return target.apply(folder);
  }

  /** The name in tables and arguments. */
  String display() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
