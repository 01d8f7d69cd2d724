package io.meanfield.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanfield.error.UserException;
import org.junit.jupiter.api.Test;

class EngineTest {
  @Test
  void engineIsFoundByItsId() {
    for (Engine engine : Engine.values()) {
      assertThat(Engine.of(engine.id())).isEqualTo(engine);
    }
  }

  @Test
  void unknownEngineIsOneSentence() {
    assertThatThrownBy(() -> Engine.of("tensorflow"))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "the recorded engine must be torch or dl4j, found \"tensorflow\"; restore run.json"
                + " from a backup");
  }
}
