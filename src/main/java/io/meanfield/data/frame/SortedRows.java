package io.meanfield.data.frame;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.data.ColumnTexts;
import io.meanfield.data.Examples;
import io.meanfield.data.Segments;
import io.meanfield.data.Split;
import io.meanfield.data.encoding.SkippedRow;
import io.meanfield.data.frame.packed.ColumnKind;
import io.meanfield.data.frame.packed.PackedRows;
import io.meanfield.data.frame.packed.RowPart;
import io.meanfield.data.table.TableSchema;
import io.meanfield.data.table.TableStatistics;
import java.io.Serializable;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.LongPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import scala.Tuple2;

/** The rows of a table in their order; driver only. */
record SortedRows(JavaPairRDD<Integer, byte[]> packed, Reading reading) {
  static final int TASKS_OF_A_CORE = 2;
  private static final int MOST_KEYS = 1 << 20;

  /**
   * How the rows of a partition are read; travels to executors.
   *
   * @param kinds of the packed columns
   * @param order of the columns that are read, by their places among the packed ones
   * @param numbers of the rows; before all rows are checked, those of all rows
   * @param isFiltered whether rows that cannot be used are left out
   */
  @DefaultSerializer(JavaSerializer.class)
  record Reading(
      RowCheck check, ColumnKind[] kinds, int[] order, RowNumbers numbers, boolean isFiltered)
      implements Serializable {
    RowPart open(Iterator<Tuple2<Integer, byte[]>> part) {
      PackedRows rows = PackedRows.sorted(part);
      RowPart all = unpacked(rows);
      if (!isFiltered) {
        return all;
      }
      BitSet wrong = new BitSet();
      IntFunction<Optional<SkippedRow>> problems = check.problems(all);
      IntStream.range(0, all.count())
          .filter(row -> problems.apply(row).isPresent())
          .forEach(wrong::set);
      return wrong.isEmpty() ? all : unpacked(rows.without(wrong));
    }

    private RowPart unpacked(PackedRows rows) {
      return rows.unpacked(kinds).select(order);
    }

    ColumnTexts texts(RowPart rows, int partition, int columns) {
      long[] ids = numbers.of(partition, rows, check.values());
      String[][] texts = new String[columns][rows.count()];
      for (int row = 0; row < ids.length; row++) {
        rows.moveTo(row);
        for (int i = 0; i < columns; i++) {
          String text = rows.text(order.length - columns + i);
          texts[i][row] = text.isEmpty() ? "" : text.substring(1).strip();
        }
      }
      return new ColumnTexts(ids, texts);
    }

    TableStatistics noStatistics() {
      FrameColumns columns = check.values().columns();
      return new TableStatistics(
          check.values().typed().columns(),
          columns.schema().categorical().size(),
          columns.targets().width());
    }

    RowsSummary check(Iterator<Part> parts, int partitions, int keyEvery, List<Split> training) {
      RowsSummary summary =
          RowsSummary.empty(
              partitions,
              check.values().columns().schema(),
              training.stream().map(each -> noStatistics()).toList());
      List<LongPredicate> isTraining = training.stream().map(Split::trainingIds).toList();
      while (parts.hasNext()) {
        Part part = parts.next();
        RowPart rows = open(part.rows());
        summary.add(check, rows, part.number(), keyEvery);
        if (summary.skipped().count() == 0 && !training.isEmpty()) {
          addTo(summary.counted().get(0), rows, part.number(), isTraining.get(0));
        }
      }
      return summary;
    }

    /** Adds the training rows of a partition to statistics. */
    void addTo(TableStatistics statistics, RowPart rows, int partition, LongPredicate isTraining) {
      RowValues values = check.values();
      long[] ids = numbers.of(partition, rows, values);
      int[] training =
          IntStream.range(0, rows.count()).filter(row -> isTraining.test(ids[row])).toArray();
      for (int i = 0; i < values.typed().columns().size(); i++) {
        if (statistics.needsNumbers(i)) {
          double[] all = values.features(rows, i, 0, rows.count());
          double[] chosen = new double[training.length];
          Arrays.setAll(chosen, row -> all[training[row]]);
          statistics.add(i, chosen);
        }
      }
      TableSchema schema = values.columns().schema();
      for (int row : training) {
        rows.moveTo(row);
        statistics.addCategories(i -> schema.isText(i) ? "" : values.category(rows, i));
      }
      addTargets(statistics, rows, training);
    }

    Stream<String> trainingTexts(RowPart rows, int partition, LongPredicate isTraining, int i) {
      long[] ids = numbers.of(partition, rows, check.values());
      return IntStream.range(0, rows.count())
          .filter(row -> isTraining.test(ids[row]))
          .mapToObj(
              row -> {
                rows.moveTo(row);
                return check.values().category(rows, i);
              });
    }

    private void addTargets(TableStatistics statistics, RowPart rows, int[] training) {
      int width = check.values().columns().targets().width();
      float[] targets = new float[width * training.length];
      for (int i = 0; i < training.length; i++) {
        rows.moveTo(training[i]);
        check.values().targets(rows, targets, i * width);
      }
      for (int i = 0; i < width; i++) {
        int first = i;
        statistics.addTargets(
            i,
            IntStream.range(0, training.length)
                .mapToDouble(row -> targets[row * width + first])
                .toArray());
      }
    }
  }

  /** The rows of a partition before they are sorted. */
  record Part(int number, Iterator<Tuple2<Integer, byte[]>> rows) {}

  /**
   * Sorts the rows of a table.
   *
   * @param order of the columns that are read, by their places among the shuffled ones
   * @param size the number of rows of a block
   */
  static SortedRows of(
      ShuffledRows shuffled, FrameScan scan, int[] order, int size, RowCheck check) {
    JavaPairRDD<Integer, byte[]> packed = shuffled.partitions((scan.rows() + size - 1) / size);
    RowNumbers numbers = RowNumbers.ofPartitions(scan.starts(packed.getNumPartitions()));
    return new SortedRows(packed, new Reading(check, shuffled.kinds(), order, numbers, false));
  }

  /**
   * Checks all rows, finds the different categories and labels, and computes statistics of the
   * training rows.
   *
   * @param rows the number of all rows
   * @param training the split of all rows; empty if no statistics are needed
   */
  RowsSummary check(long rows, Optional<Split> training) {
    int partitions = packed.getNumPartitions();
    int keyEvery = (int) (1 + rows / MOST_KEYS);
    Reading opened = reading;
    List<Split> splits = training.stream().toList();
    return parts()
        .mapPartitions(
            parts -> List.of(opened.check(parts, partitions, keyEvery, splits)).iterator())
        .treeReduce(RowsSummary::plus);
  }

  private JavaRDD<Part> parts() {
    return packed
        .mapPartitionsWithIndex(
            (partition, part) -> List.of(new Part(partition, part)).iterator(), true)
        // Statistics of few rows are not much smaller than the rows.
        .coalesce(TASKS_OF_A_CORE * packed.context().defaultParallelism());
  }

  /** Returns the rows that can be used, with their numbers. */
  SortedRows usable(RowsSummary summary) {
    SortedRows usable =
        numbered(RowNumbers.ofPartitions(summary.starts()), summary.skipped().count() > 0);
    if (reading.check().values().dividing().isEmpty()) {
      return usable;
    }
    RowNumbers segments = new RowNumbers(RowNumbers.bounds(summary.keys()), new long[0][]);
    return usable.numbered(
        RowNumbers.ofSegments(
            segments.bounds(),
            summary
                .allKeys()
                .map(keys -> Arrays.stream(keys).map(segments::counts).toArray(long[][]::new))
                .orElseGet(() -> usable.counts(segments))),
        usable.reading().isFiltered());
  }

  private SortedRows numbered(RowNumbers numbers, boolean isFiltered) {
    return new SortedRows(
        packed,
        new Reading(reading.check(), reading.kinds(), reading.order(), numbers, isFiltered));
  }

  private long[][] counts(RowNumbers segments) {
    Reading opened = reading;
    long[][] counts = new long[packed.getNumPartitions()][];
    parts()
        .flatMapToPair(
            part ->
                List.of(
                        new Tuple2<>(
                            part.number(),
                            segments.counts(
                                opened.check().values().dividingKeys(opened.open(part.rows())))))
                    .iterator())
        .collect()
        .forEach(part -> counts[part._1()] = part._2());
    return counts;
  }

  /** Returns the segments of the rows; empty if they are not divided. */
  Optional<Segments> segments(RowsSummary summary) {
    return reading.check().values().dividing().stream()
        .findFirst()
        .map(key -> new Segments(key.source().setting(), reading.numbers().ends(summary.used())));
  }

  /** Returns statistics of the training rows. */
  TableStatistics statistics(Split split) {
    Reading opened = reading;
    return parts()
        .mapPartitions(
            parts -> {
              TableStatistics statistics = opened.noStatistics();
              LongPredicate isTraining = split.trainingIds();
              parts.forEachRemaining(
                  part ->
                      opened.addTo(
                          statistics, opened.open(part.rows()), part.number(), isTraining));
              return List.of(statistics).iterator();
            })
        .treeReduce(TableStatistics::plus);
  }

  /** Returns the texts of categorical column {@code i} in the training rows. */
  JavaRDD<String> trainingTexts(Split split, int i) {
    Reading opened = reading;
    return parts()
        .flatMap(
            part ->
                opened
                    .trainingTexts(opened.open(part.rows()), part.number(), split.trainingIds(), i)
                    .iterator());
  }

  /** Returns the texts of the last columns, which {@link FrameColumns#kept} selected. */
  JavaRDD<ColumnTexts> texts(int columns) {
    Reading opened = reading;
    return packed.mapPartitionsWithIndex(
        (partition, part) ->
            List.of(opened.texts(opened.open(part), partition, columns)).iterator(),
        true);
  }

  /** Returns the examples in blocks, in their order. */
  JavaRDD<Examples> blocks(RowReader reader) {
    Reading opened = reading;
    return packed.mapPartitionsWithIndex(
        (partition, part) -> {
          RowPart rows = opened.open(part);
          int size = reader.blockSize();
          long[] ids = opened.numbers().of(partition, rows, opened.check().values());
          return IntStream.iterate(0, first -> first < rows.count(), first -> first + size)
              .mapToObj(
                  first ->
                      reader.block(
                          rows,
                          first,
                          Arrays.copyOfRange(ids, first, Math.min(first + size, ids.length))))
              .iterator();
        },
        true);
  }
}
