package io.meanfield.registry;

import io.meanfield.fixture.S3Server;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Promotes from sixteen processes at once: no promotion is lost, none is entered twice, and each
 * replaces the champion that it was compared with.
 */
@Tag("cluster")
class PromotionRaceIT {
  @TempDir private Path folder;

  @Test
  void promotionsOnTheLocalDiskAreOneHistoryWithoutAGap() throws Exception {
    new PromotionRace(PromotionRaceIT::start, folder.resolve("models").toString()).run();
  }

  @Test
  void promotionsOnS3AreOneHistoryWithoutAGap() throws Exception {
    try (S3Server s3 = S3Server.start()) {
      new PromotionRace(
              arguments -> s3.startMain(PromotionRacer.class, arguments), s3.location("models"))
          .run();
    }
  }

  private static Process start(String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                System.getProperty("java.home") + "/bin/java",
                "-Xmx128m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                PromotionRacer.class.getName()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }
}
