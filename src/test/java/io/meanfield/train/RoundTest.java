package io.meanfield.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class RoundTest {
  @Property
  void roundsAndTheirPartsCoverEveryStepOnce(
      @ForAll @IntRange(min = 1, max = 500) int steps,
      @ForAll @IntRange(min = 1, max = 100) int sync,
      @ForAll @IntRange(min = 1, max = 100) int averaging) {
    List<Integer> covered =
        Round.of(1, steps, sync).stream()
            .flatMap(round -> round.parts(averaging).stream())
            .flatMap(part -> IntStream.range(part.firstStep(), part.endStep()).boxed())
            .toList();
    assertThat(covered).isEqualTo(IntStream.range(0, steps).boxed().toList());
  }

  @Example
  void numbersRunThroughAllEpochs() {
    assertThat(Round.of(1, 329, 50)).extracting(Round::number).containsExactly(1, 2, 3, 4, 5, 6, 7);
    assertThat(Round.of(3, 329, 50).get(0).number()).isEqualTo(15);
  }
}
