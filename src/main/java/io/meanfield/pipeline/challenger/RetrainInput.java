package io.meanfield.pipeline.challenger;

import io.meanfield.data.formats.DataContents;
import io.meanfield.data.formats.DataSettings;
import io.meanfield.data.source.DataFiles;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.pipeline.retrain.Discovery;
import io.meanfield.pipeline.retrain.Partition;
import io.meanfield.pipeline.retrain.PartitionFinder;
import io.meanfield.pipeline.retrain.RetrainSettings;
import io.meanfield.pipeline.run.JobContext;
import io.meanfield.pipeline.run.JobSettings;
import io.meanfield.promotion.Verdict;
import io.meanfield.registry.ModelVersion;
import io.meanfield.registry.RegisteredModel;
import io.meanfield.store.file.HadoopPaths;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/** The data of a retraining. Driver only. */
final class RetrainInput {
  private final JobContext job;
  private final RetrainSettings settings;
  private final RegisteredModel model;

  RetrainInput(JobContext job, RegisteredModel model) {
    this.job = job;
    this.settings = job.settings().retrain();
    this.model = model;
  }

  /** The context of the run, in which {@code data.train} is as given. */
  JobContext job() {
    return job;
  }

  RegisteredModel model() {
    return model;
  }

  /** Finds the data up to a date, and the champion at this moment. */
  Discovery discover(LocalDate date) {
    return Discovery.select(
        date, model.history().champion(), partitions(date), settings.window(), earlier());
  }

  private List<Partition> partitions(LocalDate date) {
    Configuration hadoop = job.sparkContext().hadoopConfiguration();
    List<String> trainFiles = job.settings().data().train().locations();
    if (DataSettings.contents(job.settings().dataFormat()) == DataContents.ROWS) {
      return List.of(Partition.ofRows(date));
    }
    return settings
        .input()
        .map(input -> PartitionFinder.in(hadoop, input))
        .orElseGet(() -> PartitionFinder.of(DataFiles.find(hadoop, trainFiles)));
  }

  private List<Discovery> earlier() {
    return model.versions().stream()
        .flatMap(version -> Discovery.of(version.manifest()).stream())
        .toList();
  }

  /** Returns why nothing is to be trained; empty if there is a reason to train. */
  Optional<Verdict> reasonToSkip(Discovery discovery, boolean allowBackfill) {
    return backfill(champion(discovery), discovery, allowBackfill).or(() -> noNewData(discovery));
  }

  /**
   * Returns the champion that the run began with.
   *
   * @throws UserException if its files are gone; without them, the model would be trained and
   *     compared as if there had been no champion
   */
  Optional<ModelVersion> champion(Discovery discovery) {
    return discovery.champion().map(model::champion);
  }

  /**
   * Throws if the test examples are a share of the training data, of which the champion may have
   * seen some.
   */
  void requireUnseenTestShare(Discovery discovery) {
    if (job.settings().data().testFraction() > 0) {
      champion(discovery)
          .filter(version -> Discovery.of(version.manifest()).filter(discovery::isApart).isEmpty())
          .ifPresent(
              version -> {
                throw new UserException(
                    ErrorCode.TRAIN_TEST_OVERLAP,
                    "data.test-fraction would test the champion "
                        + version.name()
                        + " on examples of this retraining, but the champion was trained on some of"
                        + " its files, or on unknown ones; set data.test, or a retrain.window that"
                        + " selects new files only");
              });
    }
  }

  /** Returns the verdict on a run that is older than the champion; empty if it is not. */
  static Optional<Verdict> backfill(
      Optional<ModelVersion> champion, Discovery discovery, boolean allowBackfill) {
    Optional<LocalDate> championDate =
        champion.flatMap(version -> Discovery.of(version.manifest())).map(Discovery::date);
    return championDate
        .filter(date -> date.isAfter(discovery.date()) && !allowBackfill)
        .map(
            date ->
                Verdict.of(
                    "backfill",
                    false,
                    "a run of "
                        + discovery.date()
                        + " does not replace the champion "
                        + champion.orElseThrow().name()
                        + ", which is of "
                        + date
                        + ", unless --allow-backfill is given"));
  }

  private Optional<Verdict> noNewData(Discovery discovery) {
    return discovery.fresh().isEmpty()
        ? Optional.of(
            Verdict.of("new-data", false, "no new data up to " + discovery.date() + where()))
        : Optional.empty();
  }

  private String where() {
    return settings.input().map(input -> " in " + input).orElse(" in the files of data.train");
  }

  /**
   * Returns the context in which the partitions are {@code data.train}.
   *
   * @throws UserException if their files cannot form a data set
   */
  JobContext trainingJob(Discovery discovery) {
    JobSettings given = withChampionsNetwork(discovery);
    return job.withSettings(
        settings.input().isEmpty() ? given : given.trainedOn(discovery.files()));
  }

  // So that new classes in the data are a fault of the data.
  private JobSettings withChampionsNetwork(Discovery discovery) {
    JobSettings given = job.settings();
    return given.isNetworkKnown()
        ? given
        : champion(discovery).map(ModelVersion::settings).map(given::withNetworkOf).orElse(given);
  }

  /**
   * Returns the partitions that the gate checks apart; empty if all are new, or if the format has
   * no files that can be read alone.
   */
  List<Partition> newPartitions(Discovery discovery) {
    List<Partition> fresh =
        discovery.partitions().stream().filter(each -> isNew(each, discovery)).toList();
    boolean apart = fresh.size() < discovery.partitions().size();
    return apart && DataSettings.contents(job.settings().dataFormat()) == DataContents.FILES
        ? fresh
        : List.of();
  }

  // Images and labels are files of their own, of which one alone is no data set.
  private boolean isNew(Partition partition, Discovery discovery) {
    boolean isPart = partition.date().isEmpty() && job.settings().dataFormat().equals("idx");
    return isPart
        ? discovery.partitions().stream()
            .anyMatch(other -> other.date().isEmpty() && discovery.fresh().contains(other.name()))
        : discovery.fresh().contains(partition.name());
  }

  /**
   * Throws if a file no longer exists that a run which continues has begun to train on.
   *
   * @throws UserException with the code DATA_REFUSED, because the data must be restored
   */
  void requireFiles(Discovery discovery) {
    PartitionFinder.missing(job.sparkContext().hadoopConfiguration(), discovery.files())
        .ifPresent(
            file -> {
              throw new UserException(
                  ErrorCode.DATA_REFUSED,
                  HadoopPaths.display(file)
                      + ", which run "
                      + job.id()
                      + " has begun to train on, no longer exists; restore it, or choose another"
                      + " --run-id");
            });
  }
}
