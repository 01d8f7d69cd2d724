package io.meanfield.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.stream.Stream;
import picocli.CommandLine;

/** What a command has printed, and its exit code. */
public record CommandResult(int exitCode, String out, String err) {
  /** Runs a command on the runs and the registry in a folder. */
  public static CommandResult of(Path folder, String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line = Meanfield.commandLine();
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    Stream<String> settings =
        Stream.of(
            "--set",
            "registry.directory=\"" + folder.resolve("models") + "\"",
            "--set",
            "run.directory=\"" + folder.resolve("runs") + "\"");
    int exitCode = line.execute(Stream.concat(Stream.of(args), settings).toArray(String[]::new));
    return new CommandResult(exitCode, out.toString(), err.toString());
  }
}
