package io.meanfield.pipeline.score;

import io.meanfield.data.Dataset;
import io.meanfield.data.encoding.EncodingsFile;
import io.meanfield.data.encoding.TableEncoder;
import io.meanfield.data.prepared.PreparedDataset;
import io.meanfield.data.source.ReadContext;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.pipeline.housekeeping.RunCommand;
import io.meanfield.pipeline.run.JobContext;
import io.meanfield.pipeline.run.Outcome;
import io.meanfield.pipeline.run.RunManifest;
import io.meanfield.pipeline.run.RunSupervisor;
import io.meanfield.pipeline.run.SkippedRowsTable;
import io.meanfield.pipeline.settings.JobSettings;
import io.meanfield.store.Manifest;
import io.meanfield.store.RunDirectory;
import io.meanfield.store.RunId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.storage.StorageLevel;

/**
 * The command {@code prepare}: converts data files of any format into a run with a prepared data
 * set, which later runs read by its id.
 */
public final class PrepareJob {
  private final JobContext job;
  private final JobSettings settings;
  private final DataSplit split;
  private final Optional<String> encoderSource;

  /**
   * Creates the job.
   *
   * @param encoderSource the id of a run whose columns and vocabularies are used again
   */
  public PrepareJob(JobContext job, DataSplit split, Optional<String> encoderSource) {
    this.job = job;
    this.settings = job.settings();
    this.split = split;
    this.encoderSource = encoderSource;
  }

  /** Runs the job. */
  public Outcome run() {
    job.requireWritableRuns();
    job.requireSuitableCluster(split.key(), split.source(settings.data()));
    Dataset data = data();
    try {
      String fingerprint = data.fingerprint();
      Manifest manifest = manifest(data, fingerprint);
      return RunSupervisor.run(job, manifest, held -> write(held, data, fingerprint));
    } finally {
      data.release();
    }
  }

  private Dataset data() {
    ReadContext reading =
        ReadContext.of(job.sparkContext(), settings.labelClasses())
            .withEncoder(encoderSource.map(this::encoder))
            .fittedTo(split.fitting(settings))
            .withBadRows(settings.data().badRows());
    Dataset data = split.open(settings.data(), reading);
    data.blocks().persist(StorageLevel.MEMORY_AND_DISK());
    return data;
  }

  private TableEncoder encoder(String name) {
    return job.runs()
        .find(new RunId(name))
        .flatMap(EncodingsFile::read)
        .orElseThrow(
            () ->
                UserException.of(
                    ErrorCode.WRONG_ARGUMENTS,
                    "--encodings-from must be the id of a run with %s in %s, found %s",
                    EncodingsFile.NAME,
                    settings.run().directory(),
                    name));
  }

  private Manifest manifest(Dataset data, String fingerprint) {
    RunManifest manifest =
        RunManifest.of(RunCommand.PREPARE, job)
            .data("prepared", Map.of("fingerprint", fingerprint, "examples", data.count()))
            .settings(settings.runAndData());
    encoderSource.ifPresent(name -> manifest.entry("encodings_from", name));
    return manifest.build();
  }

  private Outcome write(RunDirectory run, Dataset data, String fingerprint) {
    PreparedDataset.write(job.spark(), data, fingerprint, run);
    SkippedRowsTable.write(run, Map.of(split.key(), data));
    return Outcome.done(
            "prepared %s examples of %s inputs".formatted(data.count(), data.width()),
            List.of(
                "data     " + run.display(),
                "use      --set data.format=prepared --set data.train.name=" + run.id()))
        .withNotes(SkippedRowsTable.note(data).stream().toList());
  }
}
