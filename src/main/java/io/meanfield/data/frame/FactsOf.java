package io.meanfield.data.frame;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.data.column.ColumnFacts;
import io.meanfield.data.column.TableColumn.Kind;
import io.meanfield.data.frame.packed.RowPart;
import java.io.Serializable;
import java.util.List;

/**
 * A column whose values are looked at, by its index; travels to executors.
 *
 * @param isCounted whether different numbers are counted, which takes time; texts and whole numbers
 *     always are
 * @param dates the patterns of dates that settings name
 */
@DefaultSerializer(JavaSerializer.class)
record FactsOf(int column, Kind kind, boolean isCounted, List<String> dates)
    implements Serializable {
  ColumnFacts none() {
    return new ColumnFacts(dates);
  }

  /** Adds the value of a row. */
  void add(RowPart row, ColumnFacts facts) {
    boolean isMissing = row.isMissing(column);
    switch (kind) {
      case TEXT, TEXTS -> facts.add(isMissing ? "" : row.text(column).strip());
      case WHOLE -> {
        if (isMissing) {
          facts.addOther(true);
        } else {
          facts.add(row.whole(column));
        }
      }
      case NUMBER, TRUTH, DATE, TIMESTAMP -> {
        double number = isMissing ? Double.NaN : row.number(column);
        if (isCounted) {
          facts.addDistinct(number);
        } else {
          facts.add(number);
        }
      }
      case NUMBERS, BYTES -> {
        if (!isMissing && row.isFinite(column)) {
          facts.addArray(row.length(column));
        } else {
          facts.addOther(isMissing);
        }
      }
      case OTHER -> facts.addOther(isMissing);
    }
  }
}
