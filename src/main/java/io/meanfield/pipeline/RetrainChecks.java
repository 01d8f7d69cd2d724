package io.meanfield.pipeline;

import io.meanfield.doctor.DataLocation;
import io.meanfield.doctor.DirectoryCheck;
import io.meanfield.doctor.Finding;
import io.meanfield.error.UserException;
import io.meanfield.pipeline.retrain.Partition;
import io.meanfield.pipeline.retrain.PartitionFinder;
import io.meanfield.registry.RegistrySettings;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/**
 * What {@code doctor} checks for the command {@code retrain} besides what every job needs. Driver
 * only.
 */
final class RetrainChecks {
  private static final String INPUT = "retrain.input";

  private final List<Finding> findings = new ArrayList<>();
  private final List<DataLocation> locations = new ArrayList<>();

  private RetrainChecks() {}

  /** Checks the settings, the input and the registry; nothing if the settings name no model. */
  static RetrainChecks of(Configuration hadoop, JobSettings settings) {
    RetrainChecks checks = new RetrainChecks();
    if (settings.retrain().model().isPresent()) {
      checks.checkSettings(settings);
      settings.retrain().input().ifPresent(input -> checks.checkInput(hadoop, input));
      checks.findings.add(registry(hadoop, settings));
    }
    return checks;
  }

  /** Returns what the driver has found. */
  List<Finding> findings() {
    return findings;
  }

  /** Returns the data that every process has to read. */
  List<DataLocation> locations() {
    return locations;
  }

  private void checkSettings(JobSettings settings) {
    try {
      settings.retrain().requireComplete(settings.dataFormat());
    } catch (UserException e) {
      e.getMessage().lines().forEach(problem -> fail("retrain", problem));
    }
  }

  // Reads one file, the first of the newest partition: reading all files would take too long.
  private void checkInput(Configuration hadoop, String input) {
    try {
      List<Partition> partitions = PartitionFinder.in(hadoop, input);
      if (partitions.isEmpty()) {
        findings.add(Finding.ok(INPUT, "driver", input + " has no data yet"));
      } else {
        Partition newest = partitions.get(partitions.size() - 1);
        locations.add(new DataLocation(INPUT, newest.files().get(0)));
      }
    } catch (UserException e) {
      fail(INPUT, e.getMessage());
    }
  }

  private static Finding registry(Configuration hadoop, JobSettings settings) {
    return DirectoryCheck.of(
            RegistrySettings.DIRECTORY,
            settings.registry().directory(),
            settings.run().singleWriter())
        .ofDriver(hadoop);
  }

  // The messages of the exceptions have the remedy.
  private void fail(String check, String message) {
    findings.add(Finding.failed(check, "driver", message, ""));
  }
}
