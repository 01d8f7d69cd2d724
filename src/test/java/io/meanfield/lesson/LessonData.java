package io.meanfield.lesson;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/** Generates data of the lesson. {@link #main} writes the files that are in the repository. */
final class LessonData {
  static final Path FOLDER = Path.of("jobs/lesson/data");

  private LessonData() {}

  /** A disc of light on the wall [0, 1] x [0, 1]. */
  private record Lamp(double x, double y, double radius) {
    int lights(double px, double py) {
      double square = (px - x) * (px - x) + (py - y) * (py - y);
      return square <= radius * radius ? 1 : 0;
    }
  }

  private static final Lamp RED = new Lamp(0.35, 0.4, 0.3);
  private static final Lamp GREEN = new Lamp(0.65, 0.4, 0.3);
  private static final Lamp BLUE = new Lamp(0.5, 0.65, 0.3);

  /** Returns the CSV lines of random points on the wall and the lamps that light each point. */
  static List<String> lamps(int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<String> lines = new ArrayList<>(List.of("x,y,red,green,blue"));
    for (int i = 0; i < count; i++) {
      double x = random.nextInt(1000) / 1000.0;
      double y = random.nextInt(1000) / 1000.0;
      lines.add(
          String.format(
              Locale.ROOT,
              "%.3f,%.3f,%d,%d,%d",
              x,
              y,
              RED.lights(x, y),
              GREEN.lights(x, y),
              BLUE.lights(x, y)));
    }
    return lines;
  }

  /** Returns the CSV lines of students who pass with log odds 1.5 hours - 0.7 absences - 2. */
  static List<String> exam(int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<String> lines = new ArrayList<>(List.of("hours,absences,passed"));
    for (int i = 0; i < count; i++) {
      double hours = random.nextInt(601) / 100.0;
      int absences = random.nextInt(6);
      double odds = StrictMath.exp(1.5 * hours - 0.7 * absences - 2);
      String passed = random.nextDouble() < odds / (1 + odds) ? "yes" : "no";
      lines.add(String.format(Locale.ROOT, "%.2f,%d,%s", hours, absences, passed));
    }
    return lines;
  }

  static List<String> lampsTrain() {
    return lamps(600, 1);
  }

  static List<String> lampsTest() {
    return lamps(300, 2);
  }

  static List<String> examTrain() {
    return exam(300, 3);
  }

  static List<String> examTest() {
    return exam(150, 4);
  }

  /** Writes the files. */
  public static void main(String[] arguments) throws IOException {
    Files.write(FOLDER.resolve("lamps-train.csv"), lampsTrain());
    Files.write(FOLDER.resolve("lamps-test.csv"), lampsTest());
    Files.write(FOLDER.resolve("exam-train.csv"), examTrain());
    Files.write(FOLDER.resolve("exam-test.csv"), examTest());
  }
}
