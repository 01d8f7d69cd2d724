package io.meanfield.cli.command;

import io.meanfield.pipeline.run.Interruption;
import io.meanfield.pipeline.run.StalledJob;
import io.meanfield.store.file.StalledDisk;
import java.time.Duration;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;

/**
 * A process that runs a {@link StalledJob}. The arguments are the directory of runs, the names of
 * the files for which the disk does not answer, with commas between them, and in how many seconds a
 * signal ends the process.
 */
final class StalledJobMain {
  private StalledJobMain() {}

  public static void main(String[] arguments) {
    Interruption interruption = new Interruption();
    Duration limit = Duration.ofSeconds(Long.parseLong(arguments[2]));
    Signals.install(interruption, message -> System.out.println("error: " + message), limit);
    Configuration disk = StalledDisk.mount();
    Set<String> stalled = Set.of(arguments[1].split(",", -1));
    new Thread(
            () -> StalledJob.run(disk, arguments[0], stalled, interruption, Duration.ZERO), "job")
        .start();
    StalledDisk.awaitWriter();
    System.out.println("writing");
  }
}
