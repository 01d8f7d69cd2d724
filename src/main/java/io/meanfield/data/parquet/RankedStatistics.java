package io.meanfield.data.parquet;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.data.table.StatisticsRequest;
import io.meanfield.data.table.TableStatistics;
import io.meanfield.data.table.TrainingRows;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongPredicate;
import org.apache.spark.api.java.JavaRDD;
import scala.Tuple2;

/**
 * Computes the statistics of training rows that have a column of ids: whether a row is one follows
 * from the rank of its id among all ids, so the rows are shuffled to the other ones of their range.
 *
 * @param firstIds the first id of each range
 * @param training tells the training rows by their ranks
 */
@DefaultSerializer(JavaSerializer.class)
record RankedStatistics(IdArray firstIds, StatisticsRequest request, TrainingRows training)
    implements Serializable {
  /** The number of rows of a range; the last one may have fewer. */
  static final int RANGE = 1 << 17;

  TableStatistics of(JavaRDD<StatisticsRows> rows) {
    return BucketShuffle.of(
            rows.flatMapToPair(piece -> slices(piece).iterator()), firstIds.length())
        .map(range -> statistics(range.slices(), (long) range.number() * RANGE))
        .treeReduce(TableStatistics::plus);
  }

  private List<Tuple2<Integer, StatisticsRows>> slices(StatisticsRows piece) {
    long[] rangesAndRows = new long[piece.ids().length()];
    Arrays.setAll(
        rangesAndRows,
        row -> (long) Math.max(0, firstIds.countUpTo(piece.ids(), row) - 1) << Integer.SIZE | row);
    Arrays.sort(rangesAndRows);
    List<Tuple2<Integer, StatisticsRows>> slices = new ArrayList<>();
    int end;
    for (int from = 0; from < rangesAndRows.length; from = end) {
      int range = (int) (rangesAndRows[from] >>> Integer.SIZE);
      end = from;
      while (end < rangesAndRows.length && rangesAndRows[end] >>> Integer.SIZE == range) {
        end++;
      }
      int[] rows = Arrays.stream(rangesAndRows, from, end).mapToInt(row -> (int) row).toArray();
      slices.add(new Tuple2<>(range, piece.at(rows)));
    }
    return slices;
  }

  private TableStatistics statistics(List<StatisticsRows> parts, long firstRank) {
    TableStatistics statistics = request.start();
    List<IdArray> ids = parts.stream().map(StatisticsRows::ids).toList();
    if (ids.isEmpty()) {
      return statistics;
    }
    IdArray sorted = ids.get(0).join(ids).sorted();
    LongPredicate isTraining = training.ids();
    for (StatisticsRows part : parts) {
      for (int row = 0; row < part.ids().length(); row++) {
        if (isTraining.test(firstRank + sorted.countUpTo(part.ids(), row) - 1)) {
          statistics.add(part.row(row));
        }
      }
    }
    return statistics;
  }
}
