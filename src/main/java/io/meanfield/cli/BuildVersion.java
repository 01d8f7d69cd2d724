package io.meanfield.cli;

import io.meanfield.pipeline.Provenance;
import picocli.CommandLine.IVersionProvider;

/** Shows version and commit of the build, for {@code --version}. */
final class BuildVersion implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {"meanfield " + Provenance.version() + " (" + Provenance.commit() + ")"};
  }
}
