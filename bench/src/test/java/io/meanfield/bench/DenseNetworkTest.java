package io.meanfield.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.network.Model;
import org.junit.jupiter.api.Test;

class DenseNetworkTest {
  @Test
  void weightsAreThoseOfTheNetwork() {
    for (DenseNetwork network : new DenseNetwork[] {DenseNetwork.LESSON, DenseNetwork.WIDE}) {
      assertThat(Model.untrained(network.settings(), 1).state().weights())
          .hasSize(network.weights());
    }
  }

  @Test
  void sizesReachFromFiftyThousandToAHundredMillion() {
    assertThat(DenseNetwork.LESSON.weights()).isEqualTo(52_650);
    assertThat(DenseNetwork.WIDEST.weights()).isEqualTo(97_812_010);
    assertThat(DenseNetwork.WIDEST.id()).isEqualTo("784-9500-9500-10");
  }
}
