package io.meanfield.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * An installation in a folder of its own. A program of it records directory, environment and
 * arguments of its call, prints two lines, and ends with a chosen exit code.
 */
final class RecordingInstallation {
  private final Path folder;

  /** An ended process; {@code out} includes its error output. */
  record Finished(int exitCode, String out) {}

  RecordingInstallation(Path folder) throws IOException {
    this.folder = folder;
    for (String place :
        List.of("opt/meanfield/scripts", "var/lib/meanfield", "var/log/meanfield")) {
      Files.createDirectories(folder.resolve(place));
    }
    Path jobs = Files.createDirectory(home().resolve("jobs"));
    for (String job : List.of("mnist.conf", "mnist-retrain.conf")) {
      Files.copy(Path.of("jobs", job), jobs.resolve(job));
    }
  }

  Path home() {
    return folder.resolve("opt/meanfield");
  }

  /** Replaces the directories that the files of jobs/schedule name by those of this folder. */
  String relocate(String text) {
    return text.replaceAll("/(opt|var/lib|var/log)/meanfield", folder + "/$1/meanfield");
  }

  /** Writes the program that records its call. */
  void record(Path program, int exitCode) throws IOException {
    Files.createDirectories(program.getParent());
    Files.writeString(
        program,
        """
        #!/bin/sh
        cd -P . && pwd > 'FOLDER/directory'
        env > 'FOLDER/environment'
        printf '%s\\n' "$@" > 'FOLDER/arguments'
        echo first line
        echo last line >&2
        exit CODE
        """
            .replace("FOLDER", folder.toString())
            .replace("CODE", String.valueOf(exitCode)));
    assertThat(program.toFile().setExecutable(true)).isTrue();
  }

  /** Runs a command in {@code /} and in this environment alone. */
  Finished run(Map<String, String> environment, List<String> command)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).directory(Path.of("/").toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    Process process = builder.redirectErrorStream(true).start();
    String out =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
            .replace(folder.toString(), "");
    return new Finished(process.waitFor(), out);
  }

  List<String> arguments() throws IOException {
    return Files.readAllLines(folder.resolve("arguments"));
  }

  List<String> environment() throws IOException {
    return Files.readAllLines(folder.resolve("environment"));
  }

  String directory() throws IOException {
    return Files.readString(folder.resolve("directory")).strip().replace(folder.toString(), "");
  }

  String log() throws IOException {
    return Files.readString(folder.resolve("var/log/meanfield/retrain.log"));
  }
}
