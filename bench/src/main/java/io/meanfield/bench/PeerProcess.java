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
 * A contender in a process of its own, because it needs another Spark, or another LibTorch. It says
 * {@code ready}; then for each line {@code epoch} that it is told it runs one and answers with the
 * seconds and the accuracy on the test digits.
 */
final class PeerProcess implements TimedTrainer {
  private static final String READY = "ready";

  private final String name;
  private final Process process;
  private final BufferedReader answers;
  private final BufferedWriter orders;
  private double accuracy;

  PeerProcess(String name, List<String> command) {
    this.name = name;
    try {
      this.process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    this.answers = process.inputReader(StandardCharsets.UTF_8);
    this.orders = process.outputWriter(StandardCharsets.UTF_8);
    while (!READY.equals(answer())) {
      // what libraries print while they load
    }
  }

  /** The command that runs a main class of this class path as this JVM runs. */
  static List<String> java(Class<?> main, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElseThrow());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(arguments));
    return command;
  }

  /** Serves a contender to the process that started this one. */
  static void serve(TimedTrainer contender) throws IOException {
    System.out.println(READY);
    BufferedReader orders =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    while (orders.readLine() != null) {
      System.out.println(contender.timedEpoch() + " " + contender.accuracy());
    }
  }

  private String answer() {
    try {
      String line = answers.readLine();
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
      orders.write("epoch\n");
      orders.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String[] numbers = answer().split(" ", -1);
    accuracy = Double.parseDouble(numbers[1]);
    return Double.parseDouble(numbers[0]);
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
