package io.meanfield.evaluate.slice;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.data.ChosenExamples;
import io.meanfield.data.column.FeatureColumn;
import io.meanfield.data.column.TextForm;
import io.meanfield.data.column.ValueType;
import io.meanfield.data.encoding.TableEncoder;
import java.io.Serializable;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import scala.Tuple2;

/**
 * Chooses the slices of a column by its texts: bins of a column of more than {@value #MOST_VALUES}
 * different numbers or times, else its frequent values. Driver only.
 */
final class SlicingChoice {
  /** The number of rows from which a value has a slice of its own, and a bin should have. */
  static final int FEWEST_ROWS = 30;

  private static final int MOST_VALUES = 10;
  private static final int MOST_SLICES = 20;
  private static final int MOST_BINS = 10;
  private static final int MOST_NUMBERS = 100_000;
  private static final long SEED = 1; // of the rows whose quantiles divide a large column

  private final JavaRDD<SlicedRows> rows;
  private final long count;
  private final Optional<TableEncoder> encoder;

  SlicingChoice(JavaRDD<SlicedRows> rows, long count, Optional<TableEncoder> encoder) {
    this.rows = rows;
    this.count = count;
    this.encoder = encoder;
  }

  /** A frequent value first, then in alphabetical order. */
  @DefaultSerializer(JavaSerializer.class)
  private record FrequentFirst() implements Comparator<Tuple2<String, Long>>, Serializable {
    @Override
    public int compare(Tuple2<String, Long> one, Tuple2<String, Long> other) {
      int byCount = Long.compare(other._2(), one._2());
      return byCount == 0 ? one._1().compareTo(other._1()) : byCount;
    }
  }

  Slicing of(String name, int column) {
    JavaPairRDD<String, Long> counts =
        rows.flatMap(part -> Stream.of(part.texts()[column]).iterator())
            .filter(text -> !text.isEmpty())
            .mapToPair(text -> new Tuple2<>(text, 1L))
            .reduceByKey(Long::sum)
            .cache();
    try {
      TextForm form = encoder.map(found -> found.formOf(name)).orElse(TextForm.PLAIN);
      Optional<ValueType> type =
          counts.count() > MOST_VALUES ? type(name, form, counts.keys()) : Optional.empty();
      return type.map(found -> bins(name, column, found, form))
          .orElseGet(() -> Slicing.ofValues(name, values(counts)));
    } finally {
      counts.unpersist();
    }
  }

  // One other value alone has its name, too.
  private static List<String> values(JavaPairRDD<String, Long> counts) {
    List<Tuple2<String, Long>> most = counts.takeOrdered(MOST_SLICES + 2, new FrequentFirst());
    long frequent =
        most.stream().limit(MOST_SLICES).filter(value -> value._2() >= FEWEST_ROWS).count();
    return most.stream()
        .limit(most.size() == frequent + 1 ? most.size() : frequent)
        .map(Tuple2::_1)
        .toList();
  }

  private Optional<ValueType> type(String name, TextForm form, JavaRDD<String> texts) {
    Optional<FeatureColumn> feature =
        encoder.stream()
            .flatMap(found -> found.columns().stream())
            .filter(column -> column.column().equals(name))
            .findFirst();
    boolean isCategory =
        encoder.stream()
            .flatMap(found -> found.categorical().stream())
            .anyMatch(column -> column.column().equals(name));
    if (feature.isPresent() || isCategory) {
      return feature.map(FeatureColumn::type);
    }
    return Stream.of(ValueType.NUMBER, ValueType.TIMESTAMP)
        .filter(type -> areAll(type, form, texts))
        .findFirst();
  }

  private static boolean areAll(ValueType type, TextForm form, JavaRDD<String> texts) {
    return texts
        .filter(text -> !Slicing.isMissing(text) && form.parse(type, text).isEmpty())
        .isEmpty();
  }

  private Slicing bins(String name, int column, ValueType type, TextForm form) {
    double share = (double) MOST_NUMBERS / Math.max(1, count);
    double[] sorted =
        rows
            .flatMap(
                part ->
                    IntStream.range(0, part.block().count())
                        .filter(row -> ChosenExamples.place(SEED, part.block().ids()[row]) < share)
                        .mapToObj(row -> part.texts()[column][row])
                        .flatMap(text -> form.parse(type, text).stream().boxed())
                        .iterator())
            .collect()
            .stream()
            .mapToDouble(Double::doubleValue)
            .sorted()
            .toArray();
    int bins = (int) Math.max(2, Math.min(MOST_BINS, count / FEWEST_ROWS));
    return sorted.length == 0
        ? Slicing.ofValues(name, List.of())
        : Slicing.ofBins(name, type, form, sorted, bins);
  }
}
