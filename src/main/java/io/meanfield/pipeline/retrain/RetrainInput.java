package io.meanfield.pipeline.retrain;

import io.meanfield.data.formats.DataContents;
import io.meanfield.data.source.DataFiles;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.pipeline.run.JobContext;
import io.meanfield.promotion.Verdict;
import io.meanfield.registry.ModelVersion;
import io.meanfield.registry.RegisteredModel;
import io.meanfield.store.file.HadoopPaths;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;

/** The data of a retraining. Driver only. */
final class RetrainInput {
  private final JobContext job;
  private final RetrainSettings settings;
  private final RegisteredModel model;

  RetrainInput(JobContext job, RegisteredModel model) {
    this.job = job;
    this.settings = job.settings().get(RetrainSettings.class);
    this.model = model;
  }

  /** Finds the data up to a date, and the champion at this moment. */
  Discovery discover(LocalDate date) {
    return Discovery.select(
        date,
        model.history().champion(),
        partitions(date),
        settings.window(),
        settings.testWindow().orElse(0),
        earlier());
  }

  private List<Partition> partitions(LocalDate date) {
    Configuration hadoop = job.sparkContext().hadoopConfiguration();
    List<String> trainFiles = job.settings().data().train().locations();
    if (job.settings().data().contents() == DataContents.ROWS) {
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

  /**
   * Returns why nothing is to be trained; empty if there is a reason to train.
   *
   * @param champion the champion at this moment
   */
  Optional<Verdict> reasonToSkip(
      Optional<ModelVersion> champion, Discovery discovery, boolean allowBackfill) {
    return backfill(champion, discovery, allowBackfill)
        .or(() -> noNewData(discovery))
        .or(() -> seenTest(champion, discovery));
  }

  private static Optional<Verdict> seenTest(Optional<ModelVersion> champion, Discovery discovery) {
    return champion
        .filter(version -> !discovery.test().isEmpty())
        .filter(version -> !isUnseen(discovery, Discovery.of(version.manifest())))
        .map(
            version ->
                Verdict.of(
                    "test-window",
                    false,
                    "the champion %s was trained on some of %s, which retrain.test-window sets aside for tests, or on unknown files; a night with newer partitions compares fairly"
                        .formatted(version.name(), names(discovery))));
  }

  private static boolean isUnseen(Discovery discovery, Optional<Discovery> champion) {
    return champion
        .filter(trained -> !trained.files().isEmpty())
        .filter(trained -> Collections.disjoint(trained.files(), discovery.testFiles()))
        .isPresent();
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
                    "%s --allow-backfill is given"
                        .formatted(
                            "a run of %s does not replace the champion %s, which is of %s, unless"
                                .formatted(
                                    discovery.date(), champion.orElseThrow().name(), date))));
  }

  private Optional<Verdict> noNewData(Discovery discovery) {
    return discovery.fresh().isEmpty()
        ? Optional.of(
            Verdict.of(
                "new-data",
                false,
                "no new data up to %s%s%s"
                    .formatted(discovery.date(), where(), besides(discovery))))
        : Optional.empty();
  }

  private static String besides(Discovery discovery) {
    return discovery.test().isEmpty()
        ? ""
        : ", besides %s, which retrain.test-window sets aside for tests"
            .formatted(names(discovery));
  }

  private static String names(Discovery discovery) {
    return discovery.test().stream().map(Partition::name).collect(Collectors.joining(", "));
  }

  private String where() {
    return settings.input().map(input -> " in " + input).orElse(" in the files of data.train");
  }

  /**
   * Throws if a file no longer exists that a run which continues has begun to train on.
   *
   * @throws UserException with the code DATA_REFUSED, because the data must be restored
   */
  void requireFiles(Discovery discovery) {
    List<String> files =
        Stream.of(discovery.files(), discovery.testFiles()).flatMap(List::stream).toList();
    PartitionFinder.missing(job.sparkContext().hadoopConfiguration(), files)
        .ifPresent(
            file -> {
              throw UserException.of(
                  ErrorCode.DATA_REFUSED,
                  "%s, which run %s has begun to train on, no longer exists; restore it, or"
                      + " choose another --run-id",
                  HadoopPaths.display(file),
                  job.id());
            });
  }
}
