package io.meanfield.network.layers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ShapeTest {
  @Test
  void rowOfNumbersIsASquareImageIfItsSizeIsASquare() {
    assertThat(Shape.of(List.of(784)).image()).contains(new Shape.Image(28, 28, 1));
    assertThat(Shape.of(List.of(783)).image()).isEmpty();
  }

  @Test
  void sequenceIsAnImageOfOneChannelAndImageKeepsItsShape() {
    assertThat(Shape.of(List.of(28, 14)).image()).contains(new Shape.Image(28, 14, 1));
    assertThat(Shape.of(List.of(6, 7, 3)).image()).contains(new Shape.Image(6, 7, 3));
  }
}
