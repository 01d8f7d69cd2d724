package io.meanfield.cli;

import io.meanfield.pipeline.JobSettings;
import io.meanfield.registry.Registry;

/** A command on registered models that starts no Spark session. */
abstract class RegistryCommand extends SparklessCommand {
  @Override
  final CommandOutput output(JobSettings settings) {
    return output(new Registry(Sessions.hadoop(), settings.registry().directory()), settings);
  }

  abstract CommandOutput output(Registry registry, JobSettings settings);
}
