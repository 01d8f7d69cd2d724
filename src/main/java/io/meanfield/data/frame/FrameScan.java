package io.meanfield.data.frame;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.data.column.ColumnFacts;
import io.meanfield.data.frame.packed.ColumnKind;
import io.meanfield.data.frame.packed.PackedRows;
import io.meanfield.data.frame.packed.RowPacker;
import io.meanfield.data.frame.packed.RowPart;
import io.meanfield.data.table.LabelEncoder;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.spark.sql.catalyst.InternalRow;
import scala.Tuple2;

/**
 * The first pass over the packed rows of a table, which shows how many there are, and what their
 * texts and arrays are, before rows are checked.
 */
@DefaultSerializer(JavaSerializer.class)
final class FrameScan implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int ROWS_AT_A_TIME = 256;

  // The number of rows whose keys have the same first bits, for each range of keys.
  private final long[] ranges;
  private final List<ColumnFacts> facts;
  // The number of labels that are integers, and that of all other labels.
  private final long[] labels;

  private FrameScan(long[] ranges, List<ColumnFacts> facts, long[] labels) {
    this.ranges = ranges;
    this.facts = facts;
    this.labels = labels;
  }

  /** Returns what is seen of the columns of {@link Layout}, in their order. */
  List<ColumnFacts> facts() {
    return facts;
  }

  /**
   * The columns that are looked at, by their indices; travels to executors.
   *
   * @param facts the features and targets that are looked at
   * @param label the labels; empty to leave them out
   * @param malformed the records with other fields than the header; empty if no record can
   */
  @DefaultSerializer(JavaSerializer.class)
  record Layout(List<FactsOf> facts, List<Integer> label, List<Integer> malformed)
      implements Serializable {
    private FrameScan empty() {
      return new FrameScan(
          new long[RowPacker.MOST_PARTITIONS],
          facts.stream().map(FactsOf::none).toList(),
          new long[2]);
    }

    /** Looks at packed rows. */
    FrameScan scan(Iterator<Tuple2<Integer, byte[]>> chunks, ColumnKind[] kinds) {
      FrameScan scan = empty();
      while (chunks.hasNext()) {
        PackedRows rows = PackedRows.of(chunks.next()._2());
        for (int row = 0; row < rows.count(); row++) {
          scan.ranges[RowPacker.partition(rows.key(row), scan.ranges.length)]++;
        }
        if (!facts.isEmpty() || !label.isEmpty()) {
          look(rows.unpacked(kinds), scan);
        }
      }
      return scan;
    }

    /** Looks at rows as Spark reads them. */
    FrameScan look(Iterator<InternalRow> rows, ColumnKind[] kinds) {
      FrameScan scan = empty();
      List<InternalRow> some = new ArrayList<>();
      while (rows.hasNext()) {
        some.add(rows.next().copy());
        if (some.size() == ROWS_AT_A_TIME || !rows.hasNext()) {
          scan.ranges[0] += some.size();
          look(RowPart.of(some, kinds), scan);
          some.clear();
        }
      }
      return scan;
    }

    private void look(RowPart rows, FrameScan scan) {
      BitSet whole = new BitSet(rows.count());
      for (int row = 0; row < rows.count(); row++) {
        rows.moveTo(row);
        whole.set(row, malformed.stream().allMatch(rows::isMissing));
      }
      // Column by column, because what is known of all columns exceeds the caches of a processor.
      for (int i = 0; i < facts.size(); i++) {
        FactsOf column = facts.get(i);
        ColumnFacts found = scan.facts.get(i);
        each(whole, rows, row -> column.add(row, found));
      }
      each(whole, rows, row -> addLabels(row, scan));
    }

    private static void each(BitSet whole, RowPart rows, Consumer<RowPart> action) {
      for (int row = whole.nextSetBit(0); row >= 0; row = whole.nextSetBit(row + 1)) {
        rows.moveTo(row);
        action.accept(rows);
      }
    }

    private void addLabels(RowPart row, FrameScan scan) {
      for (int column : label) {
        String found = text(row, column);
        if (!found.isEmpty()) {
          scan.labels[LabelEncoder.isInteger(found) ? 0 : 1]++;
        }
      }
    }
  }

  private static String text(RowPart row, int column) {
    return row.isMissing(column) ? "" : row.text(column).strip();
  }

  /** Adds what other rows show and returns this scan. */
  FrameScan plus(FrameScan other) {
    Arrays.setAll(ranges, range -> ranges[range] + other.ranges[range]);
    IntStream.range(0, facts.size()).forEach(i -> facts.get(i).add(other.facts.get(i)));
    Arrays.setAll(labels, i -> labels[i] + other.labels[i]);
    return this;
  }

  /** Returns the number of all rows. */
  long rows() {
    return Arrays.stream(ranges).sum();
  }

  /** Returns the number of the first row of each partition. */
  long[] starts(int partitions) {
    long[] starts = new long[partitions];
    int each = ranges.length / partitions;
    for (int i = 1; i < partitions; i++) {
      starts[i] = starts[i - 1] + Arrays.stream(ranges, (i - 1) * each, i * each).sum();
    }
    return starts;
  }

  /** Returns whether most labels are the numbers of classes. */
  boolean hasNumberedLabels() {
    return labels[0] >= labels[1];
  }
}
