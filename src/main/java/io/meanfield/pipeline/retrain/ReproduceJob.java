package io.meanfield.pipeline.retrain;

import com.google.errorprone.annotations.FormatMethod;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigValueFactory;
import io.meanfield.data.source.ReadProgress;
import io.meanfield.engine.dl4j.ModelFile;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.network.LearnerState;
import io.meanfield.network.Model;
import io.meanfield.pipeline.run.JobContext;
import io.meanfield.pipeline.run.Outcome;
import io.meanfield.pipeline.run.Provenance;
import io.meanfield.pipeline.run.RunKernels;
import io.meanfield.pipeline.settings.JobSettings;
import io.meanfield.pipeline.settings.RecordedSettings;
import io.meanfield.pipeline.train.InitialWeights;
import io.meanfield.pipeline.train.TrainJob;
import io.meanfield.pipeline.train.TrainingExamples;
import io.meanfield.registry.ModelVersion;
import io.meanfield.registry.VersionReference;
import io.meanfield.settings.SettingsTree;
import io.meanfield.store.Manifest;
import io.meanfield.train.history.TrainingListener;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.fs.Path;

/**
 * The command {@code models reproduce}: trains a version of a model again from its manifest alone,
 * in a run of its own, and compares the bits.
 */
public final class ReproduceJob {
  private static final List<String> OWN =
      List.of("run.directory", "run.single-writer", "registry", "tracking");
  private static final String FINGERPRINT = "data.train.fingerprint";

  private final ModelVersion version;
  private final Manifest recorded;
  private final JobContext job;

  /**
   * Creates a job.
   *
   * @param caller the context, whose settings locate the runs and the registry; all other settings
   *     are those of the version
   * @throws UserException if there is no such version, or if it is damaged
   */
  public ReproduceJob(JobContext caller, VersionReference reference) {
    this.version = caller.catalog().registry().resolve(reference);
    this.recorded = version.run();
    this.job = caller.withSettings(settings(version, caller.settings()));
  }

  private static JobSettings settings(ModelVersion version, JobSettings caller) {
    Config settings = RecordedSettings.withHiddenOf(caller.config(), version.settings());
    for (String key : OWN) {
      settings = settings.withValue(key, caller.config().getValue(key));
    }
    Optional<String> kernels = version.run().string(RunKernels.KEY);
    if (kernels.isPresent()) {
      settings = settings.withValue("run.kernels", ConfigValueFactory.fromAnyRef(kernels.get()));
    }
    return JobSettings.read(SettingsTree.overDefaults(settings));
  }

  /** Returns the number of epochs; early stopping may end training before. */
  public int epochs() {
    return job.settings().train().epochs();
  }

  /**
   * Runs the job; the listener receives its progress.
   *
   * @throws UserException if the version is damaged, if the data are not those that the version was
   *     trained on, or if the bits differ
   */
  public Outcome run(TrainingListener progressListener) {
    version.requireIntact();
    job.requireWritableRuns();
    RunKernels.pin(job); // first, because everything else may load the libraries
    Optional<String> from = recorded.string("from");
    requireSameData(from);
    Outcome trained = new TrainJob(job, new TrainJob.Options(false, from), progressListener).run();
    return compared(trained);
  }

  private void requireSameData(Optional<String> from) {
    String found = fingerprint(from);
    String expected = recorded.string(FINGERPRINT).orElse("none");
    if (!found.equals(expected)) {
      throw notReproduced(
          "data.train has the fingerprint %s, expected %s; restore the examples that the"
              + " version was trained on",
          found, expected);
    }
  }

  private String fingerprint(Optional<String> from) {
    Optional<InitialWeights> weights =
        from.map(name -> InitialWeights.resolve(job.catalog(), name));
    try (TrainingExamples examples =
        TrainingExamples.open(job, weights.flatMap(InitialWeights::encoder), ReadProgress.NONE)) {
      return examples.data().fingerprint();
    }
  }

  private Outcome compared(Outcome trained) {
    Model expectedModel = model(version.model());
    Model foundModel = model(job.runs().find(job.id()).orElseThrow().model());
    requireSameThreshold(expectedModel, foundModel);
    LearnerState expected = expectedModel.state();
    LearnerState found = foundModel.state();
    if (!expected.weightsSha256().equals(found.weightsSha256())
        || !Arrays.equals(expected.optimizerState(), found.optimizerState())) {
      throw notReproduced(
          "expected weights with sha256 %s and its optimizer state, found weights with"
              + " sha256 %s; compare versions and processors in %s and in the manifest of run %s",
          expected.weightsSha256(), found.weightsSha256(), version.display(), job.id());
    }
    return Outcome.done(
            "%s is reproduced with equal bits, weights sha256 %s"
                .formatted(version.name(), expected.weightsSha256()),
            trained.details())
        .withNotes(Stream.concat(trained.notes().stream(), notes().stream()).toList())
        .withResult(trained.result())
        .withPaths(trained.paths())
        .withTime(trained.time());
  }

  private void requireSameThreshold(Model expected, Model found) {
    if (!expected.threshold().equals(found.threshold())) {
      throw notReproduced(
          "expected the threshold %s, found %s",
          expected.threshold().value(), found.threshold().value());
    }
  }

  private Model model(Path file) {
    return ModelFile.read(job.catalog().hadoop(), file).model();
  }

  private List<String> notes() {
    String then = recorded.string("versions.git_commit").orElse("an unknown commit");
    String now = String.valueOf(Provenance.versions(job.sparkContext()).get("git_commit"));
    return then.equals(now)
        ? List.of()
        : List.of(
            "the version was trained by Meanfield of commit %s, now it is %s".formatted(then, now));
  }

  @FormatMethod
  private UserException notReproduced(String reason, Object... arguments) {
    return UserException.of(
        ErrorCode.EXPECTATION_FAILED,
        "%s is not reproduced: %s",
        version.name(),
        String.format(Locale.ROOT, reason, arguments));
  }
}
