package io.meanfield.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.evaluate.ExampleResult;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import scala.Tuple2;

class PairedColumnsTest {
  private static Tuple2<Long, Tuple2<ExampleResult, ExampleResult>> pair(long id) {
    return new Tuple2<>(id, new Tuple2<>(result((int) id, 0.1f * id), result(-(int) id, 0)));
  }

  private static ExampleResult result(int predicted, float score) {
    return new ExampleResult(0, predicted, false, 0, 0, 0, 1, score);
  }

  private static PairedColumns.Part part(long... ids) {
    return PairedColumns.part(
        LongStream.of(ids).mapToObj(PairedColumnsTest::pair).iterator(),
        (champion, challenger) ->
            new double[] {champion.predicted(), challenger.predicted(), champion.score()});
  }

  @Test
  void numbersAreInTheOrderOfTheIdsWhateverThePartitionsAre() {
    for (List<PairedColumns.Part> parts :
        List.of(
            List.of(part(7, 2), part(), part(5, 3, 1)),
            List.of(part(1, 2, 3, 5, 7)),
            List.of(part(5), part(3), part(7), part(1), part(2)))) {
      PairedColumns columns = PairedColumns.of(parts, 3);
      assertThat(columns.ints(0)).containsExactly(1, 2, 3, 5, 7);
      assertThat(columns.doubles(1)).containsExactly(-1, -2, -3, -5, -7);
      assertThat(columns.floats(2)).containsExactly(0.1f, 0.1f * 2, 0.1f * 3, 0.1f * 5, 0.1f * 7);
    }
  }

  @Test
  void noPairsGiveEmptyColumns() {
    assertThat(PairedColumns.of(List.of(part()), 3).doubles(2)).isEmpty();
  }
}
