package io.meanfield.registry;

import io.meanfield.store.S3Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/**
 * A process of a race of promotions: {@code register REGISTRY VERSIONS} registers versions, {@code
 * promote REGISTRY VERSION N} promotes this version and the next in turn, {@code print REGISTRY}
 * prints the history.
 */
final class PromotionRacer {
  private static final String MODEL = "digits";

  private PromotionRacer() {}

  public static void main(String[] arguments) throws Exception {
    Configuration hadoop = S3Settings.ofThisProcess();
    RegisteredModel model = new Registry(hadoop, arguments[1]).model(MODEL);
    switch (arguments[0]) {
      case "register" -> register(hadoop, model, Integer.parseInt(arguments[2]));
      case "promote" ->
          promote(model, Integer.parseInt(arguments[2]), Integer.parseInt(arguments[3]));
      default -> print(model.history());
    }
  }

  private static void register(Configuration hadoop, RegisteredModel model, int versions)
      throws Exception {
    Path runs = Files.createTempDirectory("runs");
    for (int version = 1; version <= versions; version++) {
      String id = "run-" + version;
      model.register(NewVersion.of(MODEL, TestVersions.run(hadoop, runs.toString(), id, id)));
    }
  }

  // Begins when it can read a byte, and prints how often another process had changed the champion
  // first.
  private static void promote(RegisteredModel model, int first, int promotions) throws Exception {
    model.history(); // loads the classes
    System.out.println("ready");
    int outdated = 0;
    for (int i = System.in.read() < 0 ? promotions : 0; i < promotions; i++) {
      outdated += promote(model, first + i % 2, "racer-" + first + "-" + i);
    }
    System.out.println(outdated);
  }

  private static int promote(RegisteredModel model, int version, String run) {
    Cause cause = new Cause("racer", "beats the champion", Optional.of(run));
    int outdated = 0;
    while (model.promote(version, model.history().champion(), cause).isEmpty()) {
      outdated++;
    }
    return outdated;
  }

  private static void print(History history) {
    for (HistoryEntry entry : history.entries()) {
      System.out.println(
          entry.number()
              + " "
              + entry.cause().runId().orElseThrow()
              + " "
              + entry.change().comparedWith().orElse(0)
              + " "
              + entry.change().version());
    }
  }
}
