package io.meanfield.gate;

import io.meanfield.store.RunDirectory;
import io.meanfield.store.table.RowTable;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.types.DataTypes;

/**
 * How far the columns have drifted from the champion's data.
 *
 * @param drifts of the new data, if they are judged apart, and of all data; none if there is
 *     nothing to compare with
 */
public record DriftReport(List<BoundedDrift> drifts) {
  private static final int SHOWN = 5;

  /** A bin of a column. */
  record Source(BoundedDrift drift, int bin) {
    private ColumnDrift.Bin values() {
      return drift.drift().bins().get(bin);
    }
  }

  static final RowTable<Source> TABLE =
      RowTable.<Source>named("drift")
          .column("data", DataTypes.StringType, row -> row.drift().data().toString())
          .column("column", DataTypes.StringType, row -> row.drift().column())
          .column("psi", DataTypes.DoubleType, row -> row.drift().index())
          .column("bound", DataTypes.DoubleType, row -> row.drift().bound())
          .column("bin", DataTypes.IntegerType, Source::bin)
          .column("values", DataTypes.StringType, row -> row.values().values())
          .column("champion", DataTypes.LongType, row -> row.values().expected())
          .column("found", DataTypes.LongType, row -> row.values().found());

  /** Returns the population stability index of label and features of all data, by column. */
  public Map<String, Double> indexes() {
    Map<String, Double> indexes = new LinkedHashMap<>();
    of(GateCheck.Data.ALL).forEach(drift -> indexes.put(drift.column(), drift.index()));
    return indexes;
  }

  private List<BoundedDrift> of(GateCheck.Data data) {
    return drifts.stream().filter(drift -> drift.data() == data).toList();
  }

  /** Returns the largest drifts for a person: a line for the new data, and one for all data. */
  public List<String> lines() {
    return Stream.of(GateCheck.Data.NEW, GateCheck.Data.ALL)
        .filter(data -> !of(data).isEmpty())
        .map(data -> "drift    " + largest(data))
        .toList();
  }

  private String largest(GateCheck.Data data) {
    List<BoundedDrift> all =
        of(data).stream()
            .sorted(Comparator.comparingDouble(BoundedDrift::index).reversed())
            .toList();
    return "%s%s (%s data, bound %s)"
        .formatted(
            all.stream().limit(SHOWN).map(DriftReport::shown).collect(Collectors.joining(", ")),
            all.size() > SHOWN ? ", …" : "",
            data,
            bounds(all));
  }

  private static String shown(BoundedDrift drift) {
    return String.format(Locale.ROOT, "%s %.2f", drift.column(), drift.index());
  }

  // Of few new data, a column with more bins has a larger one.
  private static String bounds(List<BoundedDrift> drifts) {
    return drifts.stream()
        .mapToDouble(BoundedDrift::bound)
        .distinct()
        .sorted()
        .mapToObj(GateCheck::digits)
        .collect(
            Collectors.collectingAndThen(
                Collectors.toList(),
                all ->
                    all.size() == 1 ? all.get(0) : all.get(0) + " to " + all.get(all.size() - 1)));
  }

  /** Writes table {@code drift} of a run, unless it is empty, in place of an earlier attempt's. */
  void write(RunDirectory run) {
    if (drifts.isEmpty()) {
      run.deleteTables(List.of(TABLE.name()));
      return;
    }
    TABLE.write(
        run,
        drifts.stream()
            .flatMap(
                drift ->
                    IntStream.range(0, drift.drift().bins().size())
                        .mapToObj(bin -> new Source(drift, bin)))
            .toList());
  }
}
