package io.meanfield.pipeline.retrain;

import com.typesafe.config.Config;
import io.meanfield.data.formats.DataContents;
import io.meanfield.data.source.Source;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.gate.DataProfile;
import io.meanfield.kernels.Kernels;
import io.meanfield.pipeline.run.JobContext;
import io.meanfield.pipeline.settings.JobSettings;
import io.meanfield.pipeline.train.InitialWeights;
import io.meanfield.registry.ModelVersion;
import io.meanfield.registry.RegisteredModel;
import java.util.List;
import java.util.Optional;

/**
 * A retraining whose data are found. Driver only.
 *
 * @param job the context of the run, in which {@code data.train} is as given
 * @param champion the champion that the run began with; empty for the first model
 * @param weights those of the champion if training starts from them
 * @param kernels with which all models compute
 */
record Night(
    JobContext job,
    RegisteredModel model,
    Discovery discovery,
    Optional<ModelVersion> champion,
    Optional<InitialWeights> weights,
    Kernels kernels,
    RetrainOptions options) {

  static Night of(
      JobContext job,
      RegisteredModel model,
      Discovery discovery,
      Optional<ModelVersion> champion,
      Kernels kernels,
      RetrainOptions options) {
    Optional<InitialWeights> weights =
        champion
            .filter(version -> settings(job).start() == RetrainSettings.Start.WARM)
            .map(version -> InitialWeights.resolve(job.catalog(), version.name().toString()));
    return new Night(job, model, discovery, champion, weights, kernels, options);
  }

  private static RetrainSettings settings(JobContext job) {
    return job.settings().get(RetrainSettings.class);
  }

  RetrainSettings settings() {
    return settings(job);
  }

  /**
   * Throws if the test examples are a share of the training data, of which the champion may have
   * seen some.
   */
  void requireUnseenTestShare() {
    boolean isShare = job.settings().data().testFraction() > 0;
    champion
        .filter(version -> isShare)
        .filter(version -> Discovery.of(version.manifest()).filter(discovery::isApart).isEmpty())
        .ifPresent(
            version -> {
              throw UserException.of(
                  ErrorCode.TRAIN_TEST_OVERLAP,
                  "data.test-fraction would test the champion %s on examples that it was trained"
                      + " on, perhaps before they changed: those of %s; set a retrain.window that"
                      + " selects new partitions only, or data.test",
                  version.name(),
                  Discovery.of(version.manifest())
                      .map(discovery::inCommon)
                      .filter(names -> !names.isEmpty())
                      .map(names -> String.join(", ", names))
                      .orElse("files that are not known"));
            });
  }

  /**
   * Returns the context in which the partitions are {@code data.train} and, with a test window,
   * {@code data.test}. Without layers of their own, the settings take those of the champion, so
   * that new classes in the data are a fault of the data.
   *
   * @throws UserException if the files cannot form a data set
   */
  JobContext trainingJob() {
    JobSettings given = job.settings();
    Optional<Config> network =
        champion.filter(version -> !given.isNetworkKnown()).map(ModelVersion::settings);
    Optional<List<String>> files = settings().input().map(input -> discovery.files());
    Optional<List<String>> tests =
        Optional.of(discovery.testFiles()).filter(found -> !found.isEmpty());
    return job.withSettings(given.forRetraining(network, files, tests));
  }

  /** Returns the profile of the champion's training data; empty without a champion. */
  Optional<DataProfile> reference() {
    return champion.flatMap(
        version ->
            version
                .readReference()
                .map(json -> DataProfile.parse(json, version.display() + "/" + DataProfile.NAME)));
  }

  /**
   * Returns the partitions that the gate judges apart; empty if all are new, or if the format has
   * no files that can be read alone.
   */
  List<Partition> newPartitions() {
    List<Partition> fresh = discovery.partitions().stream().filter(this::isNew).toList();
    boolean apart = fresh.size() < discovery.partitions().size();
    return apart && job.settings().data().contents().areFiles() ? fresh : List.of();
  }

  // Images and labels are files of their own, of which one alone is no data set.
  private boolean isNew(Partition partition) {
    boolean isPart =
        partition.date().isEmpty() && job.settings().data().contents() == DataContents.IMAGES;
    return isPart
        ? discovery.partitions().stream()
            .anyMatch(other -> other.date().isEmpty() && discovery.fresh().contains(other.name()))
        : discovery.fresh().contains(partition.name());
  }

  /** Returns the examples of partitions, read as {@code data.train} is. */
  Source source(List<Partition> partitions) {
    return job.settings()
        .trainingSource(partitions.stream().flatMap(each -> each.files().stream()).toList());
  }

  /** Returns the version of the champion if training starts from its weights. */
  Optional<Integer> parent() {
    return weights.flatMap(from -> discovery.champion());
  }
}
