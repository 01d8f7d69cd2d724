package io.meanfield.cli.models;

import io.meanfield.cli.command.CommandOutput;
import io.meanfield.cli.command.QueryCommand;
import io.meanfield.cli.command.Sessions;
import io.meanfield.pipeline.settings.JobSettings;
import io.meanfield.registry.Registry;

/** A command on registered models that starts no Spark session. */
abstract class RegistryCommand extends QueryCommand {
  @Override
  public final CommandOutput output(JobSettings settings) {
    return output(new Registry(Sessions.hadoop(), settings.registry().directory()), settings);
  }

  abstract CommandOutput output(Registry registry, JobSettings settings);
}
