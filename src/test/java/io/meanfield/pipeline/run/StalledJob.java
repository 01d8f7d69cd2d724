package io.meanfield.pipeline.run;

import io.meanfield.pipeline.page.PageContent;
import io.meanfield.store.Manifest;
import io.meanfield.store.RunDirectory;
import io.meanfield.store.RunId;
import io.meanfield.store.Runs;
import io.meanfield.store.file.StalledDisk;
import io.meanfield.tracking.Measurements;
import io.meanfield.tracking.mlflow.MlflowSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;

/** A job whose disk stops to answer when it writes the model. */
public final class StalledJob {
  private static final RunId ID = new RunId("run");
  private static final Manifest MANIFEST = Manifest.of(Map.of("command", "train"));

  private StalledJob() {}

  /**
   * Runs the job as the run {@code run}.
   *
   * @param disk a {@link StalledDisk}
   * @param runs the directory of runs
   * @param stalled the names of the files for which the disk does not answer
   * @param patience how long an interruption waits for the files that are being written
   */
  public static void run(
      Configuration disk,
      String runs,
      Set<String> stalled,
      Interruption interruption,
      Duration patience) {
    RunDirectory run = new Runs(disk, runs).claim(ID, MANIFEST);
    new RunSupervisor(
            interruption,
            new RunTracking(
                new MlflowSettings(Optional.empty(), "meanfield", true), new Measurements()),
            new RunPageFile(PageContent.NONE, interruption),
            patience)
        .run(
            run,
            MANIFEST,
            RunIdentity.USUAL,
            held -> {
              StalledDisk.stall(stalled);
              held.writeModel(out -> out.write(1));
              return Outcome.done("all is well", List.of());
            });
  }
}
