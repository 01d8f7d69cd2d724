package io.meanfield.bench;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A trainer in a process of its own, because it needs other Spark settings or another LibTorch. The
 * process prints {@code ready}. For each line on standard input it runs an epoch and prints the
 * seconds and the accuracy on the test digits.
 */
final class PeerProcess implements TimedTrainer {
  private static final String READY = "ready";

  private final String name;
  private final Process process;
  private final BufferedReader responses;
  private final BufferedWriter requests;
  private double accuracy;

  /** Starts the process and waits until it is ready. */
  PeerProcess(String name, List<String> command) {
    this.name = name;
    try {
      this.process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    this.responses = process.inputReader(StandardCharsets.UTF_8);
    this.requests = process.outputWriter(StandardCharsets.UTF_8);
    while (!READY.equals(nextLine())) {
      // skip the output of libraries while they load
    }
  }

  /** Returns the command that runs a main class with this JVM's options and class path. */
  static List<String> java(Class<?> main, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElseThrow());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(arguments));
    return command;
  }

  /** Runs epochs of a trainer at the request of the process that started this one. */
  static void serve(TimedTrainer trainer) throws IOException {
    System.out.println(READY);
    BufferedReader requests =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    while (requests.readLine() != null) {
      System.out.println(trainer.timedEpoch() + " " + trainer.accuracy());
    }
  }

  private String nextLine() {
    try {
      String line = responses.readLine();
      if (line == null) {
        throw new IllegalStateException(name + " has ended");
      }
      return line;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void epoch() {
    timedEpoch();
  }

  @Override
  public double timedEpoch() {
    try {
      requests.write("epoch\n");
      requests.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    EpochTiming timing = EpochTiming.of(nextLine());
    accuracy = timing.accuracy();
    return timing.seconds();
  }

  @Override
  public double accuracy() {
    return accuracy;
  }

  @Override
  public void close() {
    process.destroy();
  }
}
