package io.meanfield.storm;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.Container;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ten scenarios of the kill storm; {@code dev/storm} runs more. */
@Tag("cluster")
class StormIT {
  @TempDir private static Path folder;
  private static Storm storm;

  @BeforeAll
  static void prepare() throws Exception {
    Container.assumePossible();
    storm = Storm.in(folder);
  }

  @AfterAll
  static void delete() throws Exception {
    if (storm != null) {
      storm.close();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void disturbedCommandEndsAsAnUndisturbedOne(long seed) throws Exception {
    StormRow row = storm.run(Scenario.of(seed));
    System.out.println(row);
    assertThat(row.outcome()).as(row.toString()).isEqualTo(StormRow.RIGHT);
  }
}
