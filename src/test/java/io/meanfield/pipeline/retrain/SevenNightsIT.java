package io.meanfield.pipeline.retrain;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.data.idx.IdxFixtures;
import io.meanfield.fixture.Mnist;
import io.meanfield.fixture.Submit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Plays seven nights of retraining on slices of MNIST, each in a process of its own, as a scheduler
 * starts them. Writes commands and outputs to target/seven-nights.txt, which docs/retraining.md
 * quotes.
 */
@Tag("cluster")
class SevenNightsIT {
  private static final int PIXELS = 784;
  private static final Path LOG = Path.of("target/seven-nights.txt");

  @TempDir private static Path folder;
  private static byte[] images;
  private static byte[] labels;

  @BeforeAll
  static void readDigits() throws IOException {
    images = Files.readAllBytes(Mnist.FOLDER.resolve("train-images-idx3-ubyte"));
    labels = Files.readAllBytes(Mnist.FOLDER.resolve("train-labels-idx1-ubyte"));
    Files.writeString(LOG, "");
  }

  private static Path partition(String date) throws IOException {
    return Files.createDirectories(folder.resolve("in/date=" + date));
  }

  /** Writes training digits as the data of a day. */
  private static void arrive(String date, int first, int count) throws IOException {
    byte[] pixels = Arrays.copyOfRange(images, 16 + first * PIXELS, 16 + (first + count) * PIXELS);
    arrive(date, pixels, Arrays.copyOfRange(labels, 8 + first, 8 + first + count));
  }

  private static void arriveInverted(String date, int first, int count) throws IOException {
    byte[] pixels = Arrays.copyOfRange(images, 16 + first * PIXELS, 16 + (first + count) * PIXELS);
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (255 - (pixels[i] & 0xff));
    }
    arrive(date, pixels, Arrays.copyOfRange(labels, 8 + first, 8 + first + count));
  }

  private static void arrive(String date, byte[] pixels, byte[] classes) throws IOException {
    int count = classes.length;
    IdxFixtures.write(partition(date), "images", IdxFixtures.idx(pixels, count, 28, 28));
    IdxFixtures.write(partition(date), "labels", IdxFixtures.idx(classes, count));
  }

  private static List<String> command(String... arguments) {
    List<String> command = new ArrayList<>(List.of(arguments));
    for (String assignment :
        List.of(
            "run.directory=\"" + folder.resolve("runs") + "\"",
            "registry.directory=\"" + folder.resolve("models") + "\"")) {
      command.addAll(List.of("--set", assignment));
    }
    return command;
  }

  private static Submit start(String... arguments) throws IOException {
    return Submit.startShort("local[2]", command(arguments).toArray(String[]::new));
  }

  private static Submit.Finished run(String... arguments) throws Exception {
    try (Submit submit = start(arguments)) {
      Submit.Finished finished = submit.finish();
      log(String.join(" ", arguments), finished);
      return finished;
    }
  }

  private static void log(String command, Submit.Finished finished) throws IOException {
    String text =
        String.format(
            "$ scripts/submit %s%n%s%sexit code %d%n%n",
            command, finished.out(), finished.err(), finished.exitCode());
    Files.writeString(LOG, text.replace(folder.toString(), "/data"), StandardOpenOption.APPEND);
  }

  private static String[] retrain(String date, String... more) {
    List<String> arguments =
        new ArrayList<>(List.of("retrain", "--conf", "jobs/mnist-retrain.conf", "--date", date));
    arguments.addAll(
        List.of(
            "--set",
            "retrain { input = \"" + folder.resolve("in") + "\", start = cold }",
            "--set",
            "train { epochs = 3, batch-size = 16 }"));
    arguments.addAll(List.of(more));
    return arguments.toArray(String[]::new);
  }

  private static Submit.Finished night(String date, String... more) throws Exception {
    return run(retrain(date, more));
  }

  private static void assertEnded(Submit.Finished night, int exitCode, String... messages) {
    assertThat(night.exitCode()).as(night.out() + night.err()).isEqualTo(exitCode);
    assertThat(night.out() + night.err()).contains(messages);
  }

  private static void assertChampion(int version) throws Exception {
    assertThat(run("models", "show", "mnist").out().lines()).contains("champion  mnist@" + version);
  }

  @Test
  void sevenNights() throws Exception {
    arrive("2026-01-01", 0, 6_000);
    assertEnded(night("2026-01-01"), 0, "run      mnist-2026-01-01", "done     promoted mnist@1: ");

    assertEnded(night("2026-01-02"), 99, "done     no new data up to 2026-01-02 in ");
    assertEnded(night("2026-01-02"), 99, "run mnist-2026-01-02 is finished already: no new data");

    arrive("2026-01-03", 6_000, 200);
    assertEnded(night("2026-01-03"), 99, "done     kept mnist@1 instead of mnist@2: ");

    arrive("2026-01-04", 7_000, 6_000);
    Path damaged = partition("2026-01-04").resolve("images");
    byte[] whole = Files.readAllBytes(damaged);
    Files.write(damaged, Arrays.copyOf(whole, whole.length / 2));
    assertEnded(
        night("2026-01-04"),
        3,
        "page     ",
        "2026-01-04/report.html",
        "error: check 1 of 1 (readable) refused the data: ",
        "date=2026-01-04/images is cut short");
    assertChampion(1);

    Files.write(damaged, whole);
    arrive("2026-01-05", 13_000, 12_000);
    try (Submit killed = start(retrain("2026-01-05"))) {
      killed.awaitFile(folder.resolve("runs/mnist-2026-01-05/epochs/000001.json"));
      killed.kill();
    }
    assertEnded(night("2026-01-05"), 0, "done     promoted mnist@3: ", "p < 0.001");
    assertThat(folder.resolve("runs/mnist-2026-01-05/lease/000002.json")).exists();

    arriveInverted("2026-01-06", 25_000, 12_000);
    assertEnded(night("2026-01-06"), 3, "error: ", "brightness");
    assertChampion(3);

    // The images of 2026-01-06 are withdrawn, and those of 2026-01-02 arrive late.
    for (String file : List.of("images", "labels")) {
      Files.delete(partition("2026-01-06").resolve(file));
    }
    arrive("2026-01-02", 37_000, 12_000);
    assertEnded(
        night("2026-01-02", "--run-id", "backfill"),
        99,
        "a run of 2026-01-02 does not replace the champion mnist@3, which is of 2026-01-05");
    assertEnded(
        run("models", "rollback", "mnist", "--reason", "wrong answers"),
        0,
        "done     roll-back mnist@1, entry 3 of the history");
    assertChampion(1);
    assertEnded(night("2026-01-07"), 0, "done     promoted mnist@4: ");
    assertEnded(night("2026-01-07"), 0, "run mnist-2026-01-07 is finished already: promoted");
    assertChampion(4);

    assertEnded(
        run("models", "reproduce", "mnist@champion"), 0, "mnist@4 is reproduced with equal bits");
    run("models", "list", "mnist");
  }
}
