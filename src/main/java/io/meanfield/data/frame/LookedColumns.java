package io.meanfield.data.frame;

import io.meanfield.data.column.ColumnFacts;
import io.meanfield.data.column.TableColumn;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** The columns of a table whose values are looked at before their use is known; driver only. */
final class LookedColumns {
  private final StructType types;
  private final List<String> dates;
  private final List<FactsOf> facts = new ArrayList<>();
  private final Map<String, Integer> places = new HashMap<>();

  /**
   * Starts without columns.
   *
   * @param dates the patterns of dates that settings name
   */
  LookedColumns(StructType types, List<String> dates) {
    this.types = types;
    this.dates = dates;
  }

  /**
   * Adds a column.
   *
   * @param index among the columns that are read
   * @param isCounted whether different numbers are counted
   */
  void add(String column, int index, boolean isCounted) {
    places.put(column, facts.size());
    facts.add(new FactsOf(index, ColumnTypes.kind(types.apply(column)), isCounted, dates));
  }

  /** Adds a column unless it is looked at already. */
  void addMissing(String column, int index) {
    if (!places.containsKey(column)) {
      add(column, index, false);
    }
  }

  /** Returns what the scan of the rows looks at. */
  List<FactsOf> facts() {
    return facts;
  }

  /** Returns what a scan has seen of a column; nothing if it was not looked at. */
  ColumnFacts facts(String column, FrameScan scan) {
    return places.containsKey(column)
        ? scan.facts().get(places.get(column))
        : new ColumnFacts(dates);
  }

  /**
   * Returns a column whose use is to be decided.
   *
   * @param isNamed whether settings name it
   */
  TableColumn column(String name, boolean isNamed, FrameScan scan) {
    StructField column = types.apply(name);
    return new TableColumn(
        name,
        ColumnTypes.kind(column),
        column.dataType().simpleString(),
        facts(name, scan),
        isNamed);
  }
}
