package io.meanfield.data.csv;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.data.ColumnRoles;
import io.meanfield.data.DataFiles;
import io.meanfield.data.Dataset;
import io.meanfield.data.IdAssigner;
import io.meanfield.data.Source;
import io.meanfield.data.TableEncoder;
import io.meanfield.data.table.TableEncoderFactory;
import io.meanfield.data.table.TableSchema;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Opens CSV files as one data set; driver only. A file is read by one task, from end to end, and
 * twice: quotes may hide the end of a line, so nobody can begin in the middle; and dictionaries,
 * ids and the positions of rows are known only when everything has been read. Many files are read
 * side by side. Without a column of ids an example's id is its position, through the files in their
 * order.
 */
public final class CsvReader {
  private final JavaSparkContext spark;
  private final List<CsvFile> files;
  private final TableSchema layout;
  private final Optional<TableEncoder> known;
  private final int classes;
  private final String shown;

  private CsvReader(
      JavaSparkContext spark,
      List<CsvFile> files,
      TableSchema layout,
      Optional<TableEncoder> known,
      int classes,
      String shown) {
    this.spark = spark;
    this.files = files;
    this.layout = layout;
    this.known = known;
    this.classes = classes;
    this.shown = shown;
  }

  /** A file of the data set, and the position of its first row. */
  @DefaultSerializer(JavaSerializer.class)
  record NumberedFile(CsvFile file, long first) implements Serializable {}

  /**
   * Reads and checks every file.
   *
   * @throws UserException with the first problems, each with file and line
   */
  public static Dataset open(
      JavaSparkContext spark, Source.Csv source, int classes, Optional<TableEncoder> known) {
    List<CsvFile> files =
        DataFiles.find(spark.hadoopConfiguration(), source.paths()).stream()
            .map(path -> new CsvFile(path.toString(), source.delimiter()))
            .toList();
    CsvFile first = files.get(0);
    TableSchema layout =
        TableSchema.of(
            source.columns(), first.header(spark.hadoopConfiguration()), known, first.display());
    String shown = files.size() == 1 ? first.display() : String.join(", ", source.paths());
    return new CsvReader(spark, files, layout, known, classes, shown)
        .open(source.columns().handleUnknown());
  }

  private Dataset open(ColumnRoles.HandleUnknown unseen) {
    Broadcast<SerializableConfiguration> hadoop =
        spark.broadcast(new SerializableConfiguration(spark.hadoopConfiguration()));
    TableSchema columns = layout;
    List<CsvScan> summaries =
        spark
            .parallelize(files, files.size())
            .map(file -> CsvScan.of(file, columns, hadoop.value().value()))
            .collect();
    throwIfInvalid(summaries);
    TableEncoder encodings = encodings(summaries, unseen);
    IdAssigner ids = ids(summaries);
    long rows = summaries.stream().mapToLong(CsvScan::rows).sum();
    Dataset.Metadata contents =
        new Dataset.Metadata(
            rows,
            layout.features().size() + encodings.categoryInputs(),
            false,
            layout.targetKind(),
            Optional.of(encodings),
            shown);
    CsvExampleReader reading =
        new CsvExampleReader(layout, encodings, ids, classes, contents.width());
    JavaRDD<NumberedFile> parts = spark.parallelize(parts(summaries), files.size());
    return new Dataset(
        contents,
        ids.positions(),
        parts.mapPartitions(
            part -> new CsvBlockReader(part.next(), reading, hadoop.value().value())));
  }

  private void throwIfInvalid(List<CsvScan> summaries) {
    long wrong = summaries.stream().mapToLong(CsvScan::problemRows).sum();
    List<String> problems =
        new ArrayList<>(
            summaries.stream()
                .flatMap(summary -> summary.problems().stream())
                .limit(CsvScan.SHOWN_PROBLEMS)
                .toList());
    if (wrong > problems.size()) {
      problems.add("and " + (wrong - problems.size()) + " more rows of " + shown + " are wrong");
    }
    if (wrong > 0) {
      throw new UserException(ErrorCode.DATA_UNREADABLE, String.join("\n", problems));
    }
    if (summaries.stream().allMatch(summary -> summary.rows() == 0)) {
      throw new UserException(ErrorCode.DATA_UNREADABLE, shown + " has no rows behind its header");
    }
  }

  private TableEncoder encodings(List<CsvScan> summaries, ColumnRoles.HandleUnknown unseen) {
    TreeMap<String, String> labels = new TreeMap<>();
    summaries.forEach(summary -> summary.labels().forEach(labels::putIfAbsent));
    List<TreeMap<String, String>> words = new ArrayList<>();
    for (int i = 0; i < layout.categories().size(); i++) {
      TreeMap<String, String> all = new TreeMap<>();
      for (CsvScan summary : summaries) {
        summary.categories().get(i).forEach(all::putIfAbsent);
      }
      words.add(all);
    }
    return TableEncoderFactory.of(layout, words, labels, unseen, known, classes);
  }

  private IdAssigner ids(List<CsvScan> summaries) {
    if (layout.id().isEmpty()) {
      return new IdAssigner.Positional();
    }
    List<String> written = summaries.stream().flatMap(summary -> summary.ids().stream()).toList();
    return IdAssigner.of(spark, written, layout.id().get(0), shown);
  }

  private List<NumberedFile> parts(List<CsvScan> summaries) {
    List<NumberedFile> parts = new ArrayList<>();
    long first = 0;
    for (int i = 0; i < files.size(); i++) {
      parts.add(new NumberedFile(files.get(i), first));
      first += summaries.get(i).rows();
    }
    return parts;
  }
}
