package io.meanfield.gate;

import static io.meanfield.gate.GateFixtures.digits;
import static io.meanfield.gate.GateFixtures.drifts;
import static io.meanfield.gate.GateFixtures.failures;
import static io.meanfield.gate.GateFixtures.invertedDigits;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanfield.data.Dataset;
import io.meanfield.data.DatasetMetadata;
import io.meanfield.data.source.ReadContext;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.fixture.LocalSpark;
import io.meanfield.fixture.Mnist;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The gate on real images. */
class DigitsGateIT {
  @TempDir private Path folder;

  private static GateReport check(Supplier<Dataset> digits, Optional<DataProfile> champion) {
    return GateFixtures.check(GateFixtures.SETTINGS, 10, digits, champion);
  }

  @Test
  void otherDigitsPassAndInvertedDigitsAreRefused() {
    DataProfile champion =
        check(digits(folder, 0, 20_000), Optional.empty()).profile().orElseThrow();
    GateReport others = check(digits(folder, 20_000, 30_000), Optional.of(champion));
    assertThat(others.sentences()).isEmpty();
    assertThat(others.drift().indexes().values()).allMatch(index -> index < 0.01);
    assertThat(drifts(others)).containsExactly("label", "brightness");

    GateReport inverted = check(invertedDigits(folder, 20_000, 30_000), Optional.of(champion));
    assertThat(failures(inverted)).containsExactly("drift brightness");
    // Brightness: ten bins of a tenth become empty, and one of half a value becomes full:
    // ln(0.1 * 20,012) + ln(2 * 20,006), each times one, about 18.2.
    assertThat(inverted.sentences())
        .containsExactly(
            "the distribution of brightness has drifted from the champion's data: population"
                + " stability index 18.2, expected at most 0.25; find out what has changed in the"
                + " data, or set gate.drift.max-psi");
    assertThatThrownBy(inverted::requirePassed)
        .isInstanceOfSatisfying(
            UserException.class,
            refused -> {
              assertThat(refused.code()).isEqualTo(ErrorCode.DATA_REFUSED);
              assertThat(refused.code().exitCode()).isEqualTo(3);
              assertThat(refused.getMessage().lines())
                  .containsExactly(
                      "check 8 of 8 (drift) refused the data: " + inverted.sentences().get(0));
            });
  }

  @Test
  void invertedImagesOfOneNightAreFoundAmongTwentyGoodPartitions() {
    DataProfile champion =
        check(digits(folder, 0, 10_000), Optional.empty()).profile().orElseThrow();
    GateReport inverted = withNewDigits(champion, invertedDigits(folder, 10_000, 10_200));
    assertThat(inverted.failed())
        .extracting(check -> check.data() + " " + check.kind() + " " + check.column().orElse(""))
        .containsExactly("new drift brightness");
    assertThat(inverted.sentences())
        .allMatch(sentence -> sentence.contains(" in the new data (date=2026-01-21) has drifted "));
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 50, 200, 1_000})
  void goodDigitsOfOneNightPassHoweverFew(int count) {
    DataProfile champion =
        check(digits(folder, 0, 10_000), Optional.empty()).profile().orElseThrow();
    assertThat(withNewDigits(champion, digits(folder, 10_000, 10_000 + count)).sentences())
        .isEmpty();
  }

  /** Checks new digits in a window of 20 partitions of the champion's digits. */
  private GateReport withNewDigits(DataProfile champion, Supplier<Dataset> added) {
    Gate gate = new Gate(GateFixtures.SETTINGS, Optional.of(champion));
    Supplier<Dataset> all = () -> union(digits(folder, 0, 10_000).get(), added.get());
    return gate.judge(
        GateFixtures.read(gate, 10, all, Optional.of(champion)),
        GateFixtures.read(gate, 10, added, Optional.of(champion)),
        List.of("date=2026-01-21"));
  }

  private static Dataset union(Dataset digits, Dataset added) {
    DatasetMetadata metadata =
        new DatasetMetadata(
            digits.count() + added.count(),
            digits.shape(),
            true,
            digits.targetKind(),
            false,
            Optional.empty(),
            digits.display());
    return new Dataset(metadata, digits.blocks().union(added.blocks()));
  }

  @Test
  void profileOfMnistHasItsPublishedCounts() {
    DataProfile profile =
        check(() -> Mnist.train().open(ReadContext.of(LocalSpark.context(), 10)), Optional.empty())
            .profile()
            .orElseThrow();
    assertThat(profile.label().orElseThrow().counts())
        .containsEntry("1", 6742L)
        .containsEntry("5", 5421L);
    assertThat(profile.imageShape()).contains(List.of(28, 28));
    Histogram brightness = profile.numbers().get(0).histogram();
    assertThat(brightness.total()).isEqualTo(60_000);
    assertThat(brightness.counts().subList(1, brightness.counts().size() - 1))
        .hasSize(10)
        .allSatisfy(count -> assertThat(count).isBetween(5000L, 7000L));
  }

  @Test
  void labelOutOfRangeIsFoundWhileImagesAreRead() {
    byte[] labels = GateFixtures.labels(0, 1000);
    labels[4] = 12;
    GateReport report = check(digits(folder, new byte[1000 * 784], labels), Optional.empty());
    assertThat(failures(report)).containsExactly("readable");
    assertThat(report.sentences().get(0))
        .contains(
            "has label 12 for example 4, expected 0 to 9, one for each output of the network");
    assertThat(report.refusals().get(0)).startsWith("check 1 of 1 (readable) refused the data: ");
  }
}
