package io.meanfield.data.encoding;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The rows of a data set that were not read, because they cannot be used: exact counts, and the
 * first {@value #MAX_LISTED} rows. They depend on the set of the rows alone, not on how these are
 * divided into parts.
 */
@DefaultSerializer(JavaSerializer.class)
public final class SkippedRows implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The maximum number of rows that are listed, because each task sends so many to the driver. */
  public static final int MAX_LISTED = 1_000;

  private static final int SHOWN_COLUMNS = 5;
  private static final String ROW = "";

  private final TreeMap<String, Long> counts = new TreeMap<>();
  private final ArrayList<SkippedRow> rows = new ArrayList<>();

  /** Returns the rows that accumulators have collected. */
  public static SkippedRows of(List<SkippedRowsAccumulator> accumulators) {
    SkippedRows all = new SkippedRows();
    accumulators.forEach(accumulator -> all.plus(accumulator.value()));
    return all;
  }

  /** Adds a row. */
  public void add(SkippedRow row) {
    counts.merge(row.column(), 1L, Long::sum);
    list(row);
  }

  private void list(SkippedRow row) {
    rows.add(row);
    if (rows.size() > 2 * MAX_LISTED) {
      keepFirst();
    }
  }

  private void keepFirst() {
    rows.sort(SkippedRow.BY_PLACE);
    rows.subList(Math.min(MAX_LISTED, rows.size()), rows.size()).clear();
  }

  /** Adds the rows of another part and returns this one. */
  public SkippedRows plus(SkippedRows other) {
    other.counts.forEach((column, count) -> counts.merge(column, count, Long::sum));
    other.rows.forEach(this::list);
    keepFirst();
    return this;
  }

  // What a task sends is limited to the rows that are listed.
  private void writeObject(ObjectOutputStream out) throws IOException {
    keepFirst();
    out.defaultWriteObject();
  }

  /** The number of all rows that were not read. */
  public long count() {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  /** The first rows, sorted by place. */
  public List<SkippedRow> listed() {
    keepFirst();
    return List.copyOf(rows);
  }

  /**
   * Returns the counts in words, such as {@code skipped 12 of 3000 rows of a.csv: …}.
   *
   * @param used the number of rows that were read
   */
  public String text(long used, String display) {
    return "skipped %s of %s rows of %s: %s; the first is %s: %s"
        .formatted(
            count(),
            used + count(),
            display,
            columns(),
            listed().get(0).place(),
            listed().get(0).reason());
  }

  private String columns() {
    String all =
        counts.entrySet().stream()
            .sorted(
                Map.Entry.<String, Long>comparingByValue()
                    .reversed()
                    .thenComparing(Map.Entry.comparingByKey()))
            .limit(SHOWN_COLUMNS)
            .map(column -> name(column.getKey()) + " in " + column.getValue())
            .collect(Collectors.joining(", "));
    return counts.size() > SHOWN_COLUMNS ? all + ", …" : all;
  }

  private static String name(String column) {
    return column.equals(ROW) ? "the number of fields" : "column " + column;
  }
}
