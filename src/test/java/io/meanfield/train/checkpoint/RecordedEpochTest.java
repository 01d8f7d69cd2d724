package io.meanfield.train.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.json.Json;
import io.meanfield.store.Lease;
import io.meanfield.store.Manifest;
import io.meanfield.store.RunDirectory;
import io.meanfield.store.RunId;
import io.meanfield.store.Runs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordedEpochTest {
  @TempDir private Path folder;

  private RunDirectory run;

  @BeforeEach
  void trainThreeEpochs() {
    run =
        new Runs(new Configuration(), folder.toString())
            .claim(new RunId("run"), Manifest.of(Map.of()));
    try (Lease lease = Lease.take(run)) {
      TestEpochs.write(lease.run(), 1, 3, 0.6);
    }
  }

  private static List<Integer> numbers(List<RecordedEpoch> epochs) {
    return epochs.stream().map(epoch -> epoch.result().epoch()).toList();
  }

  @Test
  void epochsAreReadInOrderWithTheirRounds() {
    List<RecordedEpoch> epochs = RecordedEpoch.of(run);
    assertThat(numbers(epochs)).containsExactly(1, 2, 3);
    assertThat(epochs.get(1).result()).isEqualTo(TestEpochs.result(2, 0.6));
    assertThat(epochs.get(1).rounds()).hasSize(2).allMatch(round -> round.epoch() == 2);
  }

  @Test
  void recordIsReadAsItWasWritten() throws IOException {
    RecordedEpoch written =
        RecordedEpoch.of(TestEpochs.result(1, 0.1), Optional.of("ab"), List.of());
    assertThat(RecordedEpoch.parse(Json.bytes(written))).isEqualTo(written);
  }

  @Test
  void onlyLaterEpochsAreReadAgain() {
    assertThat(numbers(RecordedEpoch.after(run, 2))).containsExactly(3);
    assertThat(RecordedEpoch.after(run, 3)).isEmpty();
  }

  @Test
  void damagedRecordIsLeftOut() throws IOException {
    Path record = folder.resolve("run/epochs/000002.json");
    Files.writeString(record, Files.readString(record).replace("0.3", "0.2"));
    Files.writeString(folder.resolve("run/epochs/notes.txt"), "of a person");
    assertThat(numbers(RecordedEpoch.of(run))).containsExactly(1, 3);
  }

  @Test
  void runThatTrainsNothingHasNoEpochs() {
    RunDirectory other =
        new Runs(new Configuration(), folder.toString())
            .claim(new RunId("other"), Manifest.of(Map.of()));
    assertThat(RecordedEpoch.of(other)).isEmpty();
  }
}
