package io.meanfield.cli;

import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** Reads version and commit of the build, for {@code --version}. */
final class BuildVersion implements IVersionProvider {
  @Override
  public String[] getVersion() throws Exception {
    Properties build = new Properties();
    try (InputStream in = BuildVersion.class.getResourceAsStream("/meanfield/git.properties")) {
      if (in != null) {
        build.load(in);
      }
    }
    return new String[] {
      "meanfield "
          + build.getProperty("git.build.version", "unknown")
          + " ("
          + build.getProperty("git.commit.id", "unknown commit")
          + ")"
    };
  }
}
