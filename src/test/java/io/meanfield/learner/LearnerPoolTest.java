package io.meanfield.learner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LearnerPoolTest {
  private static final Device FIRST = new Device("0");
  private static final Device SECOND = new Device("1");

  private final List<String> built = new ArrayList<>();
  private final LearnerPool<String, String> pool =
      new LearnerPool<>(network -> network.substring(0, 1), this::build);

  private String build(String network, Device device) {
    String learner = network + device.address() + "#" + built.size();
    built.add(learner);
    return learner;
  }

  private String use(String network, Device device) {
    return pool.withLearner(network, device, learner -> learner);
  }

  @Test
  void learnersOfTwoDevicesStayInThePoolTogether() {
    for (int round = 0; round < 3; round++) {
      assertThat(use("a", FIRST)).isEqualTo("a0#0");
      assertThat(use("a", SECOND)).isEqualTo("a1#1");
    }
    assertThat(built).hasSize(2);
  }

  @Test
  void learnerReturnsToThePoolAlthoughAnotherDeviceWasUsedMeanwhile() {
    String both = pool.withLearner("a", FIRST, learner -> learner + use("a", SECOND));
    assertThat(both).isEqualTo("a0#0a1#1");
    assertThat(use("a", FIRST)).isEqualTo("a0#0");
    assertThat(use("a", SECOND)).isEqualTo("a1#1");
  }

  @Test
  void anotherNetworkRemovesTheLearnersOfAllDevices() {
    use("a", FIRST);
    use("a", SECOND);
    assertThat(use("b", FIRST)).isEqualTo("b0#2");
    assertThat(use("a", SECOND)).isEqualTo("a1#3");
    assertThat(use("a", FIRST)).isEqualTo("a0#4");
  }

  @Test
  void learnersOfOneFamilyStayInThePoolTogether() {
    for (int round = 0; round < 3; round++) {
      assertThat(use("a", FIRST)).isEqualTo("a0#0");
      assertThat(use("ab", FIRST)).isEqualTo("ab0#1");
    }
    assertThat(use("b", FIRST)).isEqualTo("b0#2");
    assertThat(use("ab", FIRST)).isEqualTo("ab0#3");
  }

  @Test
  void learnersInUseAtTheSameTimeDiffer() {
    String both = pool.withLearner("a", FIRST, learner -> learner + use("a", FIRST));
    assertThat(both).isEqualTo("a0#0a0#1");
  }

  @Test
  void learnerThatHasFailedIsNotUsedAgain() {
    assertThatThrownBy(
            () ->
                pool.withLearner(
                    "a",
                    FIRST,
                    learner -> {
                      throw new IllegalStateException(learner);
                    }))
        .hasMessage("a0#0");
    assertThat(use("a", FIRST)).isEqualTo("a0#1");
  }
}
