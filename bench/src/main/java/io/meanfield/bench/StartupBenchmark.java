package io.meanfield.bench;

import io.meanfield.engine.EngineStartupMain;
import io.meanfield.network.Engine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Measures the time of an engine from the start of a program to the end of its first step, in a
 * process of its own, without the start of the JVM.
 */
public final class StartupBenchmark {
  private StartupBenchmark() {}

  /**
   * Takes the number of starts (default 5); the first start, which unpacks native libraries, is not
   * counted.
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    int starts = args.length > 0 ? Integer.parseInt(args[0]) : 5;
    System.out.println("median of " + starts + " starts, seconds to the end of the first step");
    for (Engine engine : Engine.values()) {
      seconds(engine);
      List<Double> seconds = new ArrayList<>();
      for (int start = 0; start < starts; start++) {
        seconds.add(seconds(engine));
      }
      System.out.printf(Locale.ROOT, "%-6s %.2f%n", engine.id(), Median.of(seconds));
    }
    System.out.println(Machine.description());
  }

  private static double seconds(Engine engine) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(PeerProcess.java(EngineStartupMain.class, engine.id()))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IllegalStateException(engine + " did not start: " + output);
    }
    return Double.parseDouble(
        output
            .lines()
            .filter(line -> line.startsWith("seconds "))
            .findFirst()
            .orElseThrow()
            .substring("seconds ".length()));
  }
}
