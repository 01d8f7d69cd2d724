package io.meanfield.evaluate.slice;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.data.ColumnTexts;
import io.meanfield.evaluate.metric.PredictionBlock;
import java.io.Serializable;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Predictions with the texts of columns.
 *
 * @param texts [column][row]
 */
@DefaultSerializer(JavaSerializer.class)
record SlicedRows(PredictionBlock block, String[][] texts) implements Serializable {

  /** Joins the predictions of a partition with its texts. */
  static Iterator<SlicedRows> of(Iterator<PredictionBlock> blocks, Iterator<ColumnTexts> texts) {
    return texts.hasNext() ? joined(blocks, texts.next()) : Stream.<SlicedRows>of().iterator();
  }

  private static Iterator<SlicedRows> joined(Iterator<PredictionBlock> blocks, ColumnTexts texts) {
    Map<Long, Integer> rows = new HashMap<>();
    for (int row = 0; row < texts.ids().length; row++) {
      rows.put(texts.ids()[row], row);
    }
    Iterable<PredictionBlock> all = () -> blocks;
    return StreamSupport.stream(all.spliterator(), false)
        .map(block -> new SlicedRows(block, texts(block.ids(), rows, texts)))
        .iterator();
  }

  private static String[][] texts(long[] ids, Map<Long, Integer> rows, ColumnTexts all) {
    return Arrays.stream(all.texts())
        .map(
            column ->
                Arrays.stream(ids).mapToObj(id -> column[rows.get(id)]).toArray(String[]::new))
        .toArray(String[][]::new);
  }

  /** Returns the predictions of the rows of a slice. */
  PredictionBlock in(Slicing slicing, int column, int slice) {
    return block.select(
        IntStream.range(0, block.count())
            .filter(row -> slicing.of(texts[column][row]) == slice)
            .toArray());
  }

  /** Returns the sums of each slice. */
  SliceSums[] sums(Slicing slicing, int column) {
    SliceSums[] sums = new SliceSums[slicing.count()];
    Arrays.setAll(sums, slice -> SliceSums.none());
    for (int row = 0; row < block.count(); row++) {
      sums[slicing.of(texts[column][row])].add(block, row);
    }
    return sums;
  }

  /** Returns the sums of all rows. */
  SliceSums[] sums() {
    SliceSums sums = SliceSums.none();
    IntStream.range(0, block.count()).forEach(row -> sums.add(block, row));
    return new SliceSums[] {sums};
  }
}
