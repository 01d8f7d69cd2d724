package io.meanfield.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Sixteen processes that promote versions of one model at the same time.
 *
 * @param registry the directory of the registry
 */
record PromotionRace(Start start, String registry) {
  /** Starts {@link PromotionRacer} in a JVM of its own. */
  interface Start {
    Process racer(String... arguments) throws IOException;
  }

  private static final int RACERS = 16;
  private static final int PROMOTIONS = Integer.getInteger("meanfield.promotions", 32);

  /** Registers two versions for each racer, lets them race, and checks the history. */
  void run() throws Exception {
    lines("register", registry, String.valueOf(2 * RACERS));
    long began = System.nanoTime();
    int outdated = race();
    System.out.printf(
        "%d promotions by %d processes in %d s, %d attempts found another champion%n",
        PROMOTIONS, RACERS, TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began), outdated);
    assertThat(outdated).isGreaterThan(RACERS); // otherwise the processes did not race
    assertOneHistory(lines("print", registry));
  }

  private List<String> lines(String... arguments) throws Exception {
    Process process = start.racer(arguments);
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      List<String> lines = out.lines().toList();
      assertThat(process.waitFor()).isZero();
      return lines;
    }
  }

  private int race() throws Exception {
    List<Process> processes = new ArrayList<>();
    try {
      for (int racer = 0; racer < RACERS; racer++) {
        String promotions = String.valueOf(promotions(racer));
        processes.add(
            start.racer("promote", registry, String.valueOf(firstVersion(racer)), promotions));
      }
      List<BufferedReader> outputs =
          processes.stream().map(each -> each.inputReader(StandardCharsets.UTF_8)).toList();
      for (BufferedReader output : outputs) {
        assertThat(output.readLine()).isEqualTo("ready");
      }
      for (Process process : processes) {
        process.getOutputStream().write('\n');
        process.getOutputStream().flush();
      }
      int outdated = 0;
      for (BufferedReader output : outputs) {
        outdated += Integer.parseInt(String.valueOf(output.readLine()));
      }
      return outdated;
    } finally {
      processes.forEach(Process::destroyForcibly);
    }
  }

  private static int firstVersion(int racer) {
    return 2 * racer + 1;
  }

  private static int promotions(int racer) {
    return PROMOTIONS / RACERS + (racer < PROMOTIONS % RACERS ? 1 : 0);
  }

  // Every promotion of every process is entered once, and names the champion of the entry before.
  private static void assertOneHistory(List<String> entries) {
    assertThat(entries).hasSize(PROMOTIONS);
    Set<String> expected = new HashSet<>();
    for (int racer = 0; racer < RACERS; racer++) {
      for (int i = 0; i < promotions(racer); i++) {
        expected.add("racer-" + firstVersion(racer) + "-" + i);
      }
    }
    Set<String> found = new HashSet<>();
    String champion = "0";
    for (int i = 0; i < PROMOTIONS; i++) {
      String[] entry = entries.get(i).split(" ", -1);
      assertThat(entry[0]).isEqualTo(String.valueOf(i + 1));
      found.add(entry[1]);
      assertThat(entry[2]).as(entries.get(i)).isEqualTo(champion);
      champion = entry[3];
    }
    assertThat(found).isEqualTo(expected);
  }
}
