package io.meanfield.storm;

import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;

/** What a seed stands for: a command, where it runs, and its disturbance. */
record Scenario(long seed, StormCommand command, Master master, Disturbance disturbance) {
  private static final int MOST_KILLS = 3;
  // Before this part of a command the JVM and Spark start; after the whole one it has ended.
  private static final double FIRST_MOMENT = 0.2;
  private static final double LAST_MOMENT = 1.05;

  /** Where a command runs. */
  enum Master {
    LOCAL("local[2]"),
    /** Executors are processes of their own. */
    LOCAL_CLUSTER("local-cluster[2,1,1024]");

    private final String url;

    Master(String url) {
      this.url = url;
    }

    String url() {
      return url;
    }
  }

  static Scenario of(long seed) {
    Random random = new Random(seed);
    StormCommand command = pick(random, StormCommand.values());
    Master master = pick(random, Master.values());
    return new Scenario(seed, command, master, disturbance(random, master));
  }

  /** Of eight scenarios one is a pause, because it takes longer than the others, and one a race. */
  private static Disturbance disturbance(Random random, Master master) {
    return switch (random.nextInt(8)) {
      case 0 -> new Pause(moment(random));
      case 1 -> new TwoStarts(random.nextDouble());
      default ->
          new Kills(
              IntStream.rangeClosed(0, random.nextInt(MOST_KILLS))
                  .mapToObj(i -> new Kills.Strike(moment(random), victim(random, master)))
                  .toList());
    };
  }

  private static double moment(Random random) {
    return FIRST_MOMENT + (LAST_MOMENT - FIRST_MOMENT) * random.nextDouble();
  }

  private static Kills.Victim victim(Random random, Master master) {
    return master == Master.LOCAL ? Kills.Victim.DRIVER : pick(random, Kills.Victim.values());
  }

  private static <T> T pick(Random random, T[] values) {
    return values[random.nextInt(values.length)];
  }

  @Override
  public String toString() {
    return command.name().toLowerCase(Locale.ROOT)
        + " on "
        + master.url()
        + ": "
        + disturbance.kind();
  }
}
