package io.meanfield.data.frame;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.data.encoding.Vocabulary;
import io.meanfield.data.encoding.WordCodes;
import io.meanfield.data.encoding.Words;
import io.meanfield.data.table.TextColumn;
import java.io.Serializable;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import scala.Tuple2;

/** Finds the words of columns of texts; driver only. */
final class TextColumns {
  private TextColumns() {}

  /** A word of many rows first, then in the order of its letters. */
  @DefaultSerializer(JavaSerializer.class)
  private record FrequentFirst() implements Comparator<Tuple2<String, Long>>, Serializable {
    @Override
    public int compare(Tuple2<String, Long> one, Tuple2<String, Long> other) {
      int byCount = Long.compare(other._2(), one._2());
      return byCount == 0 ? one._1().compareTo(other._1()) : byCount;
    }
  }

  /**
   * Returns the words of a column. Spark counts them, because there may be more pairs of words than
   * the driver can hold.
   *
   * @param texts of the training rows
   */
  static TextColumn of(String column, JavaRDD<String> texts) {
    List<String> words =
        texts
            .flatMap(text -> Words.withPairs(text).iterator())
            .mapToPair(word -> new Tuple2<>(word, 1L))
            .reduceByKey(Long::sum)
            .filter(word -> word._2() >= TextColumn.FEWEST_ROWS)
            .takeOrdered(TextColumn.MOST_WORDS, new FrequentFirst())
            .stream()
            .map(Tuple2::_1)
            .toList();
    WordCodes codes = new WordCodes(new Vocabulary(column, words));
    int most = texts.map(codes::count).fold(0, Math::max);
    return new TextColumn(column, words, Math.max(1, Math.min(most, WordCodes.MOST_OF_TEXT)));
  }
}
